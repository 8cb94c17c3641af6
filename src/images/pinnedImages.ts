import type { CatalogPort, FamilyFilter } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import { type FamilyPin, newestOfPin, type Pin } from '../core/pins.ts';
import { publisherOf } from '../core/publishers.ts';
import { partitionOf } from '../core/regions.ts';
import type { ImageQuery, ImageReader } from '../ec2/port.ts';
import { catalogImages } from './catalogImages.ts';
import type { ImagesById } from './imagesById.ts';
import { sideBySide } from './sideBySide.ts';

export interface PinnedImagesParts {
  readonly ec2: Pick<ImageReader, 'listImages'>;
  readonly byId: ImagesById;
  readonly catalog: Pick<CatalogPort, 'list'>;
}

/**
 * The pinned images of a region, and the newest image of each pinned family.
 *
 * @param fresh whether EC2 is to be asked for all of them
 */
export function pinnedImages(
  parts: PinnedImagesParts,
  region: string,
  pins: readonly Pin[],
  fresh: boolean,
  signal: AbortSignal,
): AsyncIterable<readonly ImageSummary[]> {
  const ids = pins.flatMap((pin) => (pin.kind === 'image' && pin.region === region ? [pin.id] : []));
  const families = pins.filter((pin) => pin.kind === 'family');
  return sideBySide([
    ...(ids.length > 0 ? [imagesOf(parts, region, ids, fresh, signal)] : []),
    ...(families.length > 0 ? [newestOfAll(parts, region, families, fresh, signal)] : []),
  ]);
}

async function* imagesOf(
  { byId }: PinnedImagesParts,
  region: string,
  ids: readonly string[],
  fresh: boolean,
  signal: AbortSignal,
): AsyncIterable<readonly ImageSummary[]> {
  const refs = ids.map((id) => ({ region, id }));
  yield await byId.getAll(refs, signal, fresh ? { maxAge: 0 } : {});
}

async function* newestOfAll(
  parts: PinnedImagesParts,
  region: string,
  pins: readonly FamilyPin[],
  fresh: boolean,
  signal: AbortSignal,
): AsyncIterable<readonly ImageSummary[]> {
  const known = fresh ? new Map<FamilyPin, ImageSummary>() : await newestInCatalog(parts.catalog, region, pins);
  if (known.size > 0) {
    yield [...known.values()];
  }
  const others = pins.filter((pin) => !known.has(pin));
  yield* sideBySide(others.map((pin) => newestInEc2(parts.ec2, region, pin, signal)));
}

/**
 * What the catalog knows, in one question. Of whom nobody knows as a publisher EC2 is asked: the account itself, or somebody
 * who shares with it, may have newer images that are not public.
 */
async function newestInCatalog(
  catalog: Pick<CatalogPort, 'list'>,
  region: string,
  pins: readonly FamilyPin[],
): Promise<ReadonlyMap<FamilyPin, ImageSummary>> {
  const found = new Map<FamilyPin, ImageSummary>();
  const published = pins.filter((pin) => publisherOf(pin, partitionOf(region))?.verified === true);
  if (published.length === 0) {
    return found;
  }
  const families = published.map((pin) => ({
    owners: [ownerOf(pin)],
    namePatterns: [pin.namePattern],
    architecture: pin.architecture,
  }));
  const images = await newestOfFamilies(catalog, region, families);
  for (const pin of published) {
    const newest = newestOfPin(pin, images);
    if (newest) {
      found.set(pin, newest);
    }
  }
  return found;
}

async function newestOfFamilies(
  catalog: Pick<CatalogPort, 'list'>,
  region: string,
  families: readonly FamilyFilter[],
): Promise<readonly ImageSummary[]> {
  const images: ImageSummary[] = [];
  try {
    const listing = await catalogImages(catalog, region, { kind: 'newest', families });
    for await (const page of listing?.pages ?? []) {
      images.push(...page);
    }
  } catch {
    // A catalog that cannot be read to its end is none: EC2 answers as well.
    return [];
  }
  return images;
}

async function* newestInEc2(
  ec2: Pick<ImageReader, 'listImages'>,
  region: string,
  pin: FamilyPin,
  signal: AbortSignal,
): AsyncIterable<readonly ImageSummary[]> {
  const query: ImageQuery = {
    owners: [ownerOf(pin)],
    filters: [
      { name: 'name', values: [pin.namePattern] },
      ...(pin.architecture === undefined ? [] : [{ name: 'architecture', values: [pin.architecture] }]),
    ],
  };
  // Of a family that its publisher has given up all images are deprecated.
  for (const includeDeprecated of [false, true]) {
    const images: ImageSummary[] = [];
    for await (const page of ec2.listImages(region, { ...query, includeDeprecated }, signal)) {
      images.push(...page);
    }
    const newest = newestOfPin(pin, images);
    if (newest) {
      yield [newest];
      return;
    }
  }
}

function ownerOf({ ownerAlias, ownerId }: FamilyPin): string {
  return ownerAlias ?? ownerId;
}
