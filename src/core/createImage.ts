import type { AmiError } from './errors.ts';
import type { Tag } from './image.ts';

/** What CreateImage is asked to do with one instance. */
export interface CreateImageRequest {
  readonly region: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | undefined;
  /** True: the instance is rebooted so that file systems are consistent. EC2's own default; never assumed here. */
  readonly reboot: boolean;
  /** Volumes whose place in the image differs from the instance: left out, or another delete-on-termination. */
  readonly deviceChanges: readonly DeviceChange[];
  readonly imageTags: readonly Tag[];
  readonly snapshotTags: readonly Tag[];
}

export type DeviceChange =
  | { readonly deviceName: string; readonly change: 'leave-out' }
  | { readonly deviceName: string; readonly change: 'delete-on-termination'; readonly value: boolean };

/** Whether EC2 may have made the image although no usable answer to the request came. */
export function mayHaveBeenMade(error: AmiError): boolean {
  const neverSent = error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
  switch (error.kind) {
    case 'network':
    case 'timeout':
    case 'unavailable':
    case 'bad-answer':
      return !neverSent;
    default:
      return false;
  }
}
