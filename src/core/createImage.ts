import type { Image, Tag } from './image.ts';
import { timeOf } from './lifecycle.ts';
import type { Trace } from './lostAnswers.ts';

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

/**
 * A request that has gone out, and what its image can be told by. CreateImage has no client token, and a tag of our own would
 * need a permission and stay on the image for everybody to see.
 */
export interface SoughtImage extends Trace {
  readonly region: string;
  readonly instanceId: string;
  readonly name: string;
}

/** How far (ms) the clocks of EC2 and of this machine may be apart: requests signed with more are refused. */
const clockTolerance = 15 * 60_000;

/**
 * The image among those of the account that a request has made: it bears the name, is of the instance (endpoints that do not
 * say of which one are taken at their word), and was not there before.
 */
export function madeBy(sought: SoughtImage, images: readonly Image[]): Image | undefined {
  const { name, instanceId, before, since } = sought;
  return images.find(
    (image) =>
      image.name === name &&
      (image.sourceInstanceId ?? instanceId) === instanceId &&
      (before ? !before.includes(image.id) : (timeOf(image.creationDate) ?? 0) >= since - clockTolerance),
  );
}
