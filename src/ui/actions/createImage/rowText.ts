import * as vscode from 'vscode';
import type { CreateImageFact } from '../../../actions/createImage.ts';
import type { Tag } from '../../../core/image.ts';
import { formatTags } from '../../../core/tagText.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import type { RowText } from '../actionForm.ts';
import { volumeState, volumeText } from './volumeWords.ts';

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
        label: vscode.l10n.t('No reboot'),
        text: vscode.l10n.t('The instance is {0}.', plain(fact.state)),
      };
    case 'reboot':
      return {
        icon: 'debug-restart',
        label: vscode.l10n.t('The instance is rebooted'),
        text: vscode.l10n.t('Down for some minutes. File systems are consistent.'),
      };
    case 'no-reboot':
      return {
        icon: 'shield',
        label: vscode.l10n.t('The instance is not rebooted'),
        text: vscode.l10n.t('File-system integrity is not guaranteed (crash-consistent).'),
      };
    case 'volume':
      return volumeRow(fact);
    case 'description':
      return {
        icon: 'note',
        label: vscode.l10n.t('Description'),
        text:
          fact.text === ''
            ? vscode.l10n.t({ message: 'none', comment: ['No description, or no tags'] })
            : plain(fact.text),
      };
    case 'tags':
      return { icon: 'tag', label: vscode.l10n.t('Tags of the image and its snapshots'), text: tagsText(fact.tags) };
    case 'image-tags':
      return { icon: 'tag', label: vscode.l10n.t('Tags of the image'), text: tagsText(fact.tags) };
    case 'snapshot-tags':
      return { icon: 'tag', label: vscode.l10n.t('Tags of the snapshots'), text: tagsText(fact.tags) };
  }
}

function volumeRow({ volume, facts }: CreateImageFact & { readonly kind: 'volume' }): RowText {
  return {
    icon: volume.included ? 'database' : 'circle-slash',
    label: plain(volume.deviceName),
    text: `${volumeState(volume)} · ${volumeText(volume, facts)}`,
  };
}

function tagsText(tags: readonly Tag[]): string {
  return tags.length === 0
    ? vscode.l10n.t({ message: 'none', comment: ['No description, or no tags'] })
    : plain(formatTags(tags));
}
