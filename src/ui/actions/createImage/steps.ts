import * as vscode from 'vscode';
import type { CreateImageTypes } from '../../../actions/createImage.ts';
import { isRunning } from '../../../core/createImageChoices.ts';
import type { WizardStep } from '../actionForm.ts';
import { entered } from '../quickInput.ts';
import { askDescription, isValidDescription } from './descriptionStep.ts';
import { areValidNames, askName, type NameLookup } from './nameStep.ts';
import { askReboot } from './rebootStep.ts';
import { areValidTags, askSnapshotTags, askTags } from './tagSteps.ts';
import { askVolumes } from './volumesStep.ts';

/** The steps of making images, in their order. */
export function createImageSteps(ec2: NameLookup): readonly WizardStep<CreateImageTypes>[] {
  return [
    {
      id: 'name',
      title: vscode.l10n.t('Name'),
      showsNotice: true,
      isValid: areValidNames,
      ask: (frame, draft, notice) => entered(askName(frame, draft, ec2, notice), (pattern) => ({ ...draft, pattern })),
    },
    {
      id: 'description',
      title: vscode.l10n.t('Description'),
      isValid: ({ description }) => isValidDescription(description),
      ask: (frame, draft) => entered(askDescription(frame, draft), (description) => ({ ...draft, description })),
    },
    {
      id: 'reboot',
      title: vscode.l10n.t('Reboot'),
      hasChoice: ({ targets }) => targets.some(isRunning),
      ask: (frame, draft) => entered(askReboot(frame, draft), (reboot) => ({ ...draft, reboot })),
    },
    {
      id: 'volumes',
      title: vscode.l10n.t('Volumes'),
      hasChoice: ({ volumes }) => volumes.length > 0,
      ask: (frame, draft) => entered(askVolumes(frame, draft), (volumes) => ({ ...draft, volumes })),
    },
    {
      id: 'tags',
      title: vscode.l10n.t('Tags'),
      isValid: ({ imageTags }) => areValidTags(imageTags),
      ask: (frame, draft) => entered(askTags(frame, draft), (tags) => ({ ...draft, ...tags })),
    },
    {
      id: 'snapshotTags',
      title: vscode.l10n.t('Tags of the Snapshots'),
      hasChoice: ({ snapshotTags }) => snapshotTags !== undefined,
      isValid: ({ snapshotTags = '' }) => areValidTags(snapshotTags),
      ask: (frame, draft) => entered(askSnapshotTags(frame, draft), (snapshotTags) => ({ ...draft, snapshotTags })),
    },
  ];
}
