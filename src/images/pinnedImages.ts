import type { CatalogPort, FamilyFilter } from '../catalog/port.ts';
import type { ImageSummary } from '../core/image.ts';
import { type FamilyPin, newestOfPins, type Pin } from '../core/pins.ts';
import { publisherOf } from '../core/publishers.ts';
import { maxFilterValues } from '../core/search.ts';
import type { ImageQuery, ImageReader } from '../ec2/port.ts';
import { catalogImages } from './catalogImages.ts';
import type { ImagesById } from './imagesById.ts';
import { sideBySide } from './sideBySide.ts';

/** Each question is a call or more, and EC2 throttles an account beyond some 40 a second. */
const questionsAtOnce = 4;

export interface PinnedImagesParts {
  readonly ec2: Pick<ImageReader, 'listImages'>;
  readonly byId: ImagesById;
  readonly catalog: Pick<CatalogPort, 'list'>;
}

/**
 * The pinned images of a region, and the newest image of each pinned family.
 *
 * @param fresh true after a refresh: EC2 is asked for all of them
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
  const others = askedTogether(pins.filter((pin) => !known.has(pin)));
  const questions = others.map((few) => newestInEc2(parts.ec2, region, few, signal));
  yield* sideBySide(questions, questionsAtOnce);
}

/**
 * Pins in groups that EC2 can be asked for with one query, which also fails as one: of the same owner and
 * architecture.
 */
function askedTogether(pins: readonly FamilyPin[]): readonly (readonly FamilyPin[])[] {
  const groups = new Map<string, FamilyPin[][]>();
  for (const pin of pins) {
    const key = JSON.stringify([ownerOf(pin), pin.architecture]);
    const ofKey = groups.get(key) ?? [];
    const last = ofKey.at(-1);
    if (last && last.length < maxFilterValues) {
      last.push(pin);
    } else {
      ofKey.push([pin]);
    }
    groups.set(key, ofKey);
  }
  return [...groups.values()].flat();
}

/**
 * The newest image of families of verified publishers, from the catalog. Other owners may be the account itself, or
 * share images with it: their newest image need not be public, so only EC2 knows it.
 */
async function newestInCatalog(
  catalog: Pick<CatalogPort, 'list'>,
  region: string,
  pins: readonly FamilyPin[],
): Promise<ReadonlyMap<FamilyPin, ImageSummary>> {
  const published = pins.filter((pin) => publisherOf({ ...pin, region })?.verified === true);
  const families = published.map((pin) => ({
    owners: [ownerOf(pin)],
    namePatterns: [pin.namePattern],
    architecture: pin.architecture,
  }));
  return newestOfPins(published, families.length > 0 ? await newestOfFamilies(catalog, region, families) : []);
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
    // A catalog that cannot be read to its end counts as none, and EC2 is asked.
    return [];
  }
  return images;
}

/** @param pins of the same owner and architecture */
async function* newestInEc2(
  ec2: Pick<ImageReader, 'listImages'>,
  region: string,
  pins: readonly FamilyPin[],
  signal: AbortSignal,
): AsyncIterable<readonly ImageSummary[]> {
  let wanted = pins;
  // Where a publisher has given a family up, all of its images are deprecated.
  for (const includeDeprecated of [false, true]) {
    const [first] = wanted;
    if (!first) {
      return;
    }
    const query: ImageQuery = {
      owners: [ownerOf(first)],
      filters: [
        { name: 'name', values: [...new Set(wanted.map(({ namePattern }) => namePattern))] },
        ...(first.architecture === undefined ? [] : [{ name: 'architecture', values: [first.architecture] }]),
      ],
      includeDeprecated,
    };
    let newest: ReadonlyMap<FamilyPin, ImageSummary> = new Map();
    for await (const page of ec2.listImages(region, query, signal)) {
      newest = newestOfPins(wanted, [...newest.values(), ...page]);
    }
    yield [...newest.values()];
    wanted = wanted.filter((pin) => !newest.has(pin));
  }
}

function ownerOf({ ownerAlias, ownerId }: FamilyPin): string {
  return ownerAlias ?? ownerId;
}
