import type { LatestParameter } from '../../core/latest.ts';
import { type Pin, readPins } from '../../core/pins.ts';
import { isRegionName } from '../../core/regions.ts';
import type { ImageNode, MissingPinNode, ParameterNode } from '../trees/nodes.ts';

/** The public parameters that a command is given. */
export function parametersOf(args: readonly unknown[]): readonly LatestParameter[] {
  return meantNodes(args)
    .filter(isParameterNode)
    .map(({ parameter }) => parameter);
}

/** The pins that a command is given, by what stands below Pinned; undefined where it is given nothing. */
export function pinsOfNodes(args: readonly unknown[]): readonly Pin[] | undefined {
  return args[0] === undefined ? undefined : meantNodes(args).flatMap(pinsOfNode);
}

/** The region of a node of the tree, or the one that another extension or a keybinding names. */
export function regionOf([first]: readonly unknown[]): string | undefined {
  const region: unknown = typeof first === 'object' && first !== null ? Reflect.get(first, 'region') : first;
  return typeof region === 'string' && isRegionName(region) ? region : undefined;
}

/** What the tree hands over: the clicked node, then all selected ones. A click beside the selection is about itself. */
function meantNodes([clicked, selected]: readonly unknown[]): readonly unknown[] {
  return Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
}

function isParameterNode(value: unknown): value is ParameterNode {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'parameter';
}

function pinsOfNode(value: unknown): readonly Pin[] {
  const node = value as Partial<Pick<MissingPinNode, 'pin'> & Pick<ImageNode, 'pins'>> | null;
  return readPins(node?.pins ?? (node?.pin ? [node.pin] : []));
}
