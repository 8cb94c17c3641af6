import type { Tag } from '../core/image.ts';

/** AWS uses this number in its own documentation. */
export const SAMPLE_ACCOUNT_ID = '123456789012';

/** The sample account's organization, and the organizational unit that contains it. */
export const SAMPLE_ORGANIZATION_ARN = 'arn:aws:organizations::210987654321:organization/o-a1b2c3d4e5';
export const SAMPLE_UNIT_ARN = 'arn:aws:organizations::210987654321:ou/o-a1b2c3d4e5/ou-ab12-cdefgh34';

/** The region with most of the sample account's images. */
export const SAMPLE_HOME_REGION = 'us-east-1';

/** The fixed date of the sample account's data; only what is created later has the clock's dates. */
export const REFERENCE_TIME = Date.parse('2026-11-20T12:00:00.000Z');

/** An image of the sample account, before it is written as XML. The region has its tags. */
export interface SampleImage {
  readonly id: string;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly location: string;
  readonly ownerId: string;
  readonly ownerAlias: string | undefined;
  readonly state: string;
  readonly stateReason: StateReason | undefined;
  /** ISO 8601 with milliseconds, as EC2 writes it. */
  readonly creationDate: string | undefined;
  readonly deprecationTime: string | undefined;
  readonly lastLaunchedTime: string | undefined;
  readonly architecture: string;
  readonly imageType: string;
  readonly windows: boolean;
  readonly platformDetails: string;
  readonly usageOperation: string;
  readonly hypervisor: string;
  readonly virtualizationType: string;
  readonly bootMode: string | undefined;
  readonly tpmSupport: string | undefined;
  readonly imdsSupport: string | undefined;
  readonly enaSupport: boolean;
  readonly sriovNetSupport: string | undefined;
  readonly kernelId: string | undefined;
  readonly ramdiskId: string | undefined;
  readonly productCodes: readonly ProductCode[];
  readonly rootDeviceType: string;
  readonly rootDeviceName: string | undefined;
  readonly devices: readonly SampleDevice[];
  readonly sourceInstanceId: string | undefined;
  readonly sourceImageId: string | undefined;
  readonly sourceImageRegion: string | undefined;
  readonly deregistrationProtection: string | undefined;
  readonly freeTierEligible: boolean;
  readonly permissions: readonly LaunchPermission[];
  /**
   * Images of the same kind (compared by identity) differ only in id, location, name, description, dates and snapshot
   * ids.
   */
  readonly kind?: object | undefined;
}

interface StateReason {
  readonly code: string;
  readonly message: string;
}

export interface ProductCode {
  readonly code: string;
  readonly type: string;
}

/** One item of `launchPermission`, with exactly one field. */
export type LaunchPermission =
  | { readonly group: 'all' }
  | { readonly userId: string }
  | { readonly organizationArn: string }
  | { readonly organizationalUnitArn: string };

/** One item of `blockDeviceMapping`: with `ebs`, `virtualName`, or neither, which means `noDevice`. */
export interface SampleDevice {
  readonly deviceName: string;
  readonly virtualName?: string;
  readonly ebs?: SampleEbs;
}

export interface SampleEbs {
  readonly snapshotId?: string | undefined;
  /** GiB */
  readonly size: number;
  readonly type: string;
  readonly iops?: number | undefined;
  /** MiB/s */
  readonly throughput?: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyId?: string | undefined;
  readonly deleteOnTermination: boolean;
}

export interface SampleInstance {
  readonly id: string;
  readonly reservationId: string;
  readonly imageId: string;
  readonly state: string;
  readonly stateReason?: StateReason | undefined;
  /** EC2's reason for the last state change, such as `User initiated (2026-11-01 09:12:44 GMT)`. */
  readonly transitionReason: string;
  readonly instanceType: string;
  readonly architecture: string;
  readonly windows: boolean;
  readonly platformDetails: string;
  readonly usageOperation: string;
  readonly launchTime: string;
  readonly availabilityZone: string;
  readonly privateIp: string | undefined;
  readonly publicIp: string | undefined;
  readonly subnetId: string | undefined;
  readonly vpcId: string | undefined;
  readonly keyName: string | undefined;
  readonly instanceProfile: string | undefined;
  readonly rootDeviceType: string;
  readonly rootDeviceName: string;
  readonly bootMode: string | undefined;
  readonly tpmSupport: string | undefined;
  readonly httpTokens: string;
  readonly spot: boolean;
  readonly volumes: readonly SampleAttachment[];
  /** DescribeInstances does not list instance store volumes, but an image of the instance maps them. */
  readonly instanceStore: readonly SampleDevice[];
}

interface SampleAttachment {
  readonly deviceName: string;
  readonly volumeId: string;
  readonly deleteOnTermination: boolean;
}

export interface SampleVolume extends SampleEbs {
  readonly id: string;
  readonly instanceId: string;
  readonly deviceName: string;
  readonly createTime: string;
  readonly availabilityZone: string;
}

export interface SampleSnapshot {
  readonly id: string;
  readonly volumeId: string;
  readonly description: string;
  readonly ownerId: string;
  readonly startTime: string;
  readonly size: number;
  readonly encrypted: boolean;
  readonly kmsKeyId: string | undefined;
  readonly state: string;
  readonly stateMessage: string | undefined;
  /** 0 to 100 */
  readonly progress: number;
}

/** An instance, image, snapshot or volume with its first tags. */
export interface Tagged<T> {
  readonly resource: T;
  readonly tags: readonly Tag[];
}

export function isPublic(image: SampleImage): boolean {
  return image.permissions.some((permission) => 'group' in permission);
}

/** Whether the launch permissions name the sample account, its organization or its organizational unit. */
export function isSharedWithSampleAccount(image: SampleImage): boolean {
  return image.permissions.some(
    (permission) =>
      ('userId' in permission && permission.userId === SAMPLE_ACCOUNT_ID) ||
      ('organizationArn' in permission && permission.organizationArn === SAMPLE_ORGANIZATION_ARN) ||
      ('organizationalUnitArn' in permission && permission.organizationalUnitArn === SAMPLE_UNIT_ARN),
  );
}

/** Whether the launch permissions name an account. */
export function isSharedWith(image: SampleImage, accountId: string): boolean {
  return image.permissions.some((permission) => 'userId' in permission && permission.userId === accountId);
}
