import { type NameParts, readWellKnownName } from './familyNames.ts';
import type { ImageSummary } from './image.ts';
import { timeOf } from './lifecycle.ts';
import { isOfMarketplace, namesProduct, type Ownership, productCodesOf, readProductName } from './marketplace.ts';
import { readBuildDate } from './nameDates.ts';
import { readGeneralName } from './nameTokens.ts';

/** What an image's name says it is a build of. Says nothing about who made it. */
export interface Family {
  /** Images with the same key are builds of the same thing. */
  readonly key: string;
  /** To show; empty for a name that is nothing but dates, numbers and ids (or no name at all). */
  readonly label: string;
  /** Whether the name follows the pattern of a well-known public series. */
  readonly wellKnown: boolean;
  /** As it stands in the name. */
  readonly version: string | undefined;
  /** As the name tells it, `2026-11-02`; undefined where it tells none. */
  readonly buildDate: string | undefined;
}

/** EC2 allows 128 characters; no more of a name than that is read. */
const maxNameLength = 128;

/** Of what the Marketplace sells, the product belongs to the family: its id in the name, or else its codes. */
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

/** Whether images are of this one's family, to be asked of a great many. */
export function familyTest(
  image: Pick<ImageSummary, 'name'> & Ownership,
): (other: Pick<ImageSummary, 'name'> & Ownership) => boolean {
  const { key, label, wellKnown } = familyOf(image);
  // Where no series has words of its own, the family's stand in the names of all its images.
  const words = wellKnown || namesProduct(image) ? [] : label.toLowerCase().split(/[^a-z0-9]+/);
  return (other) => {
    const name = other.name.toLowerCase();
    return words.every((word) => name.includes(word)) && familyOf(other).key === key;
  };
}

/** What a name itself says of the family. */
export interface NamedFamily extends NameParts, Pick<Family, 'wellKnown'> {
  /** The product's id. */
  readonly product: string | undefined;
}

/** For those who read a great many. @param sold whether the name ends with the id of a product, see `namesProduct` */
export function familyNamed(text: string, sold: boolean): NamedFamily {
  const name = text.slice(0, maxNameLength).trim();
  const product = sold ? readProductName(name) : undefined;
  const base = product?.base ?? name;
  const known = readWellKnownName(base);
  const { label, version, date } = known ?? readGeneralName(base);
  const wellKnown = known !== undefined;
  if (product === undefined) return { label, version, date, wellKnown, product: undefined };
  // The beginning of a GUID is enough to tell products of one name apart by eye.
  const mark = product.id.startsWith('prod-') ? product.id : product.id.slice(0, 8);
  return { label: label === '' ? mark : `${label} (${mark})`, version, date, wellKnown, product: product.id };
}

/**
 * For sorting, newest first: by creation date, then by the build date in the name, then by name (later first, numbers
 * by their value), then by id. Images without a date, or with one that is no date, come last. For many, see `sortedNewestFirst`.
 */
export function newestFirst(a: ImageSummary, b: ImageSummary): number {
  return compareAges(new DatedImage(a), new DatedImage(b));
}

/** What is compared of an image is read once, not for each comparison: many images of one day are no longer to sort then. */
export function sortedNewestFirst<T extends ImageSummary>(images: readonly T[]): T[] {
  return images
    .map((image) => new DatedImage(image))
    .sort(compareAges)
    .map(({ image }) => image);
}

/** The first so many of `sortedNewestFirst`, without sorting the rest. */
export function newestAmong<T extends ImageSummary>(images: readonly T[], count: number): readonly T[] {
  let kept: T[] = [];
  let oldest: string | undefined;
  for (const image of inMixedOrder(images)) {
    const created = oldest && sortableTime(image.creationDate);
    if (oldest !== undefined && (created === undefined || created < oldest)) continue;
    kept.push(image);
    if (kept.length < 2 * count) continue;
    kept = sortedNewestFirst(kept).slice(0, count);
    oldest = sortableTime(kept.at(-1)?.creationDate);
  }
  return sortedNewestFirst(kept).slice(0, count);
}

/**
 * Each once, in an order that has nothing to do with their dates: in one from old to new, each would be the newest so far.
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

  /** Few images need it: it takes reading the whole name. */
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
 * A text that sorts as the time does: the date itself in the form that EC2 sends, since parsing two dates for each
 * comparison takes most of the time of a long sort.
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
 * Images by family; the families in alphabetical order, the one without a label last. Mixes owners and architectures:
 * scope the images first where that matters.
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
