import type { ImageSummary } from '../../core/image.ts';
import type { ImageSearch } from '../../core/imageSearch.ts';
import type { ImageQuestion } from '../../images/imageQuestions.ts';
import { UnaskedSearch } from '../../images/searchedImages.ts';
import type { ListingControls, TreeListing } from '../../images/treeListings.ts';
import type { ImageRows } from './imageRows.ts';
import type { FamilyNode, ImagesContainer, ImagesNode, PublicFamilyNode, ScopeNode, SectionNode } from './nodes.ts';

/** A section below the regions of the Images view. */
export interface ImageSection {
  /** Whether a region has the section. Without this function every region has it. */
  isIn?(region: string): boolean;
  /** The nodes below one of the section's. Empty once the account is no longer the current one. */
  children(node: SectionNode): Promise<readonly ImagesNode[]>;
  listState?(node: SectionNode): ListState;
  /** What a family's images are taken from; undefined where only what the filter finds is asked for. */
  sourceOf?(node: FamilyNode | PublicFamilyNode): FamilySource | undefined;
  /** Begins to count what a closed branch has under the filter. */
  begin?(node: ScopeNode): Promise<void>;
  /** The lists that a node's rows come from, for Refresh and Retry. */
  lists(node: SectionNode): readonly ListingControls[];
}

/** A list that has all images of a family, among others. */
export interface FamilySource {
  readonly list: ShownImages;
  /** The images of the list that are the section's, whatever the filter. */
  readonly isHere: (image: ImageSummary) => boolean;
}

export type ShownImages = TreeListing<ImageSummary, ImagesContainer>;

/** What the sections share: one connection's lists and one filter. */
export interface SectionParts {
  readonly list: (region: string, question: ImageQuestion) => ShownImages;
  readonly rows: ImageRows;
  /** The filter, and whether it finds an image. */
  readonly search: ImageSearch;
  readonly matches: (image: ImageSummary) => boolean;
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
  return {
    count: answered && (error === undefined || value > 0) ? { value, complete } : undefined,
    // What was not asked has not failed: the note below the row says what to type.
    error: error instanceof UnaskedSearch ? undefined : error,
  };
}
