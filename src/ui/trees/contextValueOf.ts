import { contextValue, imageStateFlag, instanceStateFlag } from '../../contributions/treeItems.ts';
import { unfitnessOf } from '../../core/createImageChoices.ts';
import { AmiError } from '../../core/errors.ts';
import type { Pin } from '../../core/pins.ts';
import type { Finding } from '../../hints/finding.ts';
import type { WorkspaceNode } from '../workspace/workspaceNodes.ts';
import type { ImagesNode, InstancesNode } from './nodes.ts';

/**
 * The context value of a node, by which `when` clauses of menus select items.
 *
 * @param owned whether the account owns the image that the node stands for
 */
export function contextValueOf(node: ImagesNode | InstancesNode | WorkspaceNode, owned = false): string {
  switch (node.kind) {
    case 'scope':
      return contextValue('scope', node.scope);
    case 'image': {
      const pins = 'pins' in node ? node.pins : undefined;
      const pinned = (kind: Pin['kind']) => pins?.some((pin) => pin.kind === kind);
      return contextValue(
        'image',
        owned ? 'owned' : undefined,
        pinned('image') ? 'pinnedImage' : undefined,
        pinned('family') ? 'pinnedFamily' : undefined,
        'findings' in node && node.findings.some(hasNewer) ? 'newer' : undefined,
        imageStateFlag(node.image.state),
      );
    }
    case 'family':
      return contextValue(
        'family',
        node.label === '' ? undefined : 'named',
        node.parent.kind === 'publisher' ? 'public' : undefined,
      );
    case 'publicFamily':
      return contextValue('publicFamily', node.family.kind === 'series' ? 'series' : undefined);
    case 'codePlace':
      return contextValue('codePlace', node.place.findings.some(hasNewer) ? 'newer' : undefined);
    case 'instance':
      return contextValue(
        'instance',
        unfitnessOf(node.instance) === undefined ? 'imageable' : undefined,
        instanceStateFlag(node.instance.state),
      );
    case 'error':
      return contextValue('error', node.error instanceof AmiError && node.error.signIn ? 'signedOut' : undefined);
    default:
      return contextValue(node.kind);
  }
}

function hasNewer({ fixes }: Finding): boolean {
  return fixes.some(({ label }) => label.kind === 'replaceId');
}
