import type { Operation } from './context.ts';
import { createImage } from './createImage.ts';
import { describeImageAttribute } from './describeImageAttribute.ts';
import { describeImages } from './describeImages.ts';
import { describeInstances } from './describeInstances.ts';
import { describeRegions } from './describeRegions.ts';
import { describeSnapshots } from './describeSnapshots.ts';
import { describeVolumes } from './describeVolumes.ts';
import { createTags, deleteTags, describeTags } from './tags.ts';

interface Ec2Operation {
  readonly carryOut: Operation;
  /** All parameters in the API reference, even those without an effect here; `N` stands for a number. */
  readonly parameters: readonly string[];
}

const FILTERS = ['Filter.N.Name', 'Filter.N.Value.N'];
const PAGES = ['MaxResults', 'NextToken'];
const TAGS = ['Tag.N.Key', 'Tag.N.Value'];

const BLOCK_DEVICES = [
  ...['DeviceName', 'NoDevice', 'VirtualName'],
  ...['AvailabilityZone', 'AvailabilityZoneId', 'DeleteOnTermination', 'EbsCardIndex', 'Encrypted', 'Iops'].map(ebs),
  ...['KmsKeyId', 'OutpostArn', 'SnapshotId', 'Throughput', 'VolumeInitializationRate'].map(ebs),
  ...['VolumeSize', 'VolumeType'].map(ebs),
].map((name) => `BlockDeviceMapping.N.${name}`);

function ebs(name: string): string {
  return `Ebs.${name}`;
}

function operation(carryOut: Operation, ...parameters: readonly string[]): Ec2Operation {
  return { carryOut, parameters: ['DryRun', ...parameters] };
}

export const EC2_OPERATIONS: Readonly<Record<string, Ec2Operation>> = {
  CreateImage: operation(
    createImage,
    ...['Description', 'InstanceId', 'Name', 'NoReboot', 'SnapshotLocation', ...BLOCK_DEVICES],
    ...['ResourceType', ...TAGS].map((name) => `TagSpecification.N.${name}`),
  ),
  CreateTags: operation(createTags, 'ResourceId.N', ...TAGS),
  DeleteTags: operation(deleteTags, 'ResourceId.N', ...TAGS),
  DescribeImageAttribute: operation(describeImageAttribute, 'Attribute', 'ImageId'),
  DescribeImages: operation(
    describeImages,
    ...['ExecutableBy.N', 'ImageId.N', 'IncludeDeprecated', 'IncludeDisabled', 'Owner.N', ...FILTERS, ...PAGES],
  ),
  DescribeInstances: operation(describeInstances, 'IncludeManagedResources', 'InstanceId.N', ...FILTERS, ...PAGES),
  DescribeRegions: operation(describeRegions, 'AllRegions', 'RegionName.N', ...FILTERS),
  DescribeSnapshots: operation(describeSnapshots, 'Owner.N', 'RestorableBy.N', 'SnapshotId.N', ...FILTERS, ...PAGES),
  DescribeTags: operation(describeTags, ...FILTERS, ...PAGES),
  DescribeVolumes: operation(describeVolumes, 'IncludeManagedResources', 'VolumeId.N', ...FILTERS, ...PAGES),
};
