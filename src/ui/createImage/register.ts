import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Connection } from '../../ec2/port.ts';
import { createImageCommand } from '../actions/createImage/command.ts';
import { inBackground, registerCommand } from '../register.ts';
import type { Session } from '../session.ts';
import { isReadOnly } from '../settings.ts';
import type { ImagesTree } from '../trees/imagesTree.ts';
import type { InstancesTree } from '../trees/instancesTree.ts';
import type { InstancesNode } from '../trees/nodes.ts';
import type { Views } from '../trees/views.ts';
import { lookAgain } from './lookAgain.ts';
import { PendingImages } from './pendingImages.ts';
import {
  notifyFound,
  notifyGivenUp,
  notifyMadeByDryRun,
  notifySettled,
  PendingStatus,
  pickPending,
} from './pendingUi.ts';
import { SoughtImages } from './soughtImages.ts';

export interface CreateImageParts {
  readonly session: Session;
  readonly views: Views;
  readonly imagesTree: ImagesTree;
  readonly instancesTree: InstancesTree;
  /** Told of images that have changed, where their details are open. */
  readonly details: { imageChanged(ref: { readonly region: string; readonly id: string }): void };
  /** Where what is under way is kept over restarts of the editor. */
  readonly folder: string;
  readonly log: vscode.LogOutputChannel;
}

/** Create Image…, the watch over what is being made, and what shows of it in the tree and the status bar. */
export function registerCreateImage(parts: CreateImageParts): vscode.Disposable {
  const { session, views, imagesTree, instancesTree, details, folder, log } = parts;
  const watch = new PendingImages({
    session,
    folder,
    log,
    onChanged: (image) => {
      imagesTree.upsertOwned(image);
      details.imageChanged(image);
    },
    onSettled: (settled) => inBackground(log, settled.id, () => notifySettled(settled)),
  });
  const onCreated = (connection: Connection, region: string, imageId: string, name: string) =>
    watch
      .watch(connection, region, imageId, name)
      .then(() => views.revealImage(region, imageId))
      .catch((error: unknown) => log.error(`${imageId}: ${String(error)}`));
  /** Ids of the images that have shown, by the id of the sending that was not answered. */
  const shown = new Map<string, string>();
  const sought = new SoughtImages({
    session,
    folder,
    log,
    onFound: (connection, record, image) => {
      shown.set(record.id, image.id);
      notifyFound(record, image);
      void onCreated(connection, image.region, image.id, image.name);
    },
    onGivenUp: notifyGivenUp,
  });
  imagesTree.progressOf = (imageId) => watch.progressOf(imageId);
  const run = createImageCommand({
    session,
    selectedInstances: () => views.selectedInstances,
    isReadOnly,
    creations: sought,
    shown: (sendingId) => shown.get(sendingId),
    onDone: (connection, { region, request: { name } }, imageId, dryRun) => {
      void onCreated(connection, region, imageId, name);
      if (dryRun) {
        notifyMadeByDryRun({ id: imageId, name, region });
      }
    },
    lookAgain: (sendingIds) => lookAgain(sought, sendingIds),
    log,
  });
  return vscode.Disposable.from(
    watch,
    sought,
    new PendingStatus(watch, sought),
    registerCommand(parts, commands.showPendingImages, () => pickPending(watch, sought)),
    registerCommand(parts, commands.createImage, (node, nodes) => run(...instancesNodes(instancesTree, node, nodes))),
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
