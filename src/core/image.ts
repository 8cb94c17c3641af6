/**
 * An Amazon Machine Image with every field normalised: what EC2 leaves out of an answer is `undefined` here or has the
 * default that EC2 documents, dates are ISO 8601 strings as EC2 sends them, sizes are GiB, throughput is MiB/s.
 */
export interface Image {
  readonly id: string;
  readonly region: string;
  /** May be empty: images made long ago and images that are gone in part have none. */
  readonly name: string;
  readonly description: string | undefined;
  readonly ownerId: string;
  /** `amazon`, `aws-marketplace` or `aws-backup-vault`: the one sign of trust that nobody but AWS can set. */
  readonly ownerAlias: string | undefined;
  /** `owner/name`, or the S3 path of the manifest of an instance store-backed image. */
  readonly location: string | undefined;
  readonly state: ImageState;
  readonly stateReason: string | undefined;
  readonly creationDate: string | undefined;
  readonly deprecationTime: string | undefined;
  readonly lastLaunchedTime: string | undefined;
  readonly public: boolean;
  /** `unknownArchitecture` where EC2 names none. */
  readonly architecture: string;
  readonly imageType: string;
  readonly platform: 'windows' | 'linux';
  readonly platformDetails: string | undefined;
  readonly usageOperation: string | undefined;
  readonly hypervisor: string | undefined;
  readonly virtualizationType: string | undefined;
  readonly bootMode: string | undefined;
  readonly tpmSupport: string | undefined;
  readonly imdsSupport: string | undefined;
  readonly enaSupport: boolean;
  readonly sriovNetSupport: string | undefined;
  readonly kernelId: string | undefined;
  readonly ramdiskId: string | undefined;
  readonly productCodes: readonly string[];
  readonly rootDeviceType: RootDeviceType;
  /** Whether EC2 itself names that type, so that its filter finds the image by it: where it names none, EBS is assumed. */
  readonly namesRootDeviceType: boolean;
  readonly rootDeviceName: string | undefined;
  readonly blockDevices: readonly BlockDevice[];
  readonly tags: readonly Tag[];
  readonly sourceInstanceId: string | undefined;
  readonly sourceImageId: string | undefined;
  readonly sourceImageRegion: string | undefined;
  readonly deregistrationProtection: string | undefined;
  readonly freeTierEligible: boolean | undefined;
}

/** Some EC2-compatible endpoints leave the architecture out; no filter finds it by this. */
export const unknownArchitecture = 'unknown';

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
 * The type for what EC2 says: EBS where it says nothing, or `standard`, the volume type of the root, which some EC2-compatible
 * endpoints name in its place.
 */
export function rootDeviceTypeFor(said: string): RootDeviceType {
  return said === '' || said === 'standard' ? 'ebs' : said;
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
