import { AmiError } from '../core/errors.ts';
import { type Image, type ImageSummary, isAvailable, isFullImage } from '../core/image.ts';
import { sortedNewestFirst } from '../core/imageAge.ts';
import { type ImageRef, refKey } from '../core/imageRef.ts';
import { isDeprecated } from '../core/lifecycle.ts';
import { escapeWildcards } from '../core/wildcard.ts';
import type { ImageQuery, ImageReader } from '../ec2/port.ts';
import { withTimeout } from './withTimeout.ts';

/** In ms, for all questions of a region. */
const timeout = 20_000;

/** EC2's limit for the values of a filter. */
const maxValues = 200;

/** Pages of 500 images for each question: names and sources are exact. */
const maxPages = 20;

/** An image in another region, and what shows that it is the same: a copy, or the name that its publisher gave it. */
export interface FoundSame {
  readonly image: Image;
  readonly by: 'copy' | 'name';
}

/** What one region has. */
export interface SameImagesInRegion {
  readonly region: string;
  /** By the ids of the images that were looked for. */
  readonly found: ReadonlyMap<string, FoundSame>;
  /** Why the region could not be asked to the end. An AmiError, as a rule. */
  readonly error: unknown;
}

/**
 * Looks for images in other regions: of the same owner, name, architecture and types, or, for private ones, copies of one
 * another. Asks a question in each region, and others for copies where images are private, all regions side by side. Never rejects.
 */
export async function sameImagesIn(
  regions: readonly string[],
  images: readonly ImageSummary[],
  ec2: Pick<ImageReader, 'listImages'>,
  signal: AbortSignal,
): Promise<readonly SameImagesInRegion[]> {
  return Promise.all(
    regions.map(async (region) => {
      const place = { operation: 'DescribeImages', region };
      const answers = await Promise.allSettled(
        questionsFor(images).map((query) =>
          withTimeout(timeout, place, signal, (limited) => read(ec2.listImages(region, query, limited))),
        ),
      );
      const candidates = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      const failure = answers.find((answer) => answer.status === 'rejected' && !isUnknownFilter(answer.reason));
      const found = images.flatMap((image) => {
        const same = sameAmong(candidates, image);
        return same ? [[image.id, same] as const] : [];
      });
      return { region, found: new Map(found), error: failure?.status === 'rejected' ? failure.reason : undefined };
    }),
  );
}

/** EC2-compatible endpoints do not know all filters: there, copies are found by their names alone. */
function isUnknownFilter(error: unknown): boolean {
  return error instanceof AmiError && (error.kind === 'unsupported' || error.kind === 'invalid-parameter');
}

/** Whether the images, of any regions, are the same by what their publisher says. */
export function isSameByName(a: ImageSummary, b: ImageSummary): boolean {
  return a.name !== '' && a.name === b.name && hasSameFacts(a, b) && hasSameOwner(a, b);
}

/** Whether one is a copy of the other, or both are copies of a third one. An image made from an instance is none. */
export function isCopy(a: ImageSummary, b: ImageSummary): boolean {
  const [from, to] = [copiedFrom(a), copiedFrom(b)].map((source) => source && refKey(source));
  return from === refKey(b) || to === refKey(a) || (from !== undefined && from === to);
}

/** Amazon has other accounts in regions that an account opts in to. Only AWS can set an alias. */
function hasSameOwner(a: ImageSummary, b: ImageSummary): boolean {
  return a.ownerId === b.ownerId || (a.ownerAlias !== undefined && a.ownerAlias === b.ownerAlias);
}

function hasSameFacts(a: ImageSummary, b: ImageSummary): boolean {
  return (['architecture', 'platform', 'virtualizationType', 'rootDeviceType'] as const).every(
    (fact) => a[fact] === b[fact],
  );
}

/** What a copy was made from. EC2 also names the image behind the instance that an image was made from: that is in its own region. */
function copiedFrom(image: ImageSummary): ImageRef | undefined {
  if (!isFullImage(image)) return undefined;
  const { region, sourceImageRegion, sourceImageId: id } = image;
  return id === undefined || sourceImageRegion === undefined || sourceImageRegion === region
    ? undefined
    : { region: sourceImageRegion, id };
}

function questionsFor(images: readonly ImageSummary[]): readonly ImageQuery[] {
  const named = images.filter(({ name }) => name !== '');
  const copied = images.filter((image) => !image.public);
  const sources = copied.flatMap((image) => [image, copiedFrom(image)].flatMap((ref) => ref?.id ?? []));
  const query = (owners: readonly string[], name: string, all: readonly string[]): readonly ImageQuery[] =>
    chunksOf(distinct(all), maxValues).map((values) => ({
      owners,
      filters: [{ name, values }],
      includeDeprecated: true,
    }));
  return [
    ...query(
      distinct(named.map(({ ownerAlias, ownerId }) => ownerAlias ?? ownerId)),
      'name',
      named.map(({ name }) => escapeWildcards(name)),
    ),
    ...query(['self'], 'source-image-id', sources),
    // What they were copied from: the region that has it finds it by its id.
    ...query(
      ['self'],
      'image-id',
      sources.filter((id) => !copied.some((image) => image.id === id)),
    ),
  ];
}

function chunksOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

async function read(pages: AsyncIterable<readonly Image[]>): Promise<readonly Image[]> {
  const images: Image[] = [];
  let count = 0;
  for await (const page of pages) {
    images.push(...page);
    count += 1;
    if (count === maxPages) break;
  }
  return images;
}

/** A copy is preferred to an image that has only the name; then what is not deprecated, and the newest. */
function sameAmong(candidates: readonly Image[], image: ImageSummary): FoundSame | undefined {
  const now = Date.now();
  const same = sortedNewestFirst(candidates.filter(isAvailable)).flatMap((candidate): readonly FoundSame[] => {
    if (isCopy(candidate, image)) return [{ image: candidate, by: 'copy' }];
    return isSameByName(candidate, image) ? [{ image: candidate, by: 'name' }] : [];
  });
  const rank = ({ image: found, by }: FoundSame) =>
    (by === 'copy' ? 0 : 4) + (isDeprecated(found, now) ? 2 : 0) + (found.name === image.name ? 0 : 1);
  return same.sort((a, b) => rank(a) - rank(b))[0];
}
