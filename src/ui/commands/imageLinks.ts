import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { imageLink, readImageLink } from '../../core/imageLink.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import { partitionOf } from '../../core/regions.ts';
import type { ImageDetailsPanels } from '../panels/imageDetailsPanels.ts';
import type { Session } from '../session/session.ts';
import { plain } from '../shared/plainText.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';
import type { ImageTargets } from './imageTargets.ts';

export interface ImageLinksDeps {
  readonly session: Pick<Session, 'connection' | 'partition'>;
  readonly targets: Pick<ImageTargets, 'refs'>;
  readonly details: Pick<ImageDetailsPanels, 'show'>;
  readonly extensionId: string;
}

export function imageLinkCommands({ targets, extensionId }: Pick<ImageLinksDeps, 'targets' | 'extensionId'>) {
  return {
    [commands.copyImageLink]: async (...args) => copyImageLinks(extensionId, await targets.refs(args)),
  } satisfies Partial<CommandHandlers>;
}

/** Copies a link to each image, one on each line. */
export async function copyImageLinks(extensionId: string, refs: readonly ImageRef[]): Promise<void> {
  const [first] = refs;
  if (first === undefined) {
    return;
  }
  const links = refs.map((ref) => imageLink(vscode.env.uriScheme, extensionId, ref));
  await vscode.env.clipboard.writeText(links.join('\n'));
  vscode.window.setStatusBarMessage(
    refs.length === 1
      ? vscode.l10n.t('Copied a link to {0}', plain(first.id))
      : vscode.l10n.t('Copied links to {0} images', refs.length),
    3_000,
  );
}

/** Opens the details of the image that a link names, and does nothing else: anybody can write a link. */
export async function openImageLink(
  { session, details }: Pick<ImageLinksDeps, 'session' | 'details'>,
  uri: vscode.Uri,
): Promise<void> {
  const ref = readImageLink(uri);
  if (!ref) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('This is not a link to an image: {0}', plain(uri.toString(true))),
    );
  } else if (!(await isOfOtherPartition(session, ref))) {
    await details.show(ref, { preview: false });
  }
}

/** Whether the connection cannot have the image's region, which the user is told of. */
async function isOfOtherPartition(session: ImageLinksDeps['session'], { region }: ImageRef): Promise<boolean> {
  // Where there is no connection, the details say why.
  const connection = await session.connection().catch(() => undefined);
  if (connection?.choice.kind !== 'aws' || connection.foreignEndpoint !== undefined) {
    return false;
  }
  if (partitionOf(region) === session.partition(connection)) {
    return false;
  }
  const selectProfile = vscode.l10n.t('Select AWS Profile…');
  void vscode.window
    .showErrorMessage(
      vscode.l10n.t(
        'The link leads to an image in {0}, which belongs to another partition of AWS ({1}) than the current connection ({2}).',
        plain(region),
        partitionOf(region),
        session.partition(connection),
      ),
      selectProfile,
    )
    .then((pressed) => pressed && vscode.commands.executeCommand(commands.selectProfile));
  return true;
}
