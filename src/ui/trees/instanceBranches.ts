import type { Instance } from '../../core/instance.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ReadAhead } from '../../images/listing.ts';
import { type ListingControls, type TreeListing, TreeListings } from '../../images/treeListings.ts';
import type { BranchEvents, Branches } from './branches.ts';
import { listRows } from './listRows.ts';
import type { InstanceNode, InstancesNode, RegionNode } from './nodes.ts';
import type { PageSizes } from './pageSizes.ts';

/** The beginning of the ids of this view's nodes. The Images view has regions, too. */
export const instancesPrefix = 'instances/';

/** How much of a region is read before Load More. */
const readAhead: ReadAhead = { items: 1_000, pages: Number.POSITIVE_INFINITY };

/** What the Instances view shows of a connection: the instances of each region, sorted by name. */
export class InstanceBranches implements Branches<InstancesNode> {
  readonly connection: Connection;
  readonly #pageSizes: PageSizes;
  readonly #lists: TreeListings<Instance, RegionNode>;

  constructor(connection: Connection, pageSizes: PageSizes, { changed, loadingChanged }: BranchEvents<InstancesNode>) {
    this.connection = connection;
    this.#pageSizes = pageSizes;
    this.#lists = new TreeListings<Instance, RegionNode>(changed, loadingChanged);
  }

  get loading(): boolean {
    return this.#lists.loading;
  }

  roots(regions: readonly string[]): readonly RegionNode[] {
    return regions.map((region) => ({ kind: 'region', id: `${instancesPrefix}${region}`, region }));
  }

  async children(node: InstancesNode): Promise<readonly InstancesNode[]> {
    return node.kind === 'region' ? listRows(node, [this.#list(node)], (instances) => this.#page(node, instances)) : [];
  }

  lists(node: InstancesNode): readonly ListingControls[] {
    return [this.#list(node.kind === 'region' ? node : node.parent)];
  }

  #list({ region }: RegionNode): TreeListing<Instance, RegionNode> {
    const { ec2 } = this.connection;
    return this.#lists.of({
      region,
      key: region,
      readAhead,
      ask: (signal) => ec2.listInstances(region, signal),
    });
  }

  #page(parent: RegionNode, instances: readonly Instance[]): { nodes: readonly InstanceNode[]; hidden: number } {
    const { items, hidden } = this.#pageSizes.page(parent, [...instances].sort(compareNames));
    return {
      nodes: items.map((instance) => ({ kind: 'instance', id: `${parent.id}/${instance.id}`, instance, parent })),
      hidden,
    };
  }

  clear(): void {
    this.#lists.clear();
  }

  close(): void {
    this.#lists.close();
  }
}

const names = new Intl.Collator('en', { numeric: true });

function compareNames(a: Instance, b: Instance): number {
  return names.compare(a.name || a.id, b.name || b.id) || names.compare(a.id, b.id);
}
