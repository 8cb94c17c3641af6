/** What the writers of snippets work from. They know nothing of images beyond this, and images know nothing of tools. */

/** A lookup that finds an image and, once there are any, its successors. */
export interface ImageLookup {
  /** What to call it: the family, or the name; may be empty. */
  readonly label: string;
  readonly region: string;
  /**
   * `self`, an alias that only AWS can set, or an account id. Never left out: without it, anyone could publish an image
   * that the lookup prefers. Undefined where nobody knows: then there is no lookup, only the image itself.
   */
  readonly owner: string | undefined;
  /** Who the owner is, where the owner says it only by number. */
  readonly ownerName: string | undefined;
  /** In the order to write them, by the names that DescribeImages has for them. */
  readonly filters: readonly LookupFilter[];
  /** What else of the owner's the filters find; undefined where nothing else is known. */
  readonly narrowing: Narrowing | undefined;
  /** Whether it is not known what else of the owner's the filters find. */
  readonly unchecked: boolean;
  /** Whether only those find it who ask for deprecated images, too. */
  readonly deprecated: boolean;
  /** The state of an image that is not available: no lookup finds it as it is. */
  readonly state: string | undefined;
  readonly windows: boolean;
  /** The image itself, for tools that cannot look it up. */
  readonly image: FixedImage;
}

export interface LookupFilter {
  readonly name: string;
  /** One of them has to match. */
  readonly values: readonly string[];
}

/** How other images of the owner, which the name's pattern finds as well, are kept out. */
export interface Narrowing {
  /** The name of one of them. */
  readonly example: string;
  /** For tools that take regular expressions; undefined where none does. See `nameExpressionOf`. */
  readonly expression: string | undefined;
  /** For tools that know EC2's filters only: values of the filter `name` in place of the pattern; undefined where none do. */
  readonly values: readonly string[] | undefined;
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
