import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { familyFlags } from '../../core/familyState.ts';
import type { Publisher } from '../../core/publishers.ts';
import { placeNameOf } from '../../core/regions.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { contextValueOf } from './contextValueOf.ts';
import { familyIcon, familyLabel, flagText } from './familyText.ts';
import { imageItem } from './imageItem.ts';
import type { ListState } from './imageSection.ts';
import type { FamilyNode, ImagesNode, MissingPinNode, ParameterNode, Scope } from './nodes.ts';
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
      const description = [
        publisher ? undefined : vscode.l10n.t({ message: 'unverified', comment: ['Of the publisher of an image'] }),
        countText(state),
      ];
      return complete(item, node, icon, description.filter(Boolean).join(' · '), [name, standing]);
    }
    case 'publicFamily': {
      const name = familyLabel(node);
      const label = plain(node.label ?? '') || name;
      const item = new vscode.TreeItem(label, Collapsed);
      if (state.error !== undefined) {
        item.tooltip = incompleteText(name, state);
      }
      const spoken = name === label ? [label] : [label, name];
      return complete(item, node, node.family.kind === 'other' ? 'ellipsis' : 'versions', countText(state), spoken);
    }
    case 'family':
      return familyItem(node, state);
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

function familyItem(node: FamilyNode, state: ItemState): vscode.TreeItem {
  const label = familyLabel(node);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  const flags = familyFlags(node.images, state.owned ?? false, state.now);
  const facts = [countText(state), ...flags.map(flagText)];
  return complete(item, node, familyIcon(flags, node.images.length), facts.filter(Boolean).join(' · '), [label]);
}

function parameterItem(node: ParameterNode): vscode.TreeItem {
  const { name, imageId } = node.parameter;
  const label = plain(node.parameter.label);
  const item = new vscode.TreeItem(label);
  item.command = { command: commands.showImage, title: vscode.l10n.t('Show Image Details'), arguments: [node] };
  return complete(item, node, 'symbol-constant', plainFacts(imageId, name), [label]);
}

function missingPinItem(node: MissingPinNode): vscode.TreeItem {
  const { pin } = node;
  const { region } = node.parent;
  const image = pin.kind === 'image';
  const label = image ? plain(pin.name) || plain(pin.id) : plain(pin.label);
  const said = image
    ? vscode.l10n.t('{0} no longer exists, or is not shared with this account', plain(pin.id))
    : pin.architecture === undefined
      ? vscode.l10n.t('no image in this region')
      : vscode.l10n.t('no image for {0} in this region', plain(pin.architecture));
  const item = new vscode.TreeItem(label);
  item.tooltip = `${label}: ${said} (${plain(region)})`;
  return complete(item, node, image ? 'circle-slash' : 'versions', said, [label]);
}

function complete(
  item: vscode.TreeItem,
  node: ImagesNode,
  icon: string | vscode.ThemeIcon,
  description: string | undefined,
  spoken: readonly string[],
): vscode.TreeItem {
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  item.iconPath = typeof icon === 'string' ? new vscode.ThemeIcon(icon) : icon;
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
      return vscode.l10n.t({ message: 'Pinned', comment: ['A branch of a region: its pinned images'] });
    case 'owned':
      return vscode.l10n.t('Owned by me');
    case 'shared':
      return vscode.l10n.t('Shared with me');
    case 'latest':
      return vscode.l10n.t({
        message: 'Latest',
        comment: ['A branch of a region: the official newest images, by public parameter'],
      });
    case 'public':
      return vscode.l10n.t({ message: 'Public', comment: ['A branch of a region: its public images'] });
  }
}

const scopeIcon: Readonly<Record<Scope, string>> = {
  pinned: 'pinned',
  owned: 'account',
  shared: 'organization',
  latest: 'tag',
  public: 'globe',
};
