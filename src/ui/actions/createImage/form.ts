import * as vscode from 'vscode';
import { type CreateImageTypes, createImageAction } from '../../../actions/createImage.ts';
import { instanceText, plain } from '../../shared/plainText.ts';
import type { ActionForm } from '../actionForm.ts';
import { refusalText } from './chooseInstances.ts';
import { type Draft, narrowed, toInput } from './draft.ts';
import { obstacleOf } from './failureText.ts';
import type { NameLookup } from './nameStep.ts';
import { rowText } from './rowText.ts';
import { createImageSteps } from './steps.ts';

export function createImageForm(command: string, ec2: NameLookup): ActionForm<Draft, CreateImageTypes> {
  return {
    action: createImageAction,
    command,
    steps: createImageSteps(ec2),
    targetText: instanceText,
    reasonText: refusalText,
    toInput,
    narrowed: (draft, items) =>
      narrowed(
        draft,
        draft.instances.filter(({ id }) => items.has(id)),
      ),
    items: ({ instances }) => instances.map(({ id }) => id),
    itemText: ({ instances }, item) => {
      const instance = instances.find(({ id }) => id === item);
      return instance ? instanceText(instance) : plain(item);
    },
    rowText,
    obstacle: obstacleOf,
    callText: ({ request }) => plain(request.name),
    words: {
      unfit: (text) => vscode.l10n.t('No image can be made of {0}', text),
      someUnfit: (count, of) => vscode.l10n.t('No image can be made of {0} of the {1} instances.', count, of),
      goOn: (count) =>
        count === 1 ? vscode.l10n.t('Continue with 1 Instance') : vscode.l10n.t('Continue with {0} Instances', count),
      title: (count) => (count === 1 ? vscode.l10n.t('Create Image') : vscode.l10n.t('Create {0} Images', count)),
      confirm: (count, of) => {
        if (count === of) {
          return count === 1 ? vscode.l10n.t('Create Image') : vscode.l10n.t('Create {0} Images', count);
        }
        return count === 1
          ? vscode.l10n.t('Create 1 of {0} Images', of)
          : vscode.l10n.t('Create {0} of {1} Images', count, of);
      },
      nothingDone: vscode.l10n.t('Nothing has been created: read what stands in the way.'),
      progress: (count) =>
        count === 1 ? vscode.l10n.t('Creating the image') : vscode.l10n.t('Creating {0} images', count),
      failed: (count, failed, text) =>
        count === 1
          ? vscode.l10n.t('Create Image: {0}', text)
          : vscode.l10n.t('{0} of {1} images are being made. {2}', count - failed, count, text),
    },
  };
}
