import type { Image, Tag } from './image.ts';
import { timeOf } from './lifecycle.ts';
import type { Trace } from './lostAnswers.ts';

/** What CreateImage is asked to do with one instance. */
export interface CreateImageRequest {
  readonly region: string;
  readonly instanceId: string;
  readonly name: string;
  readonly description: string | undefined;
  /**
   * True: EC2 reboots the instance for consistent file systems. This is EC2's own default, but the user always chooses.
   */
  readonly reboot: boolean;
  /** Volumes that the image leaves out, or maps with another delete-on-termination than the instance. */
  readonly deviceChanges: readonly DeviceChange[];
  readonly imageTags: readonly Tag[];
  readonly snapshotTags: readonly Tag[];
}

export type DeviceChange =
  | { readonly deviceName: string; readonly change: 'leave-out' }
  | { readonly deviceName: string; readonly change: 'delete-on-termination'; readonly value: boolean };

/**
 * A CreateImage request that was sent, with the facts that identify its image. CreateImage has no client token, and a
 * tag would need a permission and stay visible on the image.
 */
export interface SoughtImage extends Trace {
  readonly region: string;
  readonly instanceId: string;
  readonly name: string;
}

/** How far apart (ms) the clocks of EC2 and of this machine may be; EC2 refuses signatures with a larger difference. */
const clockTolerance = 15 * 60_000;

/**
 * The account's image that a request has made: same name, same instance, and not there before. Where an endpoint does
 * not report the instance, any instance counts.
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
