import type { AmiError } from './errors.ts';
import type { Image, Tag } from './image.ts';
import { timeOf } from './lifecycle.ts';

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
export interface SoughtImage {
  readonly region: string;
  readonly instanceId: string;
  readonly name: string;
  /** When the request went out, in milliseconds since 1970. */
  readonly since: number;
  /** Ids of the owned images that bore the name before; undefined where EC2 did not say. */
  readonly before: readonly string[] | undefined;
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

/** What breaks off before the request is sent: there is nobody, or nobody whom the network trusts. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Whether EC2 may have made the image although no usable answer to the request came. */
export function mayHaveBeenMade(error: AmiError): boolean {
  switch (error.kind) {
    case 'network':
    case 'timeout':
    case 'unavailable':
    case 'bad-answer':
      return !neverSent.test(error.code ?? '');
    case 'unknown':
      // A code that this version does not know is a refusal; a failure of this machine's bears no code of EC2's.
      return /^$|Error$|^E[A-Z]{3}|^ERR_/.test(error.code ?? '');
    default:
      return false;
  }
}
