import * as vscode from 'vscode';
import type { CreateImageTypes } from '../../../actions/createImage.ts';
import { plain } from '../../shared/plainText.ts';
import type { ActionForm } from '../actionForm.ts';
import { unfitnessText } from './chooseInstances.ts';
import type { NameLookup } from './nameStep.ts';
import { refusal } from './refusal.ts';
import { rowText } from './rowText.ts';
import { createImageSteps } from './steps.ts';

export function createImageForm(ec2: NameLookup): ActionForm<CreateImageTypes> {
  return {
    steps: createImageSteps(ec2),
    // The check of the name finds the image that a request without an answer has made.
    unansweredStep: 'name',
    reasonText: unfitnessText,
    rowText,
    requestText: ({ name }) => plain(name),
    refusal,
    words: {
      action: [vscode.l10n.t('Create Image'), vscode.l10n.t('Create {0} Images')],
      confirmSome: (count, of) => vscode.l10n.t('Create {0} of {1} Images', count, of),
      reading: vscode.l10n.t('Loading the instances…'),
      leftOut: (region, reason) => vscode.l10n.t('The instances in {0} are skipped. {1}', region, reason),
      gone: (instances, count) =>
        count === 1
          ? vscode.l10n.t('{0} no longer exists. Refresh the Instances view.', instances)
          : vscode.l10n.t('{0} no longer exist. Refresh the Instances view.', instances),
      unfit: (target, reason) => vscode.l10n.t('Cannot create an image of {0}. {1}', target, reason),
      someUnfit: (count, of) => vscode.l10n.t('Cannot create images of {0} of the {1} instances.', count, of),
      goOn: [vscode.l10n.t('Continue with 1 Instance'), vscode.l10n.t('Continue with {0} Instances')],
      nothingDone: vscode.l10n.t('Nothing has been created. See the errors below.'),
      left: vscode.l10n.t('Create Image… canceled. Run it again to continue.'),
      progress: [vscode.l10n.t('Creating the image'), vscode.l10n.t('Creating {0} images')],
      someFailed: (done, of, text) => vscode.l10n.t('{0} of {1} images are being created. {2}', done, of, text),
    },
  };
}
