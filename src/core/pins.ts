import * as v from 'valibot';
import type { AccountScope } from './accountScope.ts';
import { accountScope } from './accountScopeSchema.ts';
import { familyOf, newestFirst } from './family.ts';
import { type ImageSummary, isAvailable } from './image.ts';
import { regionName, resourceId } from './imageRefSchema.ts';
import { namePatternOf } from './namePattern.ts';
import { ifKnown, listOf, read, type Schema, someText } from './schemas.ts';

/** An image that the user wants at hand, or the family whose newest image it is to be. */
export type Pin =
  | { readonly kind: 'image'; readonly region: string; readonly id: string; readonly name: string }
  | {
      readonly kind: 'family';
      /** As src/core/family.ts has it. */
      readonly family: string;
      readonly label: string;
      /** Families of the same name by others are not this one: anyone may call an image as they like. */
      readonly ownerId: string;
      /** Amazon's own accounts differ from region to region; the alias is the same. */
      readonly ownerAlias: string | undefined;
      readonly architecture: string | undefined;
      /** Value of EC2's filter `name` that finds the family's images. */
      readonly namePattern: string;
    };

/** What stands for no architecture in keys, and in pins that earlier versions have stored. */
const unnamed = 'unknown';

type Pinnable = Pick<
  ImageSummary,
  'region' | 'id' | 'name' | 'ownerId' | 'ownerAlias' | 'architecture' | 'productCodes'
>;

export type FamilyPin = Extract<Pin, { readonly kind: 'family' }>;

export function imagePin({ region, id, name }: Pick<Pinnable, 'region' | 'id' | 'name'>): Pin {
  return { kind: 'image', region, id, name };
}

/** Undefined for an image whose name tells no family. */
export function familyPin(image: Pinnable): FamilyPin | undefined {
  const { key, label } = familyOf(image);
  const namePattern = namePatternOf(image.name, image);
  if (label === '' || namePattern === undefined) return undefined;
  const { ownerId, architecture } = image;
  const ownerAlias = image.ownerAlias === 'amazon' ? image.ownerAlias : undefined;
  return { kind: 'family', family: key, label, ownerId, ownerAlias, architecture, namePattern };
}

/** The same for pins of the same thing. */
export function pinKey(pin: Pin): string {
  return pin.kind === 'image'
    ? `image/${pin.region}/${pin.id}`
    : `family/${pin.ownerAlias ?? pin.ownerId}/${pin.architecture ?? unnamed}/${pin.family}`;
}

/** Whether an image is one of a pinned family. */
function isOfFamily(pin: FamilyPin, image: ImageSummary): boolean {
  return (
    (pin.ownerAlias === undefined ? image.ownerId === pin.ownerId : image.ownerAlias === pin.ownerAlias) &&
    image.architecture === pin.architecture &&
    familyOf(image).key === pin.family
  );
}

/** The newest usable image of a pinned family among these. */
export function newestOfPin<T extends ImageSummary>(pin: FamilyPin, images: readonly T[]): T | undefined {
  return images.filter((image) => isAvailable(image) && isOfFamily(pin, image)).sort(newestFirst)[0];
}

/** The images that are listed for some pins. */
export interface PinnedImages {
  readonly pins: readonly Pin[];
  /** Those that are pinned themselves, and one of each family. */
  readonly images: readonly ImageSummary[];
  /** Whether all that were asked for have been answered. */
  readonly complete: boolean;
}

/** The pins that an image stands for: its own, and a family's whose image it is. */
export function pinsOf(listed: PinnedImages, image: ImageSummary): readonly Pin[] {
  return listed.pins.filter((pin) =>
    pin.kind === 'image'
      ? pin.region === image.region && pin.id === image.id
      : imageOfFamily(pin, listed)?.id === image.id,
  );
}

/** One that is not pinned itself is there for the family's sake; one that is may be both, once nothing else can come. */
function imageOfFamily(pin: FamilyPin, { pins, images, complete }: PinnedImages): ImageSummary | undefined {
  const own = new Set(pins.flatMap((other) => (other.kind === 'image' ? [other.id] : [])));
  const family = images.filter((image) => isOfFamily(pin, image));
  const others = family.filter(({ id }) => !own.has(id));
  return others.length > 0 || !complete ? others.sort(newestFirst)[0] : newestOfPin(pin, family);
}

/** A pin as it is stored. */
export interface KeptPin {
  /** The same for pins of the same thing in the same account. */
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

/** As it is read back, maybe from another version. */
export const keptPin: Schema<KeptPin> = v.object({
  id: v.string(),
  scope: accountScope,
  pin: storedPin,
  since: v.number(),
});

/** Reads what was stored, maybe by another version: what is not understood is left out. */
export function readPins(stored: unknown): readonly Pin[] {
  const pins = read(listOf(storedPin), stored) ?? [];
  return [...new Map(pins.map((pin) => [pinKey(pin), pin])).values()];
}
