import type { ImageSummary } from '../../core/image.ts';
import type { ImageQuestion } from '../../images/imageQuestions.ts';
import type { ListingControls, TreeListing } from '../../images/treeListings.ts';
import type { ImageRows } from './imageRows.ts';
import type { ImagesContainer, ImagesNode, SectionNode } from './nodes.ts';

/** A branch below the regions of the Images view: all that is its own. */
export interface ImageSection {
  /** Whether a region has it; every region unless given. */
  isIn?(region: string): boolean;
  /** What stands below one of its nodes; nothing once the account is no longer in force. */
  children(node: SectionNode): Promise<readonly ImagesNode[]>;
  listState?(node: SectionNode): ListState;
  /** The lists that a node's rows come from, which are asked again for its sake. */
  lists(node: SectionNode): readonly ListingControls[];
}

export type ShownImages = TreeListing<ImageSummary, ImagesContainer>;

/** What the sections of one connection, under one filter, have in common. */
export interface SectionParts {
  readonly list: (region: string, question: ImageQuestion) => ShownImages;
  readonly rows: ImageRows;
  /** The words of the filter, which must all occur in what is shown. */
  readonly words: readonly string[];
}

export interface ListState {
  readonly count?: { readonly value: number; readonly complete: boolean } | undefined;
  /** Why the count is not of all. */
  readonly error?: unknown;
  readonly expanded?: boolean | undefined;
}

/** How many of a list are shown, which is all of them only where it has come to its end. */
export function listState(
  { listing, complete }: ShownImages,
  shown: (images: readonly ImageSummary[]) => readonly ImageSummary[],
): ListState {
  if (!listing) {
    return {};
  }
  const { items, answered, error } = listing;
  const value = shown(items).length;
  return { count: answered && (error === undefined || value > 0) ? { value, complete } : undefined, error };
}
