import * as l10n from '@vscode/l10n';
import type { ImageAction } from './view.ts';

export function actionTitle(action: ImageAction): string {
  switch (action) {
    case 'show':
      return l10n.t('Show Image Details');
    case 'copyIds':
      return l10n.t('Copy AMI ID');
    case 'copyAs':
      return l10n.t('Copy As…');
    case 'copyLinks':
      return l10n.t('Copy Link to Image');
    case 'insertIds':
      return l10n.t('Insert AMI ID at Cursor');
    case 'insertAs':
      return l10n.t('Insert As…');
    case 'pinImages':
      return l10n.t('Pin Image');
    case 'pinFamilies':
      return l10n.t('Pin Family');
  }
}

export function actionIcon(action: ImageAction): string {
  const icons: Record<ImageAction, string> = {
    show: 'open-preview',
    copyIds: 'copy',
    copyAs: 'clippy',
    copyLinks: 'link',
    insertIds: 'insert',
    insertAs: 'code',
    pinImages: 'pin',
    pinFamilies: 'pinned',
  };
  return icons[action];
}
