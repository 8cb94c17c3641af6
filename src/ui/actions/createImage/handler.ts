import * as vscode from 'vscode';
import type { Image } from '../../../core/image.ts';
import type { ConnectionImages } from '../../../images/connectionImages.ts';
import type { ImageCreations } from '../../../images/watches/imageCreations.ts';
import type { Session } from '../../session/session.ts';
import { plain } from '../../shared/plainText.ts';
import { type CommandHandler, inBackground } from '../../shared/runCommand.ts';
import { isReadOnly } from '../../shared/settings.ts';
import type { InstancesTree } from '../../trees/instancesTree.ts';
import type { InstancesNode } from '../../trees/nodes.ts';
import type { Views } from '../../trees/views.ts';
import { createImageCommand } from './command.ts';
import { lookAgain } from './lookAgain.ts';

export interface CreateImageParts {
  readonly session: Session;
  readonly views: Views;
  readonly instancesTree: InstancesTree;
  readonly creations: ImageCreations;
  readonly images: ConnectionImages;
  /** The id of the image that has shown of a sending that was not answered. */
  readonly shown: (sendingId: string) => string | undefined;
  readonly log: vscode.LogOutputChannel;
}

/** Handles Create Image… with what the trees hand over, and has the images watched and shown. */
export function createImageHandler(parts: CreateImageParts): CommandHandler {
  const { session, views, instancesTree, creations, images, shown, log } = parts;
  const run = createImageCommand({
    session,
    selectedInstances: () => views.selectedInstances,
    isReadOnly,
    creations,
    images,
    shown,
    onDone: (connection, { region, request: { name } }, id, dryRun) => {
      inBackground(log, id, async () => {
        await creations.watch(connection, region, id, name);
        await views.revealImage(region, id);
      });
      if (dryRun) {
        notifyMadeByDryRun({ id, name, region });
      }
    },
    lookAgain: (sendingIds) => lookAgain(creations, sendingIds),
    log,
  });
  return (node, nodes) => run(...instancesNodes(instancesTree, node, nodes));
}

/** Says that the endpoint has carried out a dry run. */
function notifyMadeByDryRun({ id, name, region }: Pick<Image, 'id' | 'name' | 'region'>): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The endpoint knows no dry run: it has already made the image "{0}" ({1}) in {2}. No further dry run is sent to it.',
      plain(name),
      plain(id),
      plain(region),
    ),
  );
}

/** What the tree hands over; a keybinding or another extension may hand over anything. */
function instancesNodes(
  tree: InstancesTree,
  node: unknown,
  nodes: unknown,
): [InstancesNode | undefined, readonly InstancesNode[] | undefined] {
  return [
    tree.isNode(node) ? node : undefined,
    Array.isArray(nodes) ? nodes.filter((candidate) => tree.isNode(candidate)) : undefined,
  ];
}
