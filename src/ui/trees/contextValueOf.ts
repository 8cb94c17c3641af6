import { contextValue, imageStateFlag, instanceStateFlag } from '../../contributions/treeItems.ts';
import { AmiError } from '../../core/errors.ts';
import type { Pin } from '../../core/pins.ts';
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
        imageStateFlag(node.image.state),
      );
    }
    case 'instance':
      return contextValue('instance', instanceStateFlag(node.instance.state));
    case 'error':
      return contextValue('error', node.error instanceof AmiError && node.error.signIn ? 'signedOut' : undefined);
    default:
      return contextValue(node.kind);
  }
}
