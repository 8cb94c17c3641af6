import { UnaskedSearch } from '../../images/searchedImages.ts';
import type { ErrorNode, MoreNode, NoteNode } from './nodes.ts';

/** How far the listings below a node have been read. */
export interface ListProgress {
  readonly complete: boolean;
  readonly loading: boolean;
  readonly error: unknown;
}

export interface ShownRows<N = unknown> {
  readonly nodes: readonly N[];
  /** How many loaded rows are not shown. */
  readonly hidden?: number;
  /** Why there may be no rows; `empty` unless given. */
  readonly because?: 'filtered' | 'typing' | undefined;
}

/** The nodes below the rows of a list: Load More, an error, that it is loading, or why there are no rows. */
export function trailingNodes<P extends { readonly id: string }>(
  parent: P,
  { complete, loading, error }: ListProgress,
  { nodes, hidden = 0, because }: ShownRows,
): readonly (ErrorNode<P> | MoreNode<P> | NoteNode<P>)[] {
  const more = (count: number | undefined): MoreNode<P> => ({
    kind: 'more',
    id: `${parent.id}/more`,
    hidden: count,
    parent,
  });
  const shown = hidden > 0 ? [more(hidden)] : [];
  if (error instanceof UnaskedSearch) {
    return [...shown, { kind: 'note', id: `${parent.id}/note`, note: 'unasked', parent }];
  }
  if (error !== undefined) {
    return [...shown, { kind: 'error', id: `${parent.id}/error`, error, parent }];
  }
  if (loading) {
    return [...shown, { kind: 'note', id: `${parent.id}/loading`, note: 'loading', parent }];
  }
  if (shown.length > 0) {
    return shown;
  }
  if (!complete) {
    return [more(undefined)];
  }
  return nodes.length > 0 ? [] : [{ kind: 'note', id: `${parent.id}/note`, note: because ?? 'empty', parent }];
}
