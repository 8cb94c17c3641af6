import * as vscode from 'vscode';
import { commands } from '../../../contributions/commands.ts';
import { AmiError } from '../../../core/errors.ts';
import type { ImageSummary } from '../../../core/image.ts';
import { updateOf } from '../../../hints/imageUpdates.ts';
import type { OpenImages } from '../../code/openImages.ts';
import type { OpenReferences } from '../../code/openReferences.ts';
import { type UsedImage, usedImageOf } from '../../commands/nodeArguments.ts';
import type { Session } from '../../session/session.ts';
import { plain } from '../../shared/plainText.ts';
import { regionFailureText } from '../../shared/presentError.ts';
import type { CommandHandlers } from '../../shared/runCommand.ts';
import { isTrustedOrTold } from '../../shared/trust.ts';
import { whileShown } from '../../shared/whileShown.ts';
import { sentencesText } from '../../shared/wording.ts';
import type { WorkspaceSearch } from '../workspaceSearch.ts';
import { applyUpdates } from './applyUpdates.ts';
import { chooseUpdates, type FoundUpdate } from './chooseUpdates.ts';
import { type FoundId, foundIds } from './foundIds.ts';

export interface UpdateImagesDeps {
  readonly session: Session;
  readonly search: WorkspaceSearch;
  readonly references: OpenReferences;
  readonly known: OpenImages;
}

export function updateImagesCommands(deps: UpdateImagesDeps) {
  return {
    [commands.updateImages]: async () => {
      if (await isTrustedOrTold()) {
        await updateImages(deps);
      }
    },
    [commands.replaceImage]: async (...args) => {
      const used = usedImageOf(args);
      if (used && (await isTrustedOrTold())) {
        await updateImages(deps, used);
      }
    },
  } satisfies Partial<CommandHandlers>;
}

/** @param only what is to be replaced; all that has a newer image, unless given */
async function updateImages(deps: UpdateImagesDeps, only?: UsedImage): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder to update the AMI IDs in it.'));
    return;
  }
  // Asks the user for what the connection needs.
  await deps.session.connection();
  const found = await whileShown(vscode.l10n.t('Looking for newer images…'), (signal) =>
    findUpdates(deps, only, signal),
  );
  if (!found) {
    return;
  }
  const { updates, notes } = found;
  if (updates.length === 0) {
    void vscode.window.showInformationMessage(sentencesText([noUpdatesText(found, only), ...notes]));
    return;
  }
  const chosen = await chooseUpdates(updates, { notes, areMeant: only !== undefined });
  if (chosen?.length === 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Nothing was selected. No AMI ID was replaced.'), 5_000);
  } else if (chosen) {
    await applyUpdates(chosen);
  }
}

function noUpdatesText({ looked, isComplete }: FoundUpdates, only: UsedImage | undefined): string {
  if (only && looked === 0) {
    // The view has what is saved; the editor may have replaced it already.
    return vscode.l10n.t('{0} is no longer in the file. Save the file to update the view.', plain(only.imageId));
  }
  if (!isComplete) {
    return vscode.l10n.t('No newer image was found, but some regions did not answer.');
  }
  return only
    ? vscode.l10n.t('No newer image was found in the family of {0}.', plain(only.imageId))
    : vscode.l10n.t('No newer image was found for the AMI IDs in the workspace.');
}

/** Those of one image, or its place that is closest to where it was seen. */
function idsOf(found: readonly FoundId[], only: UsedImage | undefined): readonly FoundId[] {
  if (!only) {
    return found;
  }
  const ofImage = found.filter(({ reference }) => reference.value === only.imageId);
  const { place } = only;
  if (!place) {
    return ofImage;
  }
  const distance = ({ reference }: FoundId) => Math.abs(reference.span.start - place.start);
  return ofImage
    .filter(({ uri }) => String(uri) === place.uri)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 1);
}

interface FoundUpdates {
  readonly updates: readonly FoundUpdate[];
  /** How many ids were looked at. */
  readonly looked: number;
  /** Whether all questions about them were answered. */
  readonly isComplete: boolean;
  /** What could not be looked at. */
  readonly notes: readonly string[];
}

async function findUpdates(
  { search, references, known }: UpdateImagesDeps,
  only: UsedImage | undefined,
  signal: AbortSignal,
): Promise<FoundUpdates | undefined> {
  const state = await search.searched();
  if (state.kind === 'failed') {
    throw state.error;
  }
  const ids = idsOf(await foundIds(search, references, signal), only);
  const open = await known.connection();
  if (open.kind !== 'open') {
    // Another connection is being opened.
    return undefined;
  }
  const resolved = await open.referenced.resolve(
    ids.map(({ reference }) => reference),
    signal,
  );
  const images = resolved.flatMap((each): readonly ImageSummary[] => [
    ...each.images.flatMap(({ image }) => image ?? []),
    ...(each.was ? [each.was] : []),
  ]);
  const newerErrors = await open.newer.find(images, signal);
  const now = Date.now();
  const updates = ids.flatMap((found, index): readonly FoundUpdate[] => {
    const each = resolved[index];
    const update = each && updateOf(each, open.newer, now);
    return update ? [{ ...update, found }] : [];
  });
  const otherErrors = [...resolved.flatMap(({ elsewhereErrors }) => elsewhereErrors), ...newerErrors];
  const failures = new Map([
    ...otherErrors.flatMap((error) =>
      error instanceof AmiError && error.region !== undefined ? [[error.region, error] as const] : [],
    ),
    ...resolved.flatMap((each) =>
      each.images.flatMap(({ region, error }) => (error === undefined ? [] : [[region, error] as const])),
    ),
  ]);
  return {
    updates,
    looked: ids.length,
    isComplete: failures.size === 0 && otherErrors.length === 0,
    notes: [
      ...Array.from(failures, ([region, error]) => regionFailureText(region, error)),
      ...(state.kind === 'done' && state.isPartial
        ? [vscode.l10n.t('The workspace has too many files: some were not searched.')]
        : []),
    ],
  };
}
