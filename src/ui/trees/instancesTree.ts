import * as v from 'valibot';
import type * as vscode from 'vscode';
import { settings } from '../../contributions/settings.ts';
import type { Connection } from '../../ec2/port.ts';
import type { Session } from '../session/session.ts';
import { pageSize, settingsEvent } from '../shared/settings.ts';
import { AccountTree } from './accountTree.ts';
import type { BranchEvents } from './branches.ts';
import { InstanceBranches, instancesPrefix } from './instanceBranches.ts';
import { instanceCard } from './instanceCard.ts';
import { toInstancesTreeItem } from './instanceTreeItems.ts';
import { itemAsLeft } from './itemAsLeft.ts';
import type { InstancesNode } from './nodes.ts';
import type { RowStates } from './rowStates.ts';

const instancesNode = v.object({ id: v.pipe(v.string(), v.startsWith(instancesPrefix)) });

/** The Instances view. */
export class InstancesTree extends AccountTree<InstancesNode, InstanceBranches> {
  readonly #rowStates: RowStates;

  constructor(session: Session, rowStates: RowStates) {
    super(session, { pageSize, onDidChange: settingsEvent([settings.pageSize]) });
    this.#rowStates = rowStates;
  }

  protected override open(connection: Connection, events: BranchEvents<InstancesNode>): InstanceBranches {
    return new InstanceBranches(connection, this.pageSizes, events);
  }

  /** Whether an argument of a command is a node of this view. */
  isNode(value: unknown): value is InstancesNode {
    return v.is(instancesNode, value);
  }

  override getTreeItem(node: InstancesNode): vscode.TreeItem {
    return itemAsLeft(toInstancesTreeItem(node), this.#rowStates);
  }

  resolveTreeItem(item: vscode.TreeItem, node: InstancesNode): vscode.TreeItem {
    if (node.kind === 'instance') {
      item.tooltip = instanceCard(node.instance, Date.now());
    }
    return item;
  }
}
