import * as vscode from 'vscode';

/** The steps of making images, in their order. */
export const steps = ['name', 'description', 'reboot', 'volumes', 'imageTags', 'snapshotTags', 'review'] as const;

export type StepId = (typeof steps)[number];

export function stepTitle(step: StepId): string {
  switch (step) {
    case 'name':
      return vscode.l10n.t('Name');
    case 'description':
      return vscode.l10n.t('Description');
    case 'reboot':
      return vscode.l10n.t('Reboot');
    case 'volumes':
      return vscode.l10n.t('Volumes');
    case 'imageTags':
      return vscode.l10n.t('Tags of the Image');
    case 'snapshotTags':
      return vscode.l10n.t('Tags of the Snapshots');
    case 'review':
      return vscode.l10n.t('Review');
  }
}

/** What keeps the images from being made, in words, and the step at which that can be changed. */
export interface Obstacle {
  readonly instanceId: string;
  readonly message: string;
  readonly step: StepId;
}
