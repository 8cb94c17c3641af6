import type { Listing } from '../../images/listing.ts';
import type { TreeListing } from '../../images/treeListings.ts';
import type { ErrorNode, MoreNode, NoteNode } from './nodes.ts';
import { type ShownRows, trailingNodes } from './trailingNodes.ts';

interface Identified {
  readonly id: string;
}

interface ListRows<N> extends ShownRows<N> {
  /** Whether no more can be loaded. Unless given, whether all lists are complete. */
  readonly complete?: boolean;
}

/**
 * The rows of a node that shows lists, with the trailing nodes. Empty once the account of the lists is no longer the
 * current one.
 *
 * @param toRows turns the items of all lists into rows
 */
export async function listRows<P extends Identified, T extends Identified, N>(
  parent: P,
  lists: readonly TreeListing<T, P>[],
  toRows: (items: readonly T[], listings: readonly Listing<T>[]) => ListRows<N>,
): Promise<readonly (N | ErrorNode<P> | MoreNode<P> | NoteNode<P>)[]> {
  const listings = await Promise.all(lists.map((list) => list.read(parent)));
  if (!listings.every((listing) => listing !== undefined)) {
    return [];
  }
  const rows = toRows(
    listings.flatMap(({ items }) => items),
    listings,
  );
  const progress = {
    complete: rows.complete ?? listings.every(({ complete }) => complete),
    loading: listings.some(({ loading }) => loading),
    error: listings.find(({ error }) => error !== undefined)?.error,
  };
  return [...rows.nodes, ...trailingNodes(parent, progress, rows)];
}
