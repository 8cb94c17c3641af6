import * as vscode from 'vscode';
import type { CreateImageTypes } from '../../../actions/createImage.ts';
import type { WizardStep } from '../actionForm.ts';
import { entered } from '../quickInput.ts';
import { askName, type NameLookup } from './nameStep.ts';
import { askReboot } from './rebootStep.ts';
import { askDescription, askImageTags, askSnapshotTags } from './textSteps.ts';
import { askVolumes } from './volumesStep.ts';

/** The steps of making images, in their order. */
export function createImageSteps(ec2: NameLookup): readonly WizardStep<CreateImageTypes>[] {
  return [
    {
      id: 'name',
      title: vscode.l10n.t('Name'),
      showsNotice: true,
      ask: (frame, draft, notice) => entered(askName(frame, draft, ec2, notice), (pattern) => ({ ...draft, pattern })),
    },
    {
      id: 'description',
      title: vscode.l10n.t('Description'),
      ask: (frame, draft) => entered(askDescription(frame, draft), (description) => ({ ...draft, description })),
    },
    {
      id: 'reboot',
      title: vscode.l10n.t('Reboot'),
      ask: (frame, draft) => entered(askReboot(frame, draft), (reboot) => ({ ...draft, reboot })),
    },
    {
      id: 'volumes',
      title: vscode.l10n.t('Volumes'),
      ask: (frame, draft) => entered(askVolumes(frame, draft), (volumes) => ({ ...draft, volumes })),
    },
    {
      id: 'imageTags',
      title: vscode.l10n.t('Tags of the Image'),
      ask: (frame, draft) => entered(askImageTags(frame, draft), (imageTags) => ({ ...draft, imageTags })),
    },
    {
      id: 'snapshotTags',
      title: vscode.l10n.t('Tags of the Snapshots'),
      ask: (frame, draft) => entered(askSnapshotTags(frame, draft), (snapshotTags) => ({ ...draft, snapshotTags })),
    },
  ];
}
