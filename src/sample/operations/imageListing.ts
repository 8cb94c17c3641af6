import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PrefixIndex } from '../data/prefixIndex.ts';
import type { SampleImage } from '../model.ts';
import type { RegionState } from '../regionState.ts';
import type { Filter, FilterPrefix } from '../wire/filters.ts';
import type { Listing } from '../wire/paging.ts';

/** How many images are tested before other work gets a turn: about 5 ms. */
const SLICE = 4000;

/** Filters on fields that are equal in all synthetic images. */
const UNIFORM_FILTERS: ReadonlySet<string> = new Set([
  'hypervisor',
  'image-type',
  'is-public',
  'root-device-type',
  'state',
  'virtualization-type',
]);

/** The conditions of a request for images. */
export interface ImageQuery {
  readonly filters: readonly Filter<SampleImage>[];
  /** Owners, executable users, deprecated and disabled images. */
  readonly inScope: (image: SampleImage) => boolean;
  /** Whether all images that are public, not deprecated and not disabled are in scope. */
  readonly everyPublic: boolean;
}

/** The indexes of the filters, by name of the filter. */
interface Indexes {
  readonly byId: PrefixIndex;
  readonly byDate: PrefixIndex;
}

/** A listing that also gives an image's id without making the image. */
interface ImageListing extends Listing<SampleImage> {
  idAt(at: number): string;
}

export function meets({ filters, inScope }: ImageQuery): (image: SampleImage) => boolean {
  return (image) => filters.every(({ test }) => test(image)) && inScope(image);
}

/**
 * The images that match a query. Their order means nothing, as EC2's does, but does not depend on the index used. Only
 * the places of synthetic images are stored, so hundreds of thousands take little memory.
 */
export async function listImages(region: RegionState, now: number, query: ImageQuery): Promise<ImageListing> {
  const { synthetic } = region;
  const images = [...candidates(region, query), ...region.createdImages(now), ...region.added.values()]
    .filter(({ id }) => !region.isRemoved(id))
    .filter(meets(query));
  const places = await syntheticPlaces(region, query);
  const length = images.length + (places?.length ?? synthetic.length);
  const placeAt = (at: number) => places?.[at - images.length] ?? at - images.length;
  return {
    length,
    slice: (start, end) =>
      Array.from({ length: Math.max(0, Math.min(end, length) - start) }, (_, number) => {
        const at = start + number;
        return images[at] ?? synthetic.at(placeAt(at));
      }),
    idAt: (at) => images[at]?.id ?? synthetic.idAt(placeAt(at)),
  };
}

/** The region's images that the best index leaves to test. */
function candidates(region: RegionState, { filters }: ImageQuery): readonly SampleImage[] {
  const narrowing = narrowest(region, filters);
  return narrowing
    ? [...narrowing.index.places(narrowing.filter.prefixes)]
        .map((place) => region.images[place])
        .filter((image) => image !== undefined)
    : region.images;
}

/** The places of the matching synthetic images; undefined where all match. */
async function syntheticPlaces(
  { synthetic, removedPlaces }: RegionState,
  { filters, inScope, everyPublic }: ImageQuery,
): Promise<Uint32Array | undefined> {
  const some = synthetic.length > 0 ? synthetic.at(0) : undefined;
  if (!some || filters.some(({ name, test }) => UNIFORM_FILTERS.has(name) && !test(some))) {
    return new Uint32Array();
  }
  const narrowing = narrowest(synthetic, filters);
  const open = filters.filter(
    (filter) => !UNIFORM_FILTERS.has(filter.name) && !(filter === narrowing?.filter && isDecidedByPrefix(filter)),
  );
  const places =
    narrowing && narrowing.count < synthetic.length ? narrowing.index.places(narrowing.filter.prefixes) : undefined;
  if (open.length === 0 && everyPublic && removedPlaces.size === 0) {
    return places;
  }
  const test = (place: number) => {
    if (open.length === 0 && everyPublic) {
      return true;
    }
    const image = synthetic.at(place);
    return open.every((filter) => filter.test(image)) && inScope(image);
  };
  const length = places?.length ?? synthetic.length;
  const found = new Uint32Array(length);
  let count = 0;
  for (let start = 0; start < length; start += SLICE) {
    await nextTurn();
    for (let at = start; at < Math.min(start + SLICE, length); at++) {
      const place = places?.[at] ?? at;
      if (!removedPlaces.has(place) && test(place)) {
        found[count++] = place;
      }
    }
  }
  return found.slice(0, count);
}

/** The filter whose index leaves the fewest images. */
function narrowest({ byId, byDate }: Indexes, filters: readonly Filter<SampleImage>[]) {
  return filters
    .flatMap((filter) => {
      const index = filter.name === 'image-id' ? byId : filter.name === 'creation-date' ? byDate : undefined;
      return index ? [{ filter, index, count: index.count(filter.prefixes) }] : [];
    })
    .reduce<{ filter: Filter<SampleImage>; index: PrefixIndex; count: number } | undefined>(
      (least, next) => (least && least.count <= next.count ? least : next),
      undefined,
    );
}

function isDecidedByPrefix({ prefixes }: { readonly prefixes: readonly FilterPrefix[] }): boolean {
  return prefixes.every(({ rest }) => rest !== 'pattern');
}
