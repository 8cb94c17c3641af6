/**
 * What a listing or a catalog knows of an Amazon Machine Image. Unknown fields are `undefined`; dates are ISO 8601
 * strings as EC2 sends them.
 */
export interface ImageSummary {
  readonly id: string;
  readonly region: string;
  /** May be empty, as for very old images and images that were removed in part. */
  readonly name: string;
  readonly description: string | undefined;
  readonly ownerId: string;
  /** `amazon`, `aws-marketplace` or `aws-backup-vault`. Only AWS can set it. */
  readonly ownerAlias: string | undefined;
  /** Undefined in a catalog, which lists only images that were available at download. */
  readonly state: ImageState | undefined;
  readonly creationDate: string | undefined;
  readonly deprecationTime: string | undefined;
  readonly public: boolean;
  readonly architecture: string | undefined;
  readonly platform: 'windows' | 'linux';
  readonly platformDetails: string | undefined;
  readonly virtualizationType: string | undefined;
  readonly bootMode: string | undefined;
  /** EC2's own value; see `backingOf` where it is undefined. */
  readonly rootDeviceType: RootDeviceType | undefined;
  readonly productCodes: readonly string[] | undefined;
}

/** What EC2 has answered about one image: sizes are GiB, throughput is MiB/s. */
export interface Image extends ImageSummary {
  /** `owner/name`, or the S3 path of the manifest of an instance store-backed image. */
  readonly location: string | undefined;
  readonly state: ImageState;
  readonly stateReason: string | undefined;
  readonly lastLaunchedTime: string | undefined;
  readonly imageType: string;
  readonly usageOperation: string | undefined;
  readonly hypervisor: string | undefined;
  readonly tpmSupport: string | undefined;
  readonly imdsSupport: string | undefined;
  readonly enaSupport: boolean;
  readonly sriovNetSupport: string | undefined;
  readonly kernelId: string | undefined;
  readonly ramdiskId: string | undefined;
  readonly productCodes: readonly string[];
  readonly rootDeviceName: string | undefined;
  readonly blockDevices: readonly BlockDevice[];
  readonly tags: readonly Tag[];
  readonly sourceInstanceId: string | undefined;
  readonly sourceImageId: string | undefined;
  readonly sourceImageRegion: string | undefined;
  readonly deregistrationProtection: string | undefined;
  readonly freeTierEligible: boolean | undefined;
}

/** Whether EC2 itself has answered about the image. */
export function isFullImage(image: ImageSummary): image is Image {
  return 'blockDevices' in image;
}

/** Whether instances can be launched from it, as far as known. */
export function isAvailable({ state }: Pick<ImageSummary, 'state'>): boolean {
  return state === undefined || state === 'available';
}

/** What an image is backed by: endpoints that name no type support EBS only. */
export function backingOf({ rootDeviceType }: Pick<ImageSummary, 'rootDeviceType'>): RootDeviceType {
  return rootDeviceType ?? 'ebs';
}

/** The states of the EC2 API; an unknown state is passed on as EC2 wrote it. */
export type ImageState =
  | 'available'
  | 'pending'
  | 'failed'
  | 'disabled'
  | 'deregistered'
  | 'error'
  | 'invalid'
  | 'transient'
  | (string & {});

export type RootDeviceType = 'ebs' | 'instance-store' | (string & {});

/**
 * The type that EC2 names. Some EC2-compatible endpoints send the root's volume type (`standard`) instead, which counts
 * as none.
 */
export function rootDeviceTypeNamed(type: string | undefined): RootDeviceType | undefined {
  return type === undefined || type === '' || type === 'standard' ? undefined : type;
}

/** Kernels and ramdisks (`aki-…`, `ari-…`) are listed among images, but cannot be launched. */
export function isMachineImage(imageType: string | undefined): boolean {
  return imageType !== 'kernel' && imageType !== 'ramdisk';
}

/** One block device mapping: an EBS volume, an instance store volume, or a device that the image suppresses. */
export type BlockDevice = EbsDevice | InstanceStoreDevice | SuppressedDevice;

export interface EbsDevice {
  readonly kind: 'ebs';
  readonly deviceName: string;
  readonly snapshotId: string | undefined;
  /** GiB */
  readonly volumeSize: number | undefined;
  readonly volumeType: string | undefined;
  readonly iops: number | undefined;
  /** MiB/s */
  readonly throughput: number | undefined;
  readonly encrypted: boolean;
  readonly kmsKeyId: string | undefined;
  readonly deleteOnTermination: boolean;
}

export interface InstanceStoreDevice {
  readonly kind: 'instance-store';
  readonly deviceName: string;
  /** `ephemeral0` … `ephemeral23` */
  readonly virtualName: string;
}

export interface SuppressedDevice {
  readonly kind: 'suppressed';
  readonly deviceName: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** The sum of the image's EBS volumes in GiB; volumes of unknown size count as 0. */
export function totalEbsSize(image: Image): number {
  return image.blockDevices.reduce((sum, device) => sum + (device.kind === 'ebs' ? (device.volumeSize ?? 0) : 0), 0);
}
