import { type NameParts, readWellKnownName } from './familyNames.ts';
import type { ImageSummary } from './image.ts';
import {
  endsWithProductId,
  isMarketplaceImage,
  type Ownership,
  productCodesOf,
  readProductName,
} from './marketplace.ts';
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

type NamedImage = Pick<ImageSummary, 'name'> & Ownership;

/** Of images whose families are asked for again and again: at each change of a text that names them, for one. */
const families = new WeakMap<NamedImage, Family>();

/** For images of the Marketplace, the product belongs to the family: its id in the name, or else its product codes. */
export function familyOf(image: NamedImage): Family {
  const known = families.get(image) ?? readFamily(image);
  families.set(image, known);
  return known;
}

function readFamily(image: NamedImage): Family {
  const { wellKnown, label, product, version, date } = familyNamed(image.name, endsWithProductId(image));
  const kind = wellKnown ? 'series' : 'name';
  const codes = product === undefined && label !== '' && isMarketplaceImage(image) ? productCodesOf(image) : '';
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
export function familyTest(image: NamedImage): (other: NamedImage) => boolean {
  const { key, label, wellKnown } = familyOf(image);
  // A family that is no well-known series takes its label from the name, so these words are in each image's name.
  const words = wellKnown || endsWithProductId(image) ? [] : label.toLowerCase().split(/[^a-z0-9]+/);
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
 * @param sold whether the name ends with the id of a product, see `endsWithProductId`
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
