import { familyOf } from './family.ts';
import type { ImageSummary } from './image.ts';
import { timeOf } from './lifecycle.ts';

/**
 * Compares for sorting newest first: by creation date, then by the build date in the name, then by name (numbers by
 * value, later first), then by id. Images without a readable date come last; to sort many, use `sortedNewestFirst`.
 */
export function newestFirst(a: ImageSummary, b: ImageSummary): number {
  return compareAges(new DatedImage(a), new DatedImage(b));
}

/** Reads each image's date and name once, not for each comparison. */
export function sortedNewestFirst<T extends ImageSummary>(images: readonly T[]): T[] {
  return images
    .map((image) => new DatedImage(image))
    .sort(compareAges)
    .map(({ image }) => image);
}

/** The first `count` of `sortedNewestFirst`, without sorting the rest. */
export function newestAmong<T extends ImageSummary>(images: readonly T[], count: number): readonly T[] {
  let candidates: T[] = [];
  let oldest: string | undefined;
  for (const image of inMixedOrder(images)) {
    const created = oldest && sortableTime(image.creationDate);
    if (oldest !== undefined && (created === undefined || created < oldest)) continue;
    candidates.push(image);
    if (candidates.length < 2 * count) continue;
    candidates = sortedNewestFirst(candidates).slice(0, count);
    oldest = sortableTime(candidates.at(-1)?.creationDate);
  }
  return sortedNewestFirst(candidates).slice(0, count);
}

/**
 * Yields each image once, in an order that does not follow their dates. In ascending order, each image would be the
 * newest so far.
 */
export function* inMixedOrder<T extends ImageSummary>(images: readonly T[]): Generator<T, void, undefined> {
  const step = images.length % 7919 === 0 ? 1 : 7919;
  let at = 0;
  for (let count = 0; count < images.length; count++) {
    const image = images[at];
    if (image) yield image;
    at = (at + step) % images.length;
  }
}

class DatedImage<T extends ImageSummary> {
  readonly image: T;
  readonly created: string | undefined;
  #built: { readonly date: string | undefined } | undefined;

  constructor(image: T) {
    this.image = image;
    this.created = sortableTime(image.creationDate);
  }

  /** Read on demand, since it parses the whole name and few comparisons need it. */
  get built(): string | undefined {
    this.#built ??= { date: sortableTime(familyOf(this.image).buildDate) };
    return this.#built.date;
  }
}

function compareAges(a: DatedImage<ImageSummary>, b: DatedImage<ImageSummary>): number {
  const [left, right] = [a.image, b.image];
  return (
    descending(a.created, b.created) ||
    descending(a.built, b.built) ||
    names.compare(right.name, left.name) ||
    (left.id < right.id ? -1 : Number(left.id > right.id))
  );
}

/**
 * A text that sorts in the order of time. EC2's own form is used as it is: parsing it would take most of the time of a
 * long sort.
 */
function sortableTime(date: string | undefined): string | undefined {
  if (date === undefined || isoTime.test(date)) return date;
  const time = timeOf(date);
  return time === undefined ? undefined : new Date(time).toISOString();
}

const isoTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const names = new Intl.Collator('en', { numeric: true });

function descending(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a > b ? -1 : 1;
}
