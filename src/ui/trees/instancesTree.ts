import * as vscode from 'vscode';
import type { Instance } from '../../core/instance.ts';
import { Listing } from '../../images/listing.ts';
import type { Session } from '../session.ts';
import { pageSize } from '../settings.ts';
import { toInstancesTreeItem } from './instanceTreeItems.ts';
import type { InstanceNode, InstancesNode, RegionNode } from './nodes.ts';
import { instanceTooltip } from './tooltips.ts';
import { TreeChanges } from './treeChanges.ts';
import { ViewAccount } from './viewAccount.ts';

/** Tells this view's nodes from those of the other, which has regions as well. */
const idPrefix = 'instances/';

/** How long (ms) a node waits for what it shows, to be drawn once and whole; after that it says that it is loading. */
const shortAnswer = 400;

const names = new Intl.Collator('en', { numeric: true });

/** How many instances a region loads before it waits to be asked for more. */
const batchSize = 1_000;

/** What the Instances view shows: the instances of each region, by name. */
export class InstancesTree implements vscode.TreeDataProvider<InstancesNode>, vscode.Disposable {
  readonly #session: Session;
  readonly #emitter = new vscode.EventEmitter<InstancesNode | undefined>();
  readonly #changed = new TreeChanges<InstancesNode>((node) => this.#emitter.fire(node));
  readonly #loadingChanged = new vscode.EventEmitter<boolean>();
  readonly #subscription: vscode.Disposable;
  readonly #listings = new Map<string, Listing<Instance>>();
  readonly #shown = new Map<string, number>();

  readonly account: ViewAccount;
  readonly onDidChangeTreeData = this.#emitter.event;
  readonly onDidChangeLoading = this.#loadingChanged.event;

  constructor(session: Session) {
    this.#session = session;
    this.account = new ViewAccount(session, () => this.#changed.fire());
    this.#subscription = vscode.Disposable.from(
      this.account,
      session.onDidChange(() => this.refresh()),
    );
  }

  /** Whether a value that a command was called with is one of this view's nodes. */
  isNode(value: unknown): value is InstancesNode {
    const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : undefined;
    return typeof id === 'string' && id.startsWith(idPrefix);
  }

  refresh(node?: InstancesNode): void {
    const region = node && (node.kind === 'region' ? node : node.parent);
    for (const [key, listing] of this.#listings) {
      if (!region || key === region.region) {
        listing.cancel();
        this.#listings.delete(key);
      }
    }
    this.#changed.fire(region);
  }

  retry(node: InstancesNode): void {
    if (node.kind === 'error') {
      this.#load(node.parent.region);
      this.#changed.fire(node.parent);
    }
  }

  showMore(node: InstancesNode): void {
    if (node.kind !== 'more') {
      return;
    }
    const { region } = node.parent;
    this.#shown.set(region, (this.#shown.get(region) ?? pageSize()) + pageSize());
    if (node.hidden === undefined) {
      this.#load(region);
    }
    this.#changed.fire(node.parent);
  }

  getTreeItem(node: InstancesNode): vscode.TreeItem {
    return toInstancesTreeItem(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: InstancesNode): vscode.TreeItem {
    if (node.kind === 'instance') {
      item.tooltip = instanceTooltip(node.instance, Date.now());
    }
    return item;
  }

  getParent(node: InstancesNode): InstancesNode | undefined {
    return node.kind === 'region' ? undefined : node.parent;
  }

  getChildren(node?: InstancesNode): Promise<InstancesNode[]> {
    return this.#changed.answer(node, () => this.#children(node));
  }

  async #children(node: InstancesNode | undefined): Promise<InstancesNode[]> {
    if (!node) {
      return this.#roots();
    }
    return node.kind === 'region' ? this.#instances(node) : [];
  }

  async #roots(): Promise<InstancesNode[]> {
    const state = await this.account.state(shortAnswer);
    if (state.kind !== 'open') {
      // Once it is open the view is drawn anew.
      this.#loadingChanged.fire(state.kind === 'opening');
      return [];
    }
    this.#loadingChanged.fire(this.#loading);
    return this.#session
      .regions(state.connection)
      .map((region) => ({ kind: 'region', id: `${idPrefix}${region}`, region }));
  }

  async #instances(node: RegionNode): Promise<InstancesNode[]> {
    const connection = this.account.shown;
    if (!connection) {
      return [];
    }
    let listing = this.#listings.get(node.region);
    if (!listing) {
      listing = new Listing(
        (signal) => connection.ec2.listInstances(node.region, signal),
        () => {
          this.#changed.fire(node);
          this.#loadingChanged.fire(this.#loading);
        },
      );
      this.#listings.set(node.region, listing);
      this.#load(node.region);
    }
    await listing.answer(shortAnswer);
    if (this.#listings.get(node.region) !== listing) {
      return [];
    }
    return this.#nodes(node, listing);
  }

  #nodes(node: RegionNode, listing: Listing<Instance>): InstancesNode[] {
    const instances = [...listing.items].sort(
      (a, b) => names.compare(a.name || a.id, b.name || b.id) || names.compare(a.id, b.id),
    );
    const shown = this.#shown.get(node.region) ?? pageSize();
    const nodes: InstancesNode[] = instances
      .slice(0, shown)
      .map((instance): InstanceNode => ({ kind: 'instance', id: `${node.id}/${instance.id}`, instance, parent: node }));
    if (listing.error !== undefined) {
      nodes.push({ kind: 'error', id: `${node.id}/error`, error: listing.error, parent: node });
    } else if (listing.loading) {
      nodes.push({ kind: 'note', id: `${node.id}/loading`, note: 'loading', parent: node });
    } else if (instances.length > shown) {
      nodes.push({ kind: 'more', id: `${node.id}/more`, hidden: instances.length - shown, parent: node });
    } else if (!listing.complete) {
      nodes.push({ kind: 'more', id: `${node.id}/more`, hidden: undefined, parent: node });
    } else if (nodes.length === 0) {
      nodes.push({ kind: 'note', id: `${node.id}/note`, note: 'empty', parent: node });
    }
    return nodes;
  }

  get #loading(): boolean {
    return [...this.#listings.values()].some((listing) => listing.loading);
  }

  #load(region: string): void {
    const listing = this.#listings.get(region);
    listing?.load(listing.items.length + batchSize);
    this.#loadingChanged.fire(this.#loading);
  }

  dispose(): void {
    for (const listing of this.#listings.values()) {
      listing.cancel();
    }
    vscode.Disposable.from(this.#changed, this.#emitter, this.#loadingChanged, this.#subscription).dispose();
  }
}
