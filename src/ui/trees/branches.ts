import type { Connection } from '../../ec2/port.ts';
import type { ListingControls } from '../../images/treeListings.ts';

/** What a tree shows of one connection. */
export interface Branches<N> {
  readonly connection: Connection;
  readonly loading: boolean;
  roots(regions: readonly string[]): readonly N[];
  children(node: N): Promise<readonly N[]>;
  /** The lists that the rows below a node come from. */
  lists(node: N): readonly ListingControls[];
  /** Drops all lists. */
  clear(): void;
  close(): void;
}

/** How branches report to their tree. */
export interface BranchEvents<N> {
  /** The node is to be redrawn. */
  readonly changed: (node: N) => void;
  readonly loadingChanged: () => void;
}
