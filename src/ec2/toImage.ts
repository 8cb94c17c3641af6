import type { BlockDeviceMapping, Image as SdkImage } from '@aws-sdk/client-ec2';
import { type BlockDevice, type Image, isMachineImage, type Tag } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';

/** Those of an answer's images that can be used: kernels, ramdisks and what has no id are left out. */
export function toImages(images: readonly SdkImage[] | undefined, region: string): readonly Image[] {
  return (images ?? [])
    .filter(({ ImageId, ImageType }) => isResourceId(ImageId ?? '') && isMachineImage(ImageType))
    .map((image) => toImage(image, region));
}

/** What EC2 answers, with its documented defaults filled in and its spellings normalised. */
function toImage(image: SdkImage, region: string): Image {
  return {
    id: image.ImageId ?? '',
    region,
    name: image.Name ?? '',
    description: image.Description || undefined,
    ownerId: image.OwnerId ?? '',
    ownerAlias: image.ImageOwnerAlias || undefined,
    location: image.ImageLocation || undefined,
    state: image.State ?? 'available',
    stateReason: image.StateReason?.Message || image.StateReason?.Code || undefined,
    creationDate: image.CreationDate || undefined,
    deprecationTime: image.DeprecationTime || undefined,
    lastLaunchedTime: image.LastLaunchedTime || undefined,
    public: image.Public ?? false,
    architecture: image.Architecture ?? 'unknown',
    imageType: image.ImageType ?? 'machine',
    // EC2 sends `Windows` or `windows` for Windows and nothing at all for everything else.
    platform: image.Platform?.toLowerCase() === 'windows' ? 'windows' : 'linux',
    platformDetails: image.PlatformDetails || undefined,
    usageOperation: image.UsageOperation || undefined,
    hypervisor: image.Hypervisor || undefined,
    virtualizationType: image.VirtualizationType || undefined,
    bootMode: image.BootMode || undefined,
    tpmSupport: image.TpmSupport || undefined,
    imdsSupport: image.ImdsSupport || undefined,
    enaSupport: image.EnaSupport ?? false,
    sriovNetSupport: image.SriovNetSupport || undefined,
    kernelId: image.KernelId || undefined,
    ramdiskId: image.RamdiskId || undefined,
    productCodes: (image.ProductCodes ?? []).flatMap((code) => code.ProductCodeId ?? []),
    rootDeviceType: rootDeviceType(image),
    rootDeviceName: image.RootDeviceName || undefined,
    blockDevices: (image.BlockDeviceMappings ?? []).map(toBlockDevice),
    tags: toTags(image.Tags),
    sourceInstanceId: image.SourceInstanceId || undefined,
    sourceImageId: image.SourceImageId || undefined,
    sourceImageRegion: image.SourceImageRegion || undefined,
    deregistrationProtection: image.DeregistrationProtection || undefined,
    freeTierEligible: image.FreeTierEligible,
  };
}

/**
 * Some EC2-compatible endpoints name the root's volume type here (`standard`); whether the root is mapped to an EBS
 * volume decides then.
 */
function rootDeviceType(image: SdkImage): string {
  const said: string | undefined = image.RootDeviceType;
  if (said === 'ebs' || said === 'instance-store') {
    return said;
  }
  const root = image.BlockDeviceMappings?.find((mapping) => mapping.DeviceName === image.RootDeviceName);
  return root?.Ebs || !said || said === 'standard' ? 'ebs' : said;
}

function toBlockDevice(mapping: BlockDeviceMapping): BlockDevice {
  const deviceName = mapping.DeviceName ?? '';
  if (mapping.Ebs) {
    return {
      kind: 'ebs',
      deviceName,
      snapshotId: mapping.Ebs.SnapshotId || undefined,
      volumeSize: mapping.Ebs.VolumeSize,
      volumeType: mapping.Ebs.VolumeType || undefined,
      iops: mapping.Ebs.Iops,
      throughput: mapping.Ebs.Throughput,
      encrypted: mapping.Ebs.Encrypted ?? false,
      kmsKeyId: mapping.Ebs.KmsKeyId || undefined,
      deleteOnTermination: mapping.Ebs.DeleteOnTermination ?? false,
    };
  }
  if (mapping.VirtualName) {
    return { kind: 'instance-store', deviceName, virtualName: mapping.VirtualName };
  }
  return { kind: 'suppressed', deviceName };
}

export function toTags(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): readonly Tag[] {
  return (tags ?? []).map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' }));
}
