import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { ImageSummary } from '../../core/image.ts';
import { lifecycleOf } from '../../core/lifecycle.ts';
import type { Publisher } from '../../core/publishers.ts';
import { placeNameOf } from '../../core/regions.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { ageText, statusText } from '../shared/wording.ts';
import { contextValueOf } from './contextValueOf.ts';
import type { ListState } from './imageSection.ts';
import {
  type ImageNode,
  type ImagesNode,
  type MissingPinNode,
  type ParameterNode,
  type Scope,
  scopeOf,
} from './nodes.ts';
import { toRegionItem, toTrailingItem } from './trailingTreeItems.ts';

/** What the item of a node shows besides the node itself. */
export interface ItemState extends ListState {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly publisher?: Publisher | undefined;
  /** Whether the account owns the image. */
  readonly owned?: boolean | undefined;
}

/** The item of a node of the Images view, with its text for screen readers. */
export function toImagesTreeItem(node: ImagesNode, state: ItemState): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case 'region':
      return toRegionItem(node, Expanded);
    case 'scope': {
      const item = new vscode.TreeItem(scopeLabel(node.scope), node.scope === 'pinned' ? Expanded : Collapsed);
      item.tooltip = incompleteText(scopeLabel(node.scope), state);
      return complete(item, node, scopeIcon[node.scope], countText(state), [
        scopeLabel(node.scope),
        placeNameOf(node.region) ?? plain(node.region),
      ]);
    }
    case 'publisher': {
      const { publisher } = node;
      const name = plain(publisher?.name ?? node.ownerId);
      const item = new vscode.TreeItem(name, state.expanded ? Expanded : Collapsed);
      const standing = publisher
        ? publisher.verified
          ? vscode.l10n.t('verified publisher')
          : vscode.l10n.t('publisher from your settings')
        : vscode.l10n.t('unverified owner');
      item.tooltip = `${name}: ${standing}`;
      const icon = publisher ? (publisher.verified ? 'verified' : 'account') : 'question';
      const description = [publisher ? undefined : vscode.l10n.t('unverified'), countText(state)];
      return complete(item, node, icon, description.filter(Boolean).join(' · '), [name, standing]);
    }
    case 'publicFamily': {
      const label = node.family.kind === 'other' ? vscode.l10n.t('Other images') : plain(node.family.label);
      const item = new vscode.TreeItem(label, Collapsed);
      item.tooltip = incompleteText(label, state);
      return complete(item, node, node.family.kind === 'other' ? 'ellipsis' : 'versions', countText(state), [label]);
    }
    case 'family': {
      const label = plain(node.label) || vscode.l10n.t('Unnamed images');
      return complete(new vscode.TreeItem(label, Collapsed), node, 'versions', countText(state), [label]);
    }
    case 'image':
      return imageItem(node, state);
    case 'latestGroup':
      return complete(new vscode.TreeItem(plain(node.group.name), Collapsed), node, 'verified', countText(state), [
        node.group.name,
      ]);
    case 'parameter':
      return parameterItem(node);
    case 'missingPin':
      return missingPinItem(node);
    case 'error':
    case 'more':
    case 'note':
      return toTrailingItem(node);
  }
}

function imageItem(node: ImageNode, state: ItemState): vscode.TreeItem {
  const { image } = node;
  const status = statusText(image, state.now, node.progress);
  const name = plain(image.name) || plain(image.id);
  const item = new vscode.TreeItem(name);
  item.id = node.id;
  const description = [image.id, image.architecture, ageText(image.creationDate, state.now)];
  // The progress of an image that is being made comes first, to be seen in a narrow view.
  item.description = plainFacts(...(image.state === 'pending' ? [status, ...description] : [...description, status]));
  item.iconPath = imageIcon(image, state.now);
  item.contextValue = contextValueOf(node, state.owned);
  item.command = { command: commands.showImage, title: vscode.l10n.t('Show Image Details'), arguments: [node] };
  item.accessibilityInformation = {
    label: [
      name,
      plain(status ?? vscode.l10n.t('available')),
      plain(image.id),
      image.architecture && plain(image.architecture),
      image.platform === 'windows' ? 'Windows' : vscode.l10n.t('Linux or other'),
      ageText(image.creationDate, state.now),
      image.public && inOwned(node) ? vscode.l10n.t('public') : undefined,
    ]
      .filter(Boolean)
      .join(', '),
  };
  return item;
}

function parameterItem(node: ParameterNode): vscode.TreeItem {
  const { name, imageId } = node.parameter;
  const label = plain(node.parameter.label);
  const item = new vscode.TreeItem(label);
  item.tooltip = plain(name);
  item.command = { command: commands.showImage, title: vscode.l10n.t('Show Image Details'), arguments: [node] };
  return complete(item, node, 'symbol-constant', plainFacts(imageId, name), [label]);
}

function missingPinItem(node: MissingPinNode): vscode.TreeItem {
  const { pin } = node;
  const { region } = node.parent;
  const image = pin.kind === 'image';
  const label = image ? plain(pin.name) || plain(pin.id) : plain(pin.label);
  const said = image
    ? vscode.l10n.t('{0} is gone, or you may not see it any more', plain(pin.id))
    : pin.architecture === undefined
      ? vscode.l10n.t('no image in this region')
      : vscode.l10n.t('no image for {0} in this region', plain(pin.architecture));
  const item = new vscode.TreeItem(label);
  item.tooltip = `${label}: ${said} (${plain(region)})`;
  return complete(item, node, image ? 'circle-slash' : 'versions', said, [label]);
}

function inOwned(node: ImageNode): boolean {
  return scopeOf(node).scope === 'owned';
}

/** The icon of the platform, or of why the image cannot or should not be used. */
function imageIcon(image: ImageSummary, now: number): vscode.ThemeIcon {
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
      return new vscode.ThemeIcon(platformIcon(image));
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

function complete(
  item: vscode.TreeItem,
  node: ImagesNode,
  icon: string,
  description: string | undefined,
  spoken: readonly string[],
): vscode.TreeItem {
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.description = description || false;
  item.accessibilityInformation = { label: [...spoken, description].filter(Boolean).join(', ') };
  return item;
}

function countText(state: ItemState): string | undefined {
  return state.count && `${state.count.value}${state.count.complete ? '' : '+'}`;
}

/** The tooltip of an incomplete count. A complete one has the label, as the editor's default. */
function incompleteText(label: string, { count, error }: ItemState): string {
  return count && error !== undefined
    ? vscode.l10n.t('{0}: {1} and maybe more. {2}', label, count.value, describeError(error).message)
    : label;
}

function scopeLabel(scope: Scope): string {
  switch (scope) {
    case 'pinned':
      return vscode.l10n.t('Pinned');
    case 'owned':
      return vscode.l10n.t('Owned by me');
    case 'shared':
      return vscode.l10n.t('Shared with me');
    case 'latest':
      return vscode.l10n.t('Latest');
    case 'public':
      return vscode.l10n.t('Public');
  }
}

const scopeIcon: Readonly<Record<Scope, string>> = {
  pinned: 'pinned',
  owned: 'account',
  shared: 'organization',
  latest: 'sparkle',
  public: 'globe',
};
