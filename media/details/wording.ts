import * as l10n from '@vscode/l10n';
import type { BlockDevice } from '../../src/core/image.ts';
import { notSet } from '../shared/parts.ts';

export function kindText(device: BlockDevice): string {
  switch (device.kind) {
    case 'ebs':
      return l10n.t('EBS volume');
    case 'instance-store':
      return l10n.t('Instance store');
    case 'suppressed':
      return l10n.t('Suppressed');
  }
}

/** The state of an image in words; one that this version does not know in EC2's own word. */
export function stateText(state: string): string {
  switch (state) {
    case 'available':
      return l10n.t('Available');
    case 'pending':
      return l10n.t('Pending');
    case 'failed':
      return l10n.t('Failed');
    case 'disabled':
      return l10n.t('Disabled');
    case 'deregistered':
      return l10n.t('Deregistered');
    default:
      return state === '' ? notSet() : state;
  }
}
