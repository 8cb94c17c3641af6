import { familyOf, familyTest } from './family.ts';
import { type Image, type ImageSummary, isAvailable } from './image.ts';
import { inMixedOrder, newestFirst } from './imageAge.ts';
import { isDeprecated } from './lifecycle.ts';
import { narrowingOf } from './lookupNarrowing.ts';
import { isMarketplaceImage } from './marketplace.ts';
import { namePatternOf } from './namePattern.ts';
import { type Publisher, publisherOf } from './publishers.ts';
import type { FixedImage, ImageLookup, LookupFilter, RegionMap } from './snippets/input.ts';
import { matchesWildcard } from './wildcard.ts';

/** What a snippet depends on besides the images. */
export interface SnippetContext {
  /** The account of the connection, whose images are looked up as `self`. */
  readonly account: string | undefined;
  /** The publishers from the user's settings. */
  readonly publishers?: readonly Publisher[];
  /** Milliseconds since 1970: images that are deprecated by then need a lookup for deprecated images. */
  readonly now: number;
  /** Known images, to exclude those that a lookup must not find, and to tell whether the family has newer ones. */
  readonly known?: readonly ImageSummary[];
  /** Ids of images whose lookups were not checked against EC2's full answer. */
  readonly unchecked?: ReadonlySet<string>;
}

/**
 * The lookups for images, in their order. Images of one family in several regions share one.
 *
 * @param regional for tools whose lookups name the region: each region gets a lookup
 */
export function lookupsOf(images: readonly Image[], context: SnippetContext, regional = false): readonly ImageLookup[] {
  const lookups = new Map<string, ImageLookup>();
  for (const image of images) {
    const lookup = lookupOf(image, images, context);
    const { owner, filters, deprecated, region } = lookup;
    // A tool that gets the id itself needs one snippet per image.
    const itself = owner === undefined || deprecated ? image.id : undefined;
    const key = JSON.stringify([owner, filters, itself, regional ? region : undefined]);
    if (!lookups.has(key)) lookups.set(key, lookup);
  }
  return [...lookups.values()];
}

function lookupOf(image: Image, images: readonly Image[], context: SnippetContext): ImageLookup {
  const owner = ownerOf(image, context);
  const ofOwner = (context.known ?? []).filter((other) => ownerOf(other, context) === owner && passes(image, other));
  const newest = newestFindable(
    image,
    [...images.filter((other) => ownerOf(other, context) === owner && passes(image, other)), ...ofOwner],
    owner === 'self' ? undefined : context.now,
  );
  const patterns = patternsFor(image, newest);
  return {
    label: labelOf(image),
    region: image.region,
    owner,
    ownerName: owner === image.ownerId ? publisherOf(image, context.publishers ?? [])?.name : undefined,
    filters: filtersOf(image, patterns),
    narrowing: narrowingOf(image, patterns, ofOwner),
    unchecked: patterns.length > 0 && (context.unchecked?.has(image.id) ?? false),
    deprecated: owner !== 'self' && isDeprecated(image, context.now) && newest === undefined,
    state: image.state === 'available' ? undefined : image.state,
    windows: image.platform === 'windows',
    image: fixedImageOf(image),
  };
}

/** A fact that EC2 does not give cannot be a filter either. */
function filtersOf(image: Image, patterns: readonly string[]): readonly LookupFilter[] {
  const filter = (name: string, value: string | undefined): readonly LookupFilter[] =>
    value === undefined || value === '' ? [] : [{ name, values: [value] }];
  return [
    ...(patterns.length === 0
      ? filter('image-id', image.id)
      : [
          { name: 'name', values: patterns },
          ...filter('architecture', image.architecture),
          ...filter('root-device-type', image.rootDeviceType),
          ...filter('virtualization-type', image.virtualizationType),
          ...filter('product-code', productCodeOf(image)),
        ]),
    // Only the CDK leaves out pending and failed images by itself.
    ...filter('state', 'available'),
  ];
}

/** All images of a product have all of its codes, so one is enough. */
function productCodeOf(image: Image): string | undefined {
  return isMarketplaceImage(image) ? image.productCodes[0] : undefined;
}

/** Whether another image of the owner may match the filters other than name and state, as far as known. */
function passes(image: Image, other: ImageSummary): boolean {
  const code = productCodeOf(image);
  const mayEqual = (wanted: string | undefined, there: string | undefined) =>
    wanted === undefined || there === undefined || there === wanted;
  return (
    mayEqual(image.architecture, other.architecture) &&
    mayEqual(image.rootDeviceType, other.rootDeviceType) &&
    mayEqual(image.virtualizationType, other.virtualizationType) &&
    (code === undefined || other.productCodes === undefined || other.productCodes.includes(code))
  );
}

/**
 * The newest image of the family that a lookup finds without asking for deprecated images.
 *
 * @param others images of the owner that match the other filters
 * @param now milliseconds since 1970: images that are deprecated by then are not found. Undefined for owned images,
 * which always are.
 */
function newestFindable(
  image: Image,
  others: readonly ImageSummary[],
  now: number | undefined,
): ImageSummary | undefined {
  if (familyOf(image).label === '') return undefined;
  const isOfFamily = familyTest(image);
  let newest: ImageSummary | undefined;
  for (const other of inMixedOrder(others)) {
    if (!isAvailable(other) || other.region !== image.region) continue;
    if (now !== undefined && isDeprecated(other, now)) continue;
    // The family test is the slowest, so it comes last.
    if ((newest === undefined || newestFirst(other, newest) < 0) && isOfFamily(other)) newest = other;
  }
  return newest;
}

/**
 * Values of the filter `name`; empty for an image without a name. Names of a family may differ in case or in the form
 * of their builds, so the newest image adds a pattern where this one's does not find it.
 */
function patternsFor(image: Image, newest: ImageSummary | undefined): readonly string[] {
  const pattern = namePatternOf(image.name, image);
  if (pattern === undefined) return [];
  const other = newest && namePatternOf(newest.name, newest);
  return newest === undefined || other === undefined || matchesWildcard(pattern, newest.name)
    ? [pattern]
    : [pattern, other];
}

function ownerOf(image: ImageSummary, context: SnippetContext): string | undefined {
  if (image.ownerId !== '' && image.ownerId === context.account) return 'self';
  if (image.ownerAlias === 'amazon' || image.ownerAlias === 'aws-marketplace') return image.ownerAlias;
  return image.ownerId || undefined;
}

/** A name for an image in code: its family, or else its own name. */
function labelOf(image: ImageSummary): string {
  return familyOf(image).label || image.name;
}

export function fixedImageOf(image: ImageSummary): FixedImage {
  return { id: image.id, region: image.region, name: image.name, label: labelOf(image) };
}

/**
 * Images as maps from region to id. Images of one family, platform and architecture share a map, unless a region would
 * occur twice.
 */
export function regionMapsOf(images: readonly Image[]): readonly RegionMap[] {
  const maps: {
    readonly key: string;
    readonly label: string;
    readonly windows: boolean;
    readonly images: FixedImage[];
  }[] = [];
  for (const image of images) {
    const key = JSON.stringify([familyOf(image).key, image.platform, image.architecture]);
    const fixed = fixedImageOf(image);
    const map = maps.find((other) => other.key === key && other.images.every(({ region }) => region !== image.region));
    if (map === undefined) {
      maps.push({ key, label: fixed.label, windows: image.platform === 'windows', images: [fixed] });
    } else {
      map.images.push(fixed);
    }
  }
  return maps;
}
