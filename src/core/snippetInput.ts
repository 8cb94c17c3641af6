import { familyOf, familyTest, inMixedOrder, newestFirst } from './family.ts';
import { type Image, type ImageSummary, isAvailable } from './image.ts';
import { isDeprecated } from './lifecycle.ts';
import { narrowingOf } from './lookupNames.ts';
import { isOfMarketplace } from './marketplace.ts';
import { namePatternOf } from './namePattern.ts';
import { type Publisher, publisherOf } from './publishers.ts';
import { partitionOf } from './regions.ts';
import type { FixedImage, ImageLookup, LookupFilter, RegionMap } from './snippets/input.ts';
import { matchesWildcard } from './wildcard.ts';

/** What a snippet needs to know beside the images. */
export interface SnippetContext {
  /** The account of the connection: its own images are looked up as `self`. */
  readonly account: string | undefined;
  /** The publishers that the user has defined. */
  readonly publishers?: readonly Publisher[];
  /** Milliseconds since 1970: what is deprecated by then is to be asked for. */
  readonly now: number;
  /** Images that are known: what a lookup must not find instead, and whether the family has newer ones. */
  readonly known?: readonly ImageSummary[];
  /** Ids of images of which EC2 has not said all that their lookups find. */
  readonly unchecked?: ReadonlySet<string>;
}

/**
 * The lookups for images, in their order; images of the same family in several regions need one only.
 *
 * @param regional for tools whose lookups name the region: then each region needs one
 */
export function lookupsOf(images: readonly Image[], context: SnippetContext, regional = false): readonly ImageLookup[] {
  const lookups = new Map<string, ImageLookup>();
  for (const image of images) {
    const lookup = lookupOf(image, images, context);
    const { owner, filters, deprecated, region } = lookup;
    // Where a tool gets the id itself, each image counts.
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
    ownerName:
      owner === image.ownerId
        ? publisherOf(image, partitionOf(image.region), context.publishers ?? [])?.name
        : undefined,
    filters: filtersOf(image, patterns),
    narrowing: narrowingOf(image, patterns, ofOwner),
    unchecked: patterns.length > 0 && (context.unchecked?.has(image.id) ?? false),
    deprecated: owner !== 'self' && isDeprecated(image, context.now) && newest === undefined,
    state: image.state === 'available' ? undefined : image.state,
    windows: image.platform === 'windows',
    image: fixedImageOf(image),
  };
}

/** What EC2 does not say of an image cannot be asked for either. */
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
    // No tool but the CDK leaves out by itself what is pending or has failed.
    ...filter('state', 'available'),
  ];
}

/** A product's images have each of its codes, so that one is enough. */
function productCodeOf(image: Image): string | undefined {
  return isOfMarketplace(image) ? image.productCodes[0] : undefined;
}

/** Whether another of the owner's images may pass the filters beside those for name and state, from what is known of it. */
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
 * The newest of the family that a lookup finds which does not ask for deprecated images.
 *
 * @param others images of the owner that pass the other filters
 * @param now what is deprecated by then is not found, in milliseconds since 1970; undefined for own images, which always are
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
    // Much may be known: a family takes longer to tell than anything else.
    if ((newest === undefined || newestFirst(other, newest) < 0) && isOfFamily(other)) newest = other;
  }
  return newest;
}

/**
 * Values of the filter `name`; none for an image without a name. Names of a family may differ more than a pattern does, in
 * upper and lower case or in the form of their builds: then the newest has a pattern of its own.
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

/** What to call an image in code: its family, or its name where that is all there is. */
function labelOf(image: ImageSummary): string {
  return familyOf(image).label || image.name;
}

export function fixedImageOf(image: ImageSummary): FixedImage {
  return { id: image.id, region: image.region, name: image.name, label: labelOf(image) };
}

/**
 * Images as maps from region to id: those of one family, platform and architecture go into one map, as long as each region
 * occurs only once in it.
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
