import * as v from 'valibot';
import type { AccountScope } from './accountScope.ts';
import { accountScope } from './accountScopeSchema.ts';
import { familyOf } from './family.ts';
import { type ImageSummary, isAvailable } from './image.ts';
import { newestFirst } from './imageAge.ts';
import { regionName, resourceId } from './imageRefSchema.ts';
import { namePatternOf } from './namePattern.ts';
import { ifKnown, listOf, read, type Schema, someText } from './schemas.ts';

/** A pinned image, or a pinned family that stands for its newest image. */
export type Pin =
  | { readonly kind: 'image'; readonly region: string; readonly id: string; readonly name: string }
  | {
      readonly kind: 'family';
      /** The family's key, see src/core/family.ts. */
      readonly family: string;
      readonly label: string;
      /** Other owners' families of the same name do not count: anyone may name an image this way. */
      readonly ownerId: string;
      /** Amazon's account ids differ between regions, but the alias is the same. */
      readonly ownerAlias: string | undefined;
      readonly architecture: string | undefined;
      /** The value of EC2's filter `name` that finds the family's images. */
      readonly namePattern: string;
    };

/** Stands for an unknown architecture in keys, and in pins saved by earlier versions. */
const unnamed = 'unknown';

type Pinnable = Pick<
  ImageSummary,
  'region' | 'id' | 'name' | 'ownerId' | 'ownerAlias' | 'architecture' | 'productCodes'
>;

export type FamilyPin = Extract<Pin, { readonly kind: 'family' }>;

export function imagePin({ region, id, name }: Pick<Pinnable, 'region' | 'id' | 'name'>): Pin {
  return { kind: 'image', region, id, name };
}

/** Undefined for an image whose name has no family. */
export function familyPin(image: Pinnable): FamilyPin | undefined {
  const { key, label } = familyOf(image);
  const namePattern = namePatternOf(image.name, image);
  if (label === '' || namePattern === undefined) return undefined;
  const { ownerId, architecture } = image;
  const ownerAlias = image.ownerAlias === 'amazon' ? image.ownerAlias : undefined;
  return { kind: 'family', family: key, label, ownerId, ownerAlias, architecture, namePattern };
}

/** Equal for pins of the same image or family. */
export function pinKey(pin: Pin): string {
  return pin.kind === 'image'
    ? `image/${pin.region}/${pin.id}`
    : `family/${pin.ownerAlias ?? pin.ownerId}/${pin.architecture ?? unnamed}/${pin.family}`;
}

/** Whether an image belongs to a pinned family. */
function isOfFamily(pin: FamilyPin, image: ImageSummary): boolean {
  return (
    (pin.ownerAlias === undefined ? image.ownerId === pin.ownerId : image.ownerAlias === pin.ownerAlias) &&
    image.architecture === pin.architecture &&
    familyOf(image).key === pin.family
  );
}

/** The newest available image of a pinned family among `images`. */
export function newestOfPin<T extends ImageSummary>(pin: FamilyPin, images: readonly T[]): T | undefined {
  return images.filter((image) => isAvailable(image) && isOfFamily(pin, image)).sort(newestFirst)[0];
}

/** The newest available image of each pinned family that has one among `images`. */
export function newestOfPins<T extends ImageSummary>(
  pins: readonly FamilyPin[],
  images: readonly T[],
): ReadonlyMap<FamilyPin, T> {
  const families = new Map<string, T[]>(pins.map(({ family }) => [family, []]));
  for (const image of images) {
    families.get(familyOf(image).key)?.push(image);
  }
  return new Map(
    pins.flatMap((pin) => {
      const newest = newestOfPin(pin, families.get(pin.family) ?? []);
      return newest ? [[pin, newest] as const] : [];
    }),
  );
}

/** The images that were listed for a set of pins. */
export interface PinnedImages {
  readonly pins: readonly Pin[];
  /** The pinned images, and one image for each pinned family. */
  readonly images: readonly ImageSummary[];
  /** Whether all listings have been answered. */
  readonly complete: boolean;
}

/** The pins that an image stands for: its own, and those of families that show it. */
export function pinsOf(listed: PinnedImages, image: ImageSummary): readonly Pin[] {
  return listed.pins.filter((pin) =>
    pin.kind === 'image'
      ? pin.region === image.region && pin.id === image.id
      : imageOfFamily(pin, listed)?.id === image.id,
  );
}

/**
 * The image that stands for a pinned family. An image that is not pinned itself can only be there for the family; a
 * pinned one may be both, but only once the listing is complete.
 */
function imageOfFamily(pin: FamilyPin, { pins, images, complete }: PinnedImages): ImageSummary | undefined {
  const own = new Set(pins.flatMap((other) => (other.kind === 'image' ? [other.id] : [])));
  const family = images.filter((image) => isOfFamily(pin, image));
  const others = family.filter(({ id }) => !own.has(id));
  return others.length > 0 || !complete ? others.sort(newestFirst)[0] : newestOfPin(pin, family);
}

/** A saved pin. */
export interface SavedPin {
  /** Equal for pins of the same image or family in the same account. */
  readonly id: string;
  readonly scope: AccountScope;
  readonly pin: Pin;
  /** When it was pinned, in milliseconds since 1970. */
  readonly since: number;
}

const storedPin: Schema<Pin> = v.variant('kind', [
  v.object({ kind: v.literal('image'), region: regionName, id: resourceId, name: v.fallback(v.string(), '') }),
  v.object({
    kind: v.literal('family'),
    family: someText,
    label: v.fallback(v.string(), ''),
    ownerId: someText,
    ownerAlias: ifKnown(someText),
    architecture: ifKnown(v.pipe(someText, v.notValue(unnamed))),
    namePattern: someText,
  }),
]);

/** Reads a saved pin, perhaps from another version. */
export const savedPin: Schema<SavedPin> = v.object({
  id: v.string(),
  scope: accountScope,
  pin: storedPin,
  since: v.number(),
});

/** Reads saved pins, perhaps from another version; unreadable ones are left out. */
export function readPins(stored: unknown): readonly Pin[] {
  const pins = read(listOf(storedPin), stored) ?? [];
  return [...new Map(pins.map((pin) => [pinKey(pin), pin])).values()];
}
