import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Instance } from '../../core/instance.ts';
import { plain, plainFacts } from '../shared/plainText.ts';
import { instanceStateText } from '../shared/wording.ts';
import { contextValueOf } from './contextValueOf.ts';
import type { InstanceNode, InstancesNode } from './nodes.ts';
import { toRegionItem, toTrailingItem } from './trailingTreeItems.ts';

/** The item of a node of the Instances view, with its text for screen readers. */
export function toInstancesTreeItem(node: InstancesNode): vscode.TreeItem {
  switch (node.kind) {
    case 'region':
      return toRegionItem(node, vscode.TreeItemCollapsibleState.Expanded);
    case 'instance':
      return instanceItem(node);
    case 'error':
    case 'more':
    case 'note':
      return toTrailingItem(node);
  }
}

function instanceItem(node: InstanceNode): vscode.TreeItem {
  const { instance } = node;
  const name = plain(instance.name) || plain(instance.id);
  const item = new vscode.TreeItem(name);
  // What tells instances of one name apart comes first, to be seen in a narrow view.
  const facts = [
    instanceStateText(instance.state),
    instance.instanceType,
    instance.rootDeviceType === 'instance-store' ? vscode.l10n.t('instance store') : undefined,
    instance.name ? instance.id : undefined,
  ];
  item.id = node.id;
  item.description = plainFacts(...facts);
  item.contextValue = contextValueOf(node);
  item.iconPath = stateIcon(instance);
  item.command = { command: commands.showInstance, title: vscode.l10n.t('Show Instance Details'), arguments: [node] };
  item.accessibilityInformation = {
    label: [name, plainFacts(...facts, instance.platform, instance.architecture)].join(', '),
  };
  return item;
}

function stateIcon(instance: Instance): vscode.ThemeIcon {
  switch (instance.state) {
    case 'running':
      return new vscode.ThemeIcon('vm-running', new vscode.ThemeColor('charts.green'));
    case 'pending':
    case 'stopping':
    case 'shutting-down':
      return new vscode.ThemeIcon('loading~spin');
    case 'terminated':
      return new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground'));
    default:
      return new vscode.ThemeIcon('vm-outline');
  }
}
