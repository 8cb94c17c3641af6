/**
 * Elements of an image that the catalog does not keep: half of an answer. Each of them has text alone, and none has the
 * name of one that is kept. From the reference of the API: Image, BlockDeviceMapping, EbsBlockDevice, ProductCode, Tag.
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

/** One after the other, as they mostly stand: each cut costs, however short it is. */
const stretches = new RegExp(`(?:<(${unread.join('|')})>[^<]*</\\1>\\s*)+`, 'g');

/**
 * Cuts out of an answer what nobody reads, before it is parsed: an expression finds it ten times faster than a parser
 * that looks at every character. What a piece has only a part of stays, for the parser to pass over.
 */
export function withoutUnread(piece: string): string {
  return piece.replace(stretches, '');
}
