import type { ImageSummary } from '../../core/image.ts';
import type { ImageQuestion } from '../../images/imageQuestions.ts';
import type { ListingControls, TreeListing } from '../../images/treeListings.ts';
import type { ImageRows } from './imageRows.ts';
import type { ImagesContainer, ImagesNode, SectionNode } from './nodes.ts';

/** A section below the regions of the Images view. */
export interface ImageSection {
  /** Whether a region has the section. Without this function every region has it. */
  isIn?(region: string): boolean;
  /** The nodes below one of the section's. Empty once the account is no longer the current one. */
  children(node: SectionNode): Promise<readonly ImagesNode[]>;
  listState?(node: SectionNode): ListState;
  /** The lists that a node's rows come from, for Refresh and Retry. */
  lists(node: SectionNode): readonly ListingControls[];
}

export type ShownImages = TreeListing<ImageSummary, ImagesContainer>;

/** What the sections share: one connection's lists and one filter. */
export interface SectionParts {
  readonly list: (region: string, question: ImageQuestion) => ShownImages;
  readonly rows: ImageRows;
  /** The words of the filter. */
  readonly words: readonly string[];
}

/** What the item of a node shows of the list below the node. */
export interface ListState {
  readonly count?: { readonly value: number; readonly complete: boolean } | undefined;
  /** Why the list is not complete. */
  readonly error?: unknown;
  readonly expanded?: boolean | undefined;
}

/** The state of a list, whose count is of the images that are shown. */
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
