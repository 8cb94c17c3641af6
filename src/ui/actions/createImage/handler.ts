import * as v from 'valibot';
import * as vscode from 'vscode';
import { type CreateImageTypes, createImageAction } from '../../../actions/createImage.ts';
import type { Image } from '../../../core/image.ts';
import { regionName, resourceId } from '../../../core/imageRefSchema.ts';
import type { Instance } from '../../../core/instance.ts';
import { read } from '../../../core/schemas.ts';
import type { ImageCreations } from '../../../images/watches/imageCreations.ts';
import type { Session } from '../../session/session.ts';
import { plain } from '../../shared/plainText.ts';
import { type CommandHandler, inBackground } from '../../shared/runCommand.ts';
import type { InstancesTree } from '../../trees/instancesTree.ts';
import type { Views } from '../../trees/views.ts';
import type { ActionHost, ActionSetup } from '../actionSetup.ts';
import { beginAction } from '../beginAction.ts';
import { performAction } from '../performAction.ts';
import { chooseInstances } from './chooseInstances.ts';
import { createImageForm } from './form.ts';
import { readInstances } from './readInstances.ts';

export interface CreateImageParts {
  readonly actionHost: ActionHost;
  readonly session: Pick<Session, 'regions'>;
  readonly views: Pick<Views, 'selectedInstances' | 'revealImage'>;
  readonly instancesTree: Pick<InstancesTree, 'isNode'>;
  readonly creations: ImageCreations;
}

const instanceNode = v.object({
  kind: v.literal('instance'),
  instance: v.object({ region: regionName, id: resourceId }),
});

/** Create Image…, on the instances that were clicked, or are selected in the view, or that the user chooses. */
export function createImageHandler(parts: CreateImageParts): CommandHandler {
  const { actionHost, session, views, instancesTree, creations } = parts;
  const title = vscode.l10n.t('Create Image…');
  const action = createImageAction;
  return (node, nodes) =>
    beginAction(actionHost, { title, operation: action.operation }, async (connection, signal) => {
      const { ec2 } = connection;
      const clicked = instancesOf(instancesTree, node, nodes);
      const given = clicked.length > 0 ? clicked : views.selectedInstances;
      const known = given.length > 0 ? given : await chooseInstances(ec2, session.regions(connection), signal);
      const setup: ActionSetup<CreateImageTypes> = {
        host: actionHost,
        connection,
        title,
        action,
        sendings: creations,
        form: createImageForm(ec2),
        read: (region, ids, signal) => readInstances(ec2, region, ids, signal),
        onDone: ({ region, request: { name } }, id, dryRun) => {
          inBackground(actionHost.log, id, async () => {
            await creations.watch(connection, region, id, name);
            await views.revealImage(region, id);
          });
          if (dryRun) {
            notifyMadeByDryRun({ id, name, region });
          }
        },
      };
      await performAction(setup, known, signal);
    });
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

/**
 * The clicked instance, or all selected ones where it is among them. A keybinding or another extension may call the
 * command with anything.
 */
function instancesOf(tree: Pick<InstancesTree, 'isNode'>, node: unknown, nodes: unknown): readonly Instance[] {
  const instanceOf = (one: unknown): Instance | undefined =>
    read(instanceNode, one) && tree.isNode(one) && one.kind === 'instance' ? one.instance : undefined;
  const clicked = instanceOf(node);
  if (!clicked) {
    return [];
  }
  const selected: readonly unknown[] = Array.isArray(nodes) ? nodes : [];
  const all = selected.map(instanceOf).filter((instance) => instance !== undefined);
  return all.some(({ id }) => id === clicked.id) ? all : [clicked];
}
