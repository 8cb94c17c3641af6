import * as v from 'valibot';
import type { Target } from '../../actions/action.ts';
import { regionName, resourceId } from '../../core/imageRefSchema.ts';
import { listOf, read, type Schema } from '../../core/schemas.ts';

const target = v.object({ region: regionName, id: resourceId, name: v.exactOptional(v.string()) });

const namedInstance: Schema<Target> = v.union([
  v.pipe(
    v.object({ kind: v.literal('instance'), instance: target }),
    v.transform(({ instance }) => instance),
  ),
  // Nodes of a tree have a `kind`; what the details of an instance pass has none.
  v.pipe(
    v.object({ kind: v.optional(v.undefined()), ...target.entries }),
    v.transform(({ kind: _, ...named }) => named),
  ),
]);

/**
 * The instances that a command's arguments name, none if they name none: the clicked node, or all selected ones where it
 * is among them, or an object with `id` and `region`.
 */
export function namedInstances([clicked, selected]: readonly unknown[]): readonly Target[] {
  const first = read(namedInstance, clicked);
  if (!first) {
    return [];
  }
  const all = read(listOf(namedInstance), selected) ?? [];
  return all.some(({ id, region }) => id === first.id && region === first.region) ? all : [first];
}
