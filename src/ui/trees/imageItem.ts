import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { ImageSummary } from '../../core/image.ts';
import { lifecycleOf } from '../../core/lifecycle.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { ageText, statusText } from '../shared/wording.ts';
import { contextValueOf } from './contextValueOf.ts';
import type { ImageNode } from './nodes.ts';

interface ImageItemState {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the account owns the image. */
  readonly owned?: boolean | undefined;
}

/** The item of an image, with its text for screen readers. */
export function imageItem(node: ImageNode, { now, owned = false }: ImageItemState): vscode.TreeItem {
  const { image } = node;
  const status = statusText(image, now, node.progress);
  const name = plain(image.name) || plain(image.id);
  const label = plain(node.label ?? '') || name;
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  // What must not be missed comes first, to be seen in a narrow view.
  const first = [
    status,
    owned && image.public
      ? vscode.l10n.t({ message: 'public', comment: ['Of an image: everybody can launch it'] })
      : undefined,
    node.isNewest ? vscode.l10n.t({ message: 'newest', comment: ['The newest image of its family'] }) : undefined,
  ];
  const facts = [
    label === plain(image.id) ? undefined : image.id,
    image.architecture,
    ageText(image.creationDate, now),
  ];
  item.description = plainFacts(...first, ...facts);
  item.iconPath = imageIcon(image, owned, now);
  item.contextValue = contextValueOf(node, owned);
  item.command = { command: commands.showImage, title: vscode.l10n.t('Show Image Details'), arguments: [node] };
  item.accessibilityInformation = {
    label: [
      label,
      name === label ? undefined : name,
      ...first.slice(1),
      plain(status ?? vscode.l10n.t('available')),
      plain(image.id),
      image.architecture && plain(image.architecture),
      image.platform === 'windows' ? 'Windows' : vscode.l10n.t('Linux or other'),
      ageText(image.creationDate, now),
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

/** The icon of the platform, or of why the image cannot or should not be used. */
function imageIcon(image: ImageSummary, owned: boolean, now: number): vscode.ThemeIcon {
  const flag = lifecycleOf(image, now)[0];
  switch (flag?.kind) {
    case 'pending':
      return new vscode.ThemeIcon('loading~spin');
    case 'failed':
    case 'unusable':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    case 'disabled':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
    case 'deprecated':
      return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
    default:
      return owned && image.public
        ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon(platformIcon(image));
  }
}

function platformIcon(image: ImageSummary): string {
  const name = image.name.toLowerCase();
  if (image.platform === 'windows') {
    return 'terminal-powershell';
  }
  if (name.includes('macos')) {
    return 'device-desktop';
  }
  if (name.includes('ubuntu')) {
    return 'terminal-ubuntu';
  }
  return name.startsWith('debian') ? 'terminal-debian' : 'terminal-linux';
}
