import * as vscode from 'vscode';
import { type CreateImageTypes, createImageAction } from '../../../actions/createImage.ts';
import type { Image } from '../../../core/image.ts';
import type { ImageCreations } from '../../../images/watches/imageCreations.ts';
import { namedInstances } from '../../commands/instanceArguments.ts';
import type { Session } from '../../session/session.ts';
import { plain } from '../../shared/plainText.ts';
import { type CommandHandler, inBackground } from '../../shared/runCommand.ts';
import { setContextKey } from '../../shared/setContextKey.ts';
import type { Views } from '../../trees/views.ts';
import type { ActionHost, ActionSetup } from '../actionSetup.ts';
import { beginAction } from '../beginAction.ts';
import { LeftWizards } from '../leftWizards.ts';
import { performAction } from '../performAction.ts';
import { chooseInstances } from './chooseInstances.ts';
import { createImageForm } from './form.ts';
import { readInstances } from './readInstances.ts';

export interface CreateImageParts {
  readonly actionHost: ActionHost;
  readonly session: Pick<Session, 'regions'>;
  readonly views: Pick<Views, 'selectedInstances' | 'revealImage'>;
  readonly creations: ImageCreations;
}

/** Create Image…, on the instances that were clicked, or are selected in the view, or that the user chooses. */
export function createImageHandler(parts: CreateImageParts): CommandHandler {
  const { actionHost, session, views, creations } = parts;
  const title = vscode.l10n.t('Create Image…');
  const action = createImageAction;
  const left = new LeftWizards<CreateImageTypes>();
  return (...args) =>
    beginAction(actionHost, { title, operation: action.operation }, async (connection, signal) => {
      const { ec2 } = connection;
      const clicked = namedInstances(args);
      const given = clicked.length > 0 ? clicked : views.selectedInstances;
      const choose = () => chooseInstances(ec2, session.regions(connection), signal);
      let batch: string | undefined;
      const setup: ActionSetup<CreateImageTypes> = {
        host: actionHost,
        connection,
        title,
        action,
        sendings: creations,
        form: createImageForm(ec2),
        left,
        read: (region, ids, signal) => readInstances(ec2, region, ids, signal),
        inBatch: (send) =>
          creations.inBatch((id) => {
            batch = id;
            return send().finally(() => {
              batch = undefined;
            });
          }),
        onDone: ({ region, request: { name } }, id, dryRun) => {
          setContextKey('imageCreated', true);
          inBackground(actionHost.log, id, async () => {
            await creations.watch(connection, { region, imageId: id, name, batch });
            await views.revealImage(region, id);
          });
          if (dryRun) {
            notifyMadeByDryRun({ id, name, region });
          }
        },
      };
      await performAction(setup, given, choose, signal);
    });
}

/** Says that the endpoint has carried out a dry run. */
function notifyMadeByDryRun({ id, name, region }: Pick<Image, 'id' | 'name' | 'region'>): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The endpoint does not support dry runs and has already created the image “{0}” ({1}) in {2}. No further dry run is sent.',
      plain(name),
      plain(id),
      plain(region),
    ),
  );
}
