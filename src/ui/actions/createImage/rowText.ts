import * as vscode from 'vscode';
import type { CreateImageFact } from '../../../actions/createImage.ts';
import type { Tag } from '../../../core/image.ts';
import { formatTags } from '../../../core/tagText.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import type { RowText } from '../actionForm.ts';
import { volumeText } from './volumesStep.ts';

/** The facts of the plan in words. */
export function rowText(fact: CreateImageFact): RowText {
  switch (fact.kind) {
    case 'instance': {
      const { name, id, state, region } = fact.instance;
      return { icon: 'vm', label: plain(name) || vscode.l10n.t('Instance'), text: plainFacts(id, state, region) };
    }
    case 'image':
      return { icon: 'device-camera', label: vscode.l10n.t('New image'), text: plain(fact.name) };
    case 'not-running':
      return {
        icon: 'shield',
        label: vscode.l10n.t('Nothing is rebooted'),
        text: vscode.l10n.t('the instance is {0}', plain(fact.state)),
      };
    case 'reboot':
      return {
        icon: 'debug-restart',
        label: vscode.l10n.t('The instance is REBOOTED'),
        text: vscode.l10n.t('down for some minutes; file systems consistent'),
      };
    case 'no-reboot':
      return {
        icon: 'shield',
        label: vscode.l10n.t('The instance is not rebooted'),
        text: vscode.l10n.t('crash-consistent; file-system integrity not guaranteed'),
      };
    case 'volume':
      return volumeRow(fact);
    case 'description':
      return {
        icon: 'note',
        label: vscode.l10n.t('Description'),
        text: fact.text === '' ? vscode.l10n.t('none') : plain(fact.text),
      };
    case 'image-tags':
      return { icon: 'tag', label: vscode.l10n.t('Tags of the image'), text: tagsText(fact.tags) };
    case 'snapshot-tags':
      return { icon: 'tag', label: vscode.l10n.t('Tags of the snapshots'), text: tagsText(fact.tags) };
  }
}

function volumeRow({ volume, facts }: CreateImageFact & { readonly kind: 'volume' }): RowText {
  const what = volumeText(volume, facts);
  const label = plain(volume.deviceName);
  if (!volume.included) {
    return { icon: 'circle-slash', label, text: vscode.l10n.t('LEFT OUT · {0}', what) };
  }
  const fate = volume.deleteOnTermination
    ? vscode.l10n.t('included, deleted on termination')
    : vscode.l10n.t('included, kept on termination');
  return { icon: 'database', label, text: `${fate} · ${what}` };
}

function tagsText(tags: readonly Tag[]): string {
  return tags.length === 0 ? vscode.l10n.t('none') : plain(formatTags(tags));
}
