/** The input of the snippet writers, independent of images and tools. */

/** A lookup that finds an image and its later builds. */
export interface ImageLookup {
  /** The name in code: the family, or else the image's name; may be empty. */
  readonly label: string;
  readonly region: string;
  /**
   * `self`, an alias that only AWS can set, or an account id. Without an owner, anyone could publish an image that the
   * lookup prefers. Undefined where the owner is unknown: then the snippet has the image's id.
   */
  readonly owner: string | undefined;
  /** The owner's name, where `owner` is a number. */
  readonly ownerName: string | undefined;
  /** In the order of the snippet, by the names of DescribeImages' filters. */
  readonly filters: readonly LookupFilter[];
  /** How to exclude other images of the owner; undefined where none are known to match. */
  readonly narrowing: Narrowing | undefined;
  /** Whether it is unknown which other images of the owner match. */
  readonly unchecked: boolean;
  /** Whether the lookup must ask for deprecated images. */
  readonly deprecated: boolean;
  /** The state of an image that is not available, so the lookup does not find it. */
  readonly state: string | undefined;
  readonly windows: boolean;
  /** The image's id, for tools that cannot look it up. */
  readonly image: FixedImage;
}

export interface LookupFilter {
  readonly name: string;
  /** One of them must match. */
  readonly values: readonly string[];
}

/** How to exclude other images of the owner that the name pattern finds. */
export interface Narrowing {
  /** The name of one such image. */
  readonly example: string;
  /** For tools that take regular expressions, see `nameExpressionOf`; undefined where no expression excludes them. */
  readonly expression: string | undefined;
  /**
   * For tools with only EC2's filters: values of `name` instead of the pattern; undefined where no values exclude them.
   */
  readonly values: readonly string[] | undefined;
}

/** An image by its id. */
export interface FixedImage {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  /** The name in code: the family, or else the image's name; may be empty. */
  readonly label: string;
}

/** Ids of one family, at most one per region. */
export interface RegionMap {
  readonly label: string;
  readonly windows: boolean;
  readonly images: readonly FixedImage[];
}
