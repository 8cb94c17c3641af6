import * as v from 'valibot';
import { regionName, resourceId } from '../../core/imageRefSchema.ts';
import type { LatestParameter } from '../../core/latest.ts';
import { type Pin, readPins } from '../../core/pins.ts';
import { listOf, read, type Schema } from '../../core/schemas.ts';

const latestParameter: Schema<LatestParameter> = v.object({
  id: v.string(),
  region: v.string(),
  name: v.string(),
  label: v.string(),
  imageId: resourceId,
});
const parameterNodes = listOf(v.object({ kind: v.literal('parameter'), parameter: latestParameter }));
const pinnedNodes = listOf(v.object({ pin: v.optional(v.unknown()), pins: v.optional(v.unknown()) }));
const regionOrItsNode = v.union([
  regionName,
  v.pipe(
    v.object({ region: regionName }),
    v.transform(({ region }) => region),
  ),
]);

/** The public parameters that a command is given. */
export function parametersOf(args: readonly unknown[]): readonly LatestParameter[] {
  return (read(parameterNodes, meantNodes(args)) ?? []).map(({ parameter }) => parameter);
}

/** The pins that a command is given, by what stands below Pinned; undefined where it is given nothing. */
export function pinsOfNodes(args: readonly unknown[]): readonly Pin[] | undefined {
  return args[0] === undefined
    ? undefined
    : (read(pinnedNodes, meantNodes(args)) ?? []).flatMap(({ pin, pins }) => readPins(pins ?? [pin]));
}

/** The region of a node of the tree, or the one that another extension or a keybinding names. */
export function regionOf([first]: readonly unknown[]): string | undefined {
  return read(regionOrItsNode, first);
}

/** What the tree hands over: the clicked node, then all selected ones. A click beside the selection is about itself. */
function meantNodes([clicked, selected]: readonly unknown[]): readonly unknown[] {
  return Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
}
