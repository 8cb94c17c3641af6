import * as v from 'valibot';
import { isResourceId } from '../../core/imageId.ts';
import { resourceId } from '../../core/imageRefSchema.ts';
import { ifKnown, listOf, read, type Schema } from '../../core/schemas.ts';

/** An image as an argument of a command names it. */
export interface NamedImage {
  readonly id: string;
  /** Undefined where the argument is an id alone. */
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
  // Nodes of a tree have a `kind`; images have none.
  v.pipe(
    v.object({ kind: v.optional(v.undefined()), ...place.entries }),
    v.transform(({ kind: _, ...named }) => named),
  ),
]);

/**
 * The images that a command's arguments name, none if they name none: the clicked node and the selected nodes of a
 * tree, an id with or without its region, or an object with an `id` and maybe a `region`.
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
  // The editor passes the selection even if the clicked node is not in it.
  return all.some(({ id, region }) => id === first.id && region === first.region) ? all : [first];
}
