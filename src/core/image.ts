/**
 * What a listing or a catalog knows of an Amazon Machine Image. What nobody has said is `undefined`; dates are ISO 8601
 * strings as EC2 sends them.
 */
export interface ImageSummary {
  readonly id: string;
  readonly region: string;
  /** May be empty: images made long ago and images that are gone in part have none. */
  readonly name: string;
  readonly description: string | undefined;
  readonly ownerId: string;
  /** `amazon`, `aws-marketplace` or `aws-backup-vault`: the one sign of trust that nobody but AWS can set. */
  readonly ownerAlias: string | undefined;
  /** A catalog does not keep it: what it lists was available then. */
  readonly state: ImageState | undefined;
  readonly creationDate: string | undefined;
  readonly deprecationTime: string | undefined;
  readonly public: boolean;
  readonly architecture: string | undefined;
  readonly platform: 'windows' | 'linux';
  readonly platformDetails: string | undefined;
  readonly virtualizationType: string | undefined;
  readonly bootMode: string | undefined;
  /** In EC2's own word for it; `backingOf` says what follows where there is none. */
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
export function isWhole(image: ImageSummary): image is Image {
  return 'blockDevices' in image;
}

/** Whether instances can be made of it, as far as is known. */
export function isAvailable({ state }: Pick<ImageSummary, 'state'>): boolean {
  return state === undefined || state === 'available';
}

/** What an image is backed by. Endpoints that name no type have no other than EBS. */
export function backingOf({ rootDeviceType }: Pick<ImageSummary, 'rootDeviceType'>): RootDeviceType {
  return rootDeviceType ?? 'ebs';
}

/** The states of the EC2 API; a state that this version does not know is kept as EC2 wrote it. */
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
 * The type that EC2 names, if it does. Some EC2-compatible endpoints name the volume type of the root (`standard`) in its
 * place, which is none.
 */
export function rootDeviceTypeNamed(said: string | undefined): RootDeviceType | undefined {
  return said === undefined || said === '' || said === 'standard' ? undefined : said;
}

/** Kernels and ramdisks (`aki-…`, `ari-…`) are listed among images, but nothing can be launched from them. */
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

/** The sum of all EBS volumes of the image in GiB; volumes without a stated size count as nothing. */
export function totalEbsSize(image: Image): number {
  return image.blockDevices.reduce((sum, device) => sum + (device.kind === 'ebs' ? (device.volumeSize ?? 0) : 0), 0);
}
