import type * as vscode from 'vscode';
import { Emitter, type Event } from '../../core/emitter.ts';
import type { Connection } from '../../ec2/port.ts';
import { type ListingControls, rowTimeout } from '../../images/treeListings.ts';
import type { Session } from '../session/session.ts';
import type { BranchEvents, Branches } from './branches.ts';
import { isLeaf } from './nodes.ts';
import { PageSizes } from './pageSizes.ts';
import { TreeChanges } from './treeChanges.ts';
import { ViewAccount } from './viewAccount.ts';

interface TreeNode<N> {
  readonly kind: string;
  readonly id: string;
  readonly parent?: N;
  /** Of a `more` node: how many loaded rows are not shown; undefined where only EC2 knows. */
  readonly hidden?: number | undefined;
}

/** The settings of the rows. */
export interface RowSettings {
  readonly pageSize: () => number;
  readonly onDidChange: Event;
}

/** A view of the current account: its regions, and the listings below them. Nodes are built at each request. */
export abstract class AccountTree<N extends TreeNode<N>, B extends Branches<N>>
  implements vscode.TreeDataProvider<N>, vscode.Disposable
{
  readonly #session: Session;
  readonly #subscriptions: readonly { dispose(): void }[];
  readonly #emitter = new Emitter<N | undefined>();
  readonly #changed = new TreeChanges<N>((node) => this.#emitter.fire(node));
  readonly #loadingChanged = new Emitter<boolean>();
  readonly #events: BranchEvents<N> = {
    changed: (node) => this.#changed.fire(node),
    loadingChanged: () => this.#fireLoading(),
  };
  #branches: B | undefined;
  #loading = false;

  readonly pageSizes: PageSizes;
  readonly account: ViewAccount;
  readonly onDidChangeTreeData = this.#emitter.event;
  readonly onDidChangeLoading = this.#loadingChanged.event;

  constructor(session: Session, { pageSize, onDidChange }: RowSettings) {
    this.#session = session;
    this.pageSizes = new PageSizes(pageSize);
    this.account = new ViewAccount(session, () => this.#changed.fire());
    this.#subscriptions = [
      this.account,
      session.onDidChange(() => this.restart()),
      onDidChange(() => this.show(this.#branches)),
    ];
  }

  protected abstract open(connection: Connection, events: BranchEvents<N>): B;

  /** Undefined while no connection is open. */
  protected get branches(): B | undefined {
    return this.#branches;
  }

  abstract getTreeItem(node: N): vscode.TreeItem;

  /** Asks EC2 again for the lists of a node, or for all lists if no node is given. */
  refresh(node?: N): void {
    if (!node) {
      this.restart();
      return;
    }
    const container = isLeaf(node) ? node.parent : node;
    if (container) {
      this.#askAgain(container, (list) => list.refresh());
    }
  }

  /** Asks again for the lists of an error node. */
  retry({ kind, parent }: N): void {
    if (kind === 'error' && parent) {
      this.#askAgain(parent, (list) => list.retry());
    }
  }

  showMore({ kind, hidden, parent }: N): void {
    if (kind === 'more' && parent) {
      this.pageSizes.addPage(parent);
      this.#askAgain(parent, (list) => {
        if (hidden === undefined) {
          list.more();
        }
      });
    }
  }

  getParent(node: N): N | undefined {
    return node.parent;
  }

  async getChildren(node?: N): Promise<N[]> {
    return [...(await this.#changed.answer(node, () => this.childrenOf(node)))];
  }

  /** For other callers than the editor, whose requests `TreeChanges` counts. */
  protected childrenOf(node?: N): Promise<readonly N[]> {
    return node ? this.#children(node) : this.#roots();
  }

  /** Drops all that was listed. */
  protected restart(): void {
    const { state } = this.#session;
    if (state.kind === 'open' && state.connection === this.#branches?.connection) {
      this.#branches.clear();
      this.show(this.#branches);
    } else {
      this.#branches?.close();
      this.show(undefined);
    }
  }

  /** Shows other branches, or the same ones from their first page. */
  protected show(branches: B | undefined): void {
    this.#branches = branches;
    this.pageSizes.clear();
    this.#fireLoading();
    this.drawAll();
  }

  protected drawAll(): void {
    this.#changed.fire();
  }

  async #roots(): Promise<readonly N[]> {
    const state = await this.account.state(rowTimeout);
    if (state.kind !== 'open') {
      // The view is redrawn once the connection is open.
      this.#fireLoading(state.kind === 'opening');
      return [];
    }
    const { connection } = state;
    if (this.#branches?.connection !== connection) {
      this.#branches?.close();
      this.pageSizes.clear();
      this.#branches = this.open(connection, this.#events);
    }
    this.#fireLoading();
    return this.#branches.roots(this.#session.regions(connection));
  }

  /** Starts over if the filter or the connection changes meanwhile. */
  async #children(node: N): Promise<readonly N[]> {
    const branches = this.#branches;
    const nodes = (await branches?.children(node)) ?? [];
    return branches === this.#branches ? nodes : this.#children(node);
  }

  #askAgain(node: N, ask: (list: ListingControls) => void): void {
    for (const list of this.#branches?.lists(node) ?? []) {
      ask(list);
    }
    this.#changed.fire(node);
  }

  /** Fires changes alone: each reading of rows comes here, and a listener may read rows. */
  #fireLoading(loading = this.#branches?.loading ?? false): void {
    if (loading !== this.#loading) {
      this.#loading = loading;
      this.#loadingChanged.fire(loading);
    }
  }

  dispose(): void {
    this.#branches?.close();
    for (const part of [...this.#subscriptions, this.#changed, this.#emitter, this.#loadingChanged]) {
      part.dispose();
    }
  }
}
