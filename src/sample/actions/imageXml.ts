import type { SampleDevice, SampleImage } from '../model.ts';
import { isPublic } from '../model.ts';
import { element, itemSet } from '../wire/xml.ts';

export function tagSet(tags: ReadonlyMap<string, string> | undefined): string {
  return itemSet(
    'tagSet',
    [...(tags ?? [])].map(([key, value]) => element('key', key) + element('value', value)),
  );
}

function deviceXml({ deviceName, virtualName, ebs }: SampleDevice): string {
  const name = element('deviceName', deviceName);
  if (virtualName !== undefined) {
    return name + element('virtualName', virtualName);
  }
  if (ebs === undefined) {
    return `${name}<noDevice/>`;
  }
  return (
    `${name}<ebs>${element('snapshotId', ebs.snapshotId)}${element('volumeSize', ebs.size)}` +
    `${element('deleteOnTermination', ebs.deleteOnTermination)}${element('volumeType', ebs.type)}` +
    `${element('iops', ebs.iops)}${element('throughput', ebs.throughput)}` +
    `${element('encrypted', ebs.encrypted)}${element('kmsKeyId', ebs.kmsKeyId)}</ebs>`
  );
}

function deviceMappingXml(devices: readonly SampleDevice[]): string {
  return itemSet('blockDeviceMapping', devices.map(deviceXml));
}

/** One item of `imagesSet`, in the order in which EC2 writes its elements. What EC2 leaves out is left out. */
export function imageXml(image: SampleImage, tags: ReadonlyMap<string, string> | undefined): string {
  const reason = image.stateReason;
  return [
    element('imageId', image.id),
    element('imageLocation', image.location),
    element('imageState', image.state),
    element('imageOwnerId', image.ownerId),
    element('creationDate', image.creationDate),
    element('isPublic', isPublic(image)),
    image.productCodes.length === 0
      ? ''
      : itemSet(
          'productCodes',
          image.productCodes.map(({ code, type }) => element('productCode', code) + element('type', type)),
        ),
    element('architecture', image.architecture),
    element('imageType', image.imageType),
    element('kernelId', image.kernelId),
    element('ramdiskId', image.ramdiskId),
    // The API answers `windows` though its model says `Windows`.
    image.windows ? element('platform', 'windows') : '',
    element('sriovNetSupport', image.sriovNetSupport),
    reason ? `<stateReason>${element('code', reason.code)}${element('message', reason.message)}</stateReason>` : '',
    element('imageOwnerAlias', image.ownerAlias),
    element('name', image.name),
    element('description', image.description),
    element('rootDeviceType', image.rootDeviceType),
    element('rootDeviceName', image.rootDeviceName),
    deviceMappingXml(image.devices),
    element('virtualizationType', image.virtualizationType),
    tags && tags.size > 0 ? tagSet(tags) : '',
    element('hypervisor', image.hypervisor),
    element('enaSupport', image.enaSupport || undefined),
    element('bootMode', image.bootMode),
    element('tpmSupport', image.tpmSupport),
    element('deprecationTime', image.deprecationTime),
    element('imdsSupport', image.imdsSupport),
    element('platformDetails', image.platformDetails),
    element('usageOperation', image.usageOperation),
    element('sourceInstanceId', image.sourceInstanceId),
    element('deregistrationProtection', image.deregistrationProtection),
    element('lastLaunchedTime', image.lastLaunchedTime),
    element('sourceImageId', image.sourceImageId),
    element('sourceImageRegion', image.sourceImageRegion),
    element('freeTierEligible', image.freeTierEligible || undefined),
    element('imageAllowed', true),
  ].join('');
}
