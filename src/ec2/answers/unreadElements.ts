/**
 * Elements of an image that the catalog does not read, half of an answer: each has only text, and no element that is
 * read has the same name. From Image, BlockDeviceMapping, EbsBlockDevice, ProductCode and Tag of the EC2 API reference.
 */
const unread = [
  'availabilityZone',
  'availabilityZoneId',
  'deleteOnTermination',
  'deregistrationProtection',
  'deviceName',
  'ebsCardIndex',
  'enaSupport',
  'encrypted',
  'freeTierEligible',
  'hypervisor',
  'imageAllowed',
  'imageLocation',
  'imageState',
  'imdsSupport',
  'iops',
  'isPublic',
  'kernelId',
  'key',
  'kmsKeyId',
  'lastLaunchedTime',
  'noDevice',
  'outpostArn',
  'productCode',
  'ramdiskId',
  'rootDeviceName',
  'snapshotId',
  'sourceImageId',
  'sourceImageRegion',
  'sourceInstanceId',
  'sriovNetSupport',
  'throughput',
  'tpmSupport',
  'type',
  'usageOperation',
  'value',
  'virtualName',
  'volumeInitializationRate',
  'volumeType',
] as const;

/** Matches adjacent elements together: every replacement costs, however short it is. */
const adjacentUnread = new RegExp(`(?:<(${unread.join('|')})>[^<]*</\\1>\\s*)+`, 'g');

/**
 * Cuts the unread elements out of a piece of an answer before it is parsed: a regular expression is ten times faster
 * than the parser. An element that the piece has only a part of stays.
 */
export function withoutUnread(piece: string): string {
  return piece.replace(adjacentUnread, '');
}
