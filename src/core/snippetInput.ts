import { familyOf, sortedNewestFirst } from './family.ts';
import { type Image, unknownArchitecture } from './image.ts';
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
  readonly known?: readonly Image[];
}

/** The lookups for images, in their order; images of the same family in several regions need one only. */
export function lookupsOf(images: readonly Image[], context: SnippetContext): readonly ImageLookup[] {
  const lookups = new Map<string, ImageLookup>();
  const findable = findableOf(images, context);
  for (const image of images) {
    const lookup = lookupOf(image, context, findable);
    const { owner, filters, deprecated } = lookup;
    // Where a tool gets the id itself, each image counts.
    const itself = owner === undefined || deprecated ? image.id : undefined;
    const key = JSON.stringify([owner, filters, itself]);
    if (!lookups.has(key)) lookups.set(key, lookup);
  }
  return [...lookups.values()];
}

function lookupOf(image: Image, context: SnippetContext, findable: ReadonlyMap<string, readonly Image[]>): ImageLookup {
  const owner = ownerOf(image, context);
  const ofOwner = (context.known ?? []).filter((other) => ownerOf(other, context) === owner && passes(image, other));
  const successors = (findable.get(familyOf(image).key) ?? []).filter(
    (other) => other.region === image.region && ownerOf(other, context) === owner && passes(image, other),
  );
  const [newest] = sortedNewestFirst(successors);
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
          ...filter('architecture', image.architecture === unknownArchitecture ? undefined : image.architecture),
          ...filter('root-device-type', image.namesRootDeviceType ? image.rootDeviceType : undefined),
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

/**
 * Whether another of the owner's images passes the filters beside those for name and state. What is known of it may be less
 * than EC2 knows: of the product codes none, of the type of virtualization nothing.
 */
function passes(image: Image, other: Image): boolean {
  const code = productCodeOf(image);
  return (
    (image.architecture === unknownArchitecture || other.architecture === image.architecture) &&
    (!image.namesRootDeviceType || other.rootDeviceType === image.rootDeviceType) &&
    (!image.virtualizationType || !other.virtualizationType || other.virtualizationType === image.virtualizationType) &&
    (code === undefined || other.productCodes.includes(code))
  );
}

/** What lookups find that do not ask for deprecated images, of these images' owners and families. */
function findableOf(images: readonly Image[], context: SnippetContext): ReadonlyMap<string, readonly Image[]> {
  const owners = new Set(images.map((image) => ownerOf(image, context)));
  const families = new Map<string, Image[]>();
  for (const image of images) {
    if (familyOf(image).label !== '') families.set(familyOf(image).key, []);
  }
  for (const image of [...images, ...(context.known ?? [])]) {
    // Much may be known: a family takes longer to tell than anything else.
    const owner = image.state === 'available' ? ownerOf(image, context) : undefined;
    if (owner === undefined || !owners.has(owner)) continue;
    if (owner === 'self' || !isDeprecated(image, context.now)) families.get(familyOf(image).key)?.push(image);
  }
  return families;
}

/**
 * Values of the filter `name`; none for an image without a name. Names of a family may differ more than a pattern does, in
 * upper and lower case or in the form of their builds: then the newest has a pattern of its own.
 */
function patternsFor(image: Image, newest: Image | undefined): readonly string[] {
  const pattern = namePatternOf(image.name, image);
  if (pattern === undefined) return [];
  const other = newest && namePatternOf(newest.name, newest);
  return newest === undefined || other === undefined || matchesWildcard(pattern, newest.name)
    ? [pattern]
    : [pattern, other];
}

function ownerOf(image: Image, context: SnippetContext): string | undefined {
  if (image.ownerId !== '' && image.ownerId === context.account) return 'self';
  if (image.ownerAlias === 'amazon' || image.ownerAlias === 'aws-marketplace') return image.ownerAlias;
  return image.ownerId || undefined;
}

/** What to call an image in code: its family, or its name where that is all there is. */
function labelOf(image: Image): string {
  return familyOf(image).label || image.name;
}

export function fixedImageOf(image: Image): FixedImage {
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
