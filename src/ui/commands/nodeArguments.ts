import * as v from 'valibot';
import { regionName, resourceId } from '../../core/imageRefSchema.ts';
import type { LatestParameter } from '../../core/latestParameter.ts';
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

/** The public parameters among a command's nodes. */
export function parametersOf(args: readonly unknown[]): readonly LatestParameter[] {
  return (read(parameterNodes, targetNodes(args)) ?? []).map(({ parameter }) => parameter);
}

/** The pins of a command's nodes below Pinned; undefined where the command has no argument. */
export function pinsOfNodes(args: readonly unknown[]): readonly Pin[] | undefined {
  return args[0] === undefined
    ? undefined
    : (read(pinnedNodes, targetNodes(args)) ?? []).flatMap(({ pin, pins }) => readPins(pins ?? [pin]));
}

/** The region of a node, or the region that a keybinding or another extension passes. */
export function regionOf([first]: readonly unknown[]): string | undefined {
  return read(regionOrItsNode, first);
}

/** The selected nodes if the clicked one is among them, else the clicked one: the editor passes both. */
function targetNodes([clicked, selected]: readonly unknown[]): readonly unknown[] {
  return Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
}
