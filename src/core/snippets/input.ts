/** What the writers of snippets work from. They know nothing of images beyond this, and images know nothing of tools. */

/** A lookup that finds an image and, once there are any, its successors. */
export interface ImageLookup {
  /** What to call it: the family, or the name; may be empty. */
  readonly label: string;
  readonly region: string;
  /**
   * `self`, an alias that only AWS can set, or an account id. Never left out: without it, anyone could publish an image
   * that the lookup prefers.
   */
  readonly owner: string;
  /** Who the owner is, where the owner says it only by number. */
  readonly ownerName: string | undefined;
  /** In the order to write them, by the names that DescribeImages has for them. */
  readonly filters: readonly LookupFilter[];
  readonly windows: boolean;
}

export interface LookupFilter {
  readonly name: string;
  readonly value: string;
}

/** One image by its id. */
export interface FixedImage {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  /** What to call it: the family, or the name; may be empty. */
  readonly label: string;
}

/** Fixed ids of one thing, at most one per region. */
export interface RegionMap {
  readonly label: string;
  readonly windows: boolean;
  readonly images: readonly FixedImage[];
}
