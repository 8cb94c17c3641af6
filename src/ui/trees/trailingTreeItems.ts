import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import { placeNameOf } from '../../core/regions.ts';
import { plain } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import { unaskedText } from '../shared/queryText.ts';
import { contextValueOf } from './contextValueOf.ts';
import { emptyText } from './emptyNotes.ts';
import type { ImagesNode, InstancesNode, RegionNode } from './nodes.ts';

type TrailingNode = Extract<ImagesNode | InstancesNode, { kind: 'error' | 'more' | 'note' }>;

export function toRegionItem(node: RegionNode, state: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const region = plain(node.region);
  const place = placeNameOf(node.region);
  const item = new vscode.TreeItem(region, state);
  item.id = node.id;
  item.description = place ?? false;
  item.contextValue = contextValueOf(node);
  item.iconPath = new vscode.ThemeIcon('location');
  item.accessibilityInformation = { label: [region, place].filter(Boolean).join(', ') };
  return item;
}

export function toTrailingItem(node: TrailingNode): vscode.TreeItem {
  switch (node.kind) {
    case 'error': {
      const { message, reason } = describeError(node.error);
      const item = trailingItem(node, reason, 'error', {
        command: commands.retry,
        title: vscode.l10n.t('Retry'),
        arguments: [node],
      });
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
      item.tooltip = message;
      item.accessibilityInformation = { label: vscode.l10n.t('Error: {0} Press Enter to retry.', message) };
      return item;
    }
    case 'more': {
      const label =
        node.hidden === undefined
          ? vscode.l10n.t('Load more…')
          : vscode.l10n.t('Load more… ({0} not shown)', node.hidden);
      return trailingItem(node, label, 'ellipsis', { command: commands.loadMore, title: label, arguments: [node] });
    }
    case 'note':
      return noteItem(node);
  }
}

function noteItem(node: Extract<TrailingNode, { kind: 'note' }>): vscode.TreeItem {
  switch (node.note) {
    case 'empty': {
      const { label, next } = emptyText(node);
      return withNextStep(trailingItem(node, label, 'info', next), label, next);
    }
    case 'filtered': {
      const label = vscode.l10n.t('Nothing matches the filter');
      const next = { command: commands.clearFilter, title: vscode.l10n.t('Clear Filter') };
      return withNextStep(trailingItem(node, label, 'filter', next), label, next);
    }
    case 'typing':
      return trailingItem(node, vscode.l10n.t('Press Enter in the filter to search public images'), 'search');
    case 'unasked': {
      const next = { command: commands.filterImages, title: vscode.l10n.t('Filter Images') };
      return trailingItem(node, unaskedText(), 'search', next);
    }
    case 'loading':
      return trailingItem(node, vscode.l10n.t('Loading…'), 'loading~spin');
    case 'needsWords': {
      const title = vscode.l10n.t('Search its images…');
      return trailingItem(node, title, 'search', { command: commands.filterImages, title, arguments: [node] });
    }
  }
}

/** Shows behind the label what a click on the item does. */
export function withNextStep(item: vscode.TreeItem, label: string, { title }: vscode.Command): vscode.TreeItem {
  item.description = title;
  item.accessibilityInformation = { label: vscode.l10n.t('{0}. Press Enter: {1}', label, title) };
  return item;
}

function trailingItem(node: TrailingNode, label: string, icon: string, command?: vscode.Command): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = node.id;
  item.contextValue = contextValueOf(node);
  item.iconPath = new vscode.ThemeIcon(icon);
  if (command) {
    item.command = command;
  }
  return item;
}
