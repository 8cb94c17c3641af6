import {
  type BlockDevice,
  type Image,
  isMachineImage,
  type RootDeviceType,
  rootDeviceTypeNamed,
  type Tag,
} from '../../core/image.ts';
import { isResourceId } from '../../core/imageId.ts';
import { rootDevice } from '../../core/rootDevice.ts';
import type { XmlElement } from './xmlElement.ts';

/**
 * An image of an answer, with EC2's documented defaults and normalised spelling. Undefined for kernels, ramdisks and
 * images without a valid id.
 */
export function toImage(image: XmlElement, region: string): Image | undefined {
  const id = image.text('imageId') ?? '';
  if (!isResourceId(id) || !isMachineImage(image.text('imageType'))) {
    return undefined;
  }
  const stateReason = image.child('stateReason');
  const blockDevices = image.items('blockDeviceMapping').map(toBlockDevice);
  return {
    id,
    region,
    name: image.text('name') ?? '',
    description: image.text('description'),
    ownerId: image.text('imageOwnerId') ?? '',
    ownerAlias: image.text('imageOwnerAlias'),
    location: image.text('imageLocation'),
    state: image.text('imageState') ?? 'available',
    stateReason: stateReason?.text('message') ?? stateReason?.text('code'),
    creationDate: image.text('creationDate'),
    deprecationTime: image.text('deprecationTime'),
    lastLaunchedTime: image.text('lastLaunchedTime'),
    public: image.boolean('isPublic') ?? false,
    architecture: image.text('architecture'),
    imageType: image.text('imageType') ?? 'machine',
    // EC2 sends `Windows` or `windows` for Windows and nothing at all for everything else.
    platform: image.text('platform')?.toLowerCase() === 'windows' ? 'windows' : 'linux',
    platformDetails: image.text('platformDetails'),
    usageOperation: image.text('usageOperation'),
    hypervisor: image.text('hypervisor'),
    virtualizationType: image.text('virtualizationType'),
    bootMode: image.text('bootMode'),
    tpmSupport: image.text('tpmSupport'),
    imdsSupport: image.text('imdsSupport'),
    enaSupport: image.boolean('enaSupport') ?? false,
    sriovNetSupport: image.text('sriovNetSupport'),
    kernelId: image.text('kernelId'),
    ramdiskId: image.text('ramdiskId'),
    productCodes: image.items('productCodes').flatMap((code) => code.text('productCode') ?? []),
    rootDeviceType: rootDeviceType(image, blockDevices),
    rootDeviceName: image.text('rootDeviceName'),
    blockDevices,
    tags: toTags(image),
    sourceInstanceId: image.text('sourceInstanceId'),
    sourceImageId: image.text('sourceImageId'),
    sourceImageRegion: image.text('sourceImageRegion'),
    deregistrationProtection: image.text('deregistrationProtection'),
    freeTierEligible: image.boolean('freeTierEligible'),
  };
}

/** A type that EC2 does not have counts as not set if the root is mapped to an EBS volume. */
function rootDeviceType(image: XmlElement, blockDevices: readonly BlockDevice[]): RootDeviceType | undefined {
  const said = rootDeviceTypeNamed(image.text('rootDeviceType'));
  if (said === undefined || said === 'ebs' || said === 'instance-store') {
    return said;
  }
  const root = rootDevice({ rootDeviceType: said, rootDeviceName: image.text('rootDeviceName'), blockDevices });
  return root?.kind === 'ebs' ? undefined : said;
}

function toBlockDevice(mapping: XmlElement): BlockDevice {
  const deviceName = mapping.text('deviceName') ?? '';
  const ebs = mapping.child('ebs');
  if (ebs) {
    return {
      kind: 'ebs',
      deviceName,
      snapshotId: ebs.text('snapshotId'),
      volumeSize: ebs.number('volumeSize'),
      volumeType: ebs.text('volumeType'),
      iops: ebs.number('iops'),
      throughput: ebs.number('throughput'),
      encrypted: ebs.boolean('encrypted') ?? false,
      kmsKeyId: ebs.text('kmsKeyId'),
      deleteOnTermination: ebs.boolean('deleteOnTermination') ?? false,
    };
  }
  const virtualName = mapping.text('virtualName');
  return virtualName ? { kind: 'instance-store', deviceName, virtualName } : { kind: 'suppressed', deviceName };
}

export function toTags(resource: XmlElement): readonly Tag[] {
  return resource.items('tagSet').map((tag) => ({ key: tag.text('key') ?? '', value: tag.text('value') ?? '' }));
}
