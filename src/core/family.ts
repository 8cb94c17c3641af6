import { type NameParts, readWellKnownName } from './familyNames.ts';
import type { ImageSummary } from './image.ts';
import { timeOf } from './lifecycle.ts';
import { isOfMarketplace, namesProduct, type Ownership, productCodesOf, readProductName } from './marketplace.ts';
import { readBuildDate } from './nameDates.ts';
import { readGeneralName } from './nameTokens.ts';

/** What an image's name says it is a build of. It does not say who made the image. */
export interface Family {
  /** Images with the same key are builds of the same thing. */
  readonly key: string;
  /** To show; empty for a name that has nothing but dates, numbers and ids. */
  readonly label: string;
  /** Whether the name follows the pattern of a well-known public series. */
  readonly wellKnown: boolean;
  /** As it stands in the name. */
  readonly version: string | undefined;
  /** As the name gives it, `2026-11-02`; undefined where it gives none. */
  readonly buildDate: string | undefined;
}

/** EC2 allows 128 characters; the rest of a longer name is ignored. */
const maxNameLength = 128;

/** For images of the Marketplace, the product belongs to the family: its id in the name, or else its product codes. */
export function familyOf(image: Pick<ImageSummary, 'name'> & Ownership): Family {
  const { wellKnown, label, product, version, date } = familyNamed(image.name, namesProduct(image));
  const kind = wellKnown ? 'series' : 'name';
  const codes = product === undefined && label !== '' && isOfMarketplace(image) ? productCodesOf(image) : '';
  const sold = product ?? codes;
  return {
    key: `${kind}:${label.toLowerCase()}${sold === '' ? '' : `#${sold}`}`,
    label: codes === '' ? label : `${label} (${codes})`,
    wellKnown,
    version,
    buildDate: readBuildDate(date),
  };
}

/** A test for images of the same family, fast enough for a great many. */
export function familyTest(
  image: Pick<ImageSummary, 'name'> & Ownership,
): (other: Pick<ImageSummary, 'name'> & Ownership) => boolean {
  const { key, label, wellKnown } = familyOf(image);
  // A family that is no well-known series takes its label from the name, so these words are in each image's name.
  const words = wellKnown || namesProduct(image) ? [] : label.toLowerCase().split(/[^a-z0-9]+/);
  return (other) => {
    const name = other.name.toLowerCase();
    return words.every((word) => name.includes(word)) && familyOf(other).key === key;
  };
}

/** What the name itself says of the family. */
export interface NamedFamily extends NameParts, Pick<Family, 'wellKnown'> {
  /** The product's id. */
  readonly product: string | undefined;
}

/**
 * `familyOf` without building keys and labels, for a great many names.
 *
 * @param sold whether the name ends with the id of a product, see `namesProduct`
 */
export function familyNamed(text: string, sold: boolean): NamedFamily {
  const name = text.slice(0, maxNameLength).trim();
  const product = sold ? readProductName(name) : undefined;
  const base = product?.base ?? name;
  const known = readWellKnownName(base);
  const { label, version, date } = known ?? readGeneralName(base);
  const wellKnown = known !== undefined;
  if (product === undefined) return { label, version, date, wellKnown, product: undefined };
  // The beginning of a GUID is enough to distinguish products of one name.
  const mark = product.id.startsWith('prod-') ? product.id : product.id.slice(0, 8);
  return { label: label === '' ? mark : `${label} (${mark})`, version, date, wellKnown, product: product.id };
}

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

export interface FamilyGroup {
  readonly key: string;
  readonly label: string;
  /** Newest first; never empty. */
  readonly images: readonly ImageSummary[];
}

/**
 * Images by family, in alphabetical order with the unlabelled family last. Owners and architectures are mixed: filter
 * the images first where that matters.
 */
export function groupByFamily(images: readonly ImageSummary[]): readonly FamilyGroup[] {
  const groups = new Map<string, ImageSummary[]>();
  for (const image of images) {
    const { key } = familyOf(image);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [image]);
    else group.push(image);
  }
  return [...groups]
    .map(([key, members]): FamilyGroup => {
      const sorted = sortedNewestFirst(members);
      return { key, label: sorted[0] === undefined ? '' : familyOf(sorted[0]).label, images: sorted };
    })
    .sort((a, b) => Number(a.label === '') - Number(b.label === '') || names.compare(a.label, b.label));
}
