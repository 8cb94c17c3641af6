import { familyOf } from './family.ts';
import type { Image } from './image.ts';
import { namePatternOf } from './namePattern.ts';
import { type Publisher, publisherOf } from './publishers.ts';
import { partitionOf } from './regions.ts';
import type { FixedImage, ImageLookup, RegionMap } from './snippets/input.ts';

/** What a snippet needs to know beside the images. */
export interface SnippetContext {
  /** The account of the connection: its own images are looked up as `self`. */
  readonly account: string | undefined;
  /** The publishers that the user has defined. */
  readonly publishers?: readonly Publisher[];
}

/** The lookups for images, in their order; images of the same family in several regions need one only. */
export function lookupsOf(images: readonly Image[], context: SnippetContext): readonly ImageLookup[] {
  const lookups = new Map<string, ImageLookup>();
  for (const image of images) {
    const lookup = lookupOf(image, context);
    const key = JSON.stringify([lookup.owner, lookup.filters]);
    if (!lookups.has(key)) lookups.set(key, lookup);
  }
  return [...lookups.values()];
}

function lookupOf(image: Image, context: SnippetContext): ImageLookup {
  const owner = ownerOf(image, context);
  const pattern = namePatternOf(image.name);
  return {
    label: labelOf(image),
    region: image.region,
    owner,
    ownerName:
      owner === image.ownerId
        ? publisherOf(image, partitionOf(image.region), context.publishers ?? [])?.name
        : undefined,
    filters:
      pattern === undefined
        ? [{ name: 'image-id', value: image.id }]
        : [
            { name: 'name', value: pattern },
            { name: 'architecture', value: image.architecture },
            { name: 'root-device-type', value: image.rootDeviceType },
            ...(image.virtualizationType === undefined
              ? []
              : [{ name: 'virtualization-type', value: image.virtualizationType }]),
          ],
    windows: image.platform === 'windows',
  };
}

function ownerOf(image: Image, context: SnippetContext): string {
  if (image.ownerId === context.account) return 'self';
  return image.ownerAlias === 'amazon' || image.ownerAlias === 'aws-marketplace' ? image.ownerAlias : image.ownerId;
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
