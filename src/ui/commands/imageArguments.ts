import * as v from 'valibot';
import { isResourceId } from '../../core/imageId.ts';
import { resourceId } from '../../core/imageRefSchema.ts';
import { ifKnown, listOf, read, type Schema } from '../../core/schemas.ts';

/** An image that a command is given, as far as the argument says which it is. */
export interface NamedImage {
  readonly id: string;
  /** Undefined for an id alone: it may be in any region. */
  readonly region: string | undefined;
}

const region = ifKnown(v.string());
const place = v.object({ id: resourceId, region });
const namedImage: Schema<NamedImage> = v.union([
  v.pipe(
    v.object({ kind: v.literal('image'), image: place }),
    v.transform(({ image }) => image),
  ),
  v.pipe(
    v.object({ kind: v.literal('parameter'), parameter: v.object({ imageId: resourceId, region }) }),
    v.transform(({ parameter }) => ({ id: parameter.imageId, region: parameter.region })),
  ),
  // Regions, publishers and other nodes of a tree have kinds of their own.
  v.pipe(
    v.object({ kind: v.optional(v.undefined()), ...place.entries }),
    v.transform(({ kind: _, ...named }) => named),
  ),
]);

/**
 * The images that a command is about: what a tree hands over (the clicked node, then all selected ones), an id and maybe
 * its region, an image, or whatever has an `id` and a `region`. Empty where the arguments name none.
 */
export function namedImages([clicked, selected]: readonly unknown[]): readonly NamedImage[] {
  if (typeof clicked === 'string') {
    return isResourceId(clicked) ? [{ id: clicked, region: read(v.string(), selected) }] : [];
  }
  const first = read(namedImage, clicked);
  if (!first) {
    return [];
  }
  const all = read(listOf(namedImage), selected) ?? [];
  // A click beside the selection is about what was clicked.
  return all.some(({ id, region }) => id === first.id && region === first.region) ? all : [first];
}
