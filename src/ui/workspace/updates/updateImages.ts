import * as vscode from 'vscode';
import { commands } from '../../../contributions/commands.ts';
import type { ImageSummary } from '../../../core/image.ts';
import { updateOf } from '../../../hints/imageUpdates.ts';
import type { OpenImages } from '../../code/openImages.ts';
import type { OpenReferences } from '../../code/openReferences.ts';
import type { Session } from '../../session/session.ts';
import { regionFailureText } from '../../shared/presentError.ts';
import type { CommandHandlers } from '../../shared/runCommand.ts';
import { isTrustedOrTold } from '../../shared/trust.ts';
import { whileShown } from '../../shared/whileShown.ts';
import type { WorkspaceSearch } from '../workspaceSearch.ts';
import { applyUpdates } from './applyUpdates.ts';
import { chooseUpdates, type FoundUpdate } from './chooseUpdates.ts';
import { foundIds } from './foundIds.ts';

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
  } satisfies Partial<CommandHandlers>;
}

async function updateImages(deps: UpdateImagesDeps): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No folder is open.'));
    return;
  }
  // Asks the user for what the connection needs.
  await deps.session.connection();
  const found = await whileShown(vscode.l10n.t('Looking for newer images of those in the workspace…'), (signal) =>
    findUpdates(deps, signal),
  );
  if (!found) {
    return;
  }
  const { updates, notes } = found;
  if (updates.length === 0) {
    const texts = [vscode.l10n.t('No AMI ID in the workspace has a newer image in its family.'), ...notes];
    void vscode.window.showInformationMessage(texts.join(' '));
    return;
  }
  const chosen = await chooseUpdates(updates, notes);
  if (chosen && chosen.length > 0) {
    await applyUpdates(chosen);
  }
}

interface FoundUpdates {
  readonly updates: readonly FoundUpdate[];
  /** What could not be looked at. */
  readonly notes: readonly string[];
}

async function findUpdates(
  { search, references, known }: UpdateImagesDeps,
  signal: AbortSignal,
): Promise<FoundUpdates | undefined> {
  const state = await search.searched();
  if (state.kind === 'failed') {
    throw state.error;
  }
  const ids = await foundIds(search, references, signal);
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
  await open.newer.find(images, signal);
  const now = Date.now();
  const updates = ids.flatMap((found, index): readonly FoundUpdate[] => {
    const each = resolved[index];
    const update = each && updateOf(each, open.newer, now);
    return update ? [{ ...update, found }] : [];
  });
  const failures = new Map(
    resolved.flatMap((each) =>
      each.images.flatMap(({ region, error }) => (error === undefined ? [] : [[region, error] as const])),
    ),
  );
  return {
    updates,
    notes: [
      ...Array.from(failures, ([region, error]) => regionFailureText(region, error)),
      ...(state.kind === 'done' && state.isPartial
        ? [vscode.l10n.t('The workspace has more files than are searched.')]
        : []),
    ],
  };
}
