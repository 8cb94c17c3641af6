import type { Action } from './context.ts';
import { createImage } from './createImage.ts';
import { describeImageAttribute } from './describeImageAttribute.ts';
import { describeImages } from './describeImages.ts';
import { describeInstances } from './describeInstances.ts';
import { describeRegions } from './describeRegions.ts';
import { describeSnapshots } from './describeSnapshots.ts';
import { describeVolumes } from './describeVolumes.ts';
import { createTags, deleteTags, describeTags } from './tags.ts';

interface Ec2Action {
  readonly carryOut: Action;
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

function action(carryOut: Action, ...parameters: readonly string[]): Ec2Action {
  return { carryOut, parameters: ['DryRun', ...parameters] };
}

export const EC2_ACTIONS: Readonly<Record<string, Ec2Action>> = {
  CreateImage: action(
    createImage,
    ...['Description', 'InstanceId', 'Name', 'NoReboot', 'SnapshotLocation', ...BLOCK_DEVICES],
    ...['ResourceType', ...TAGS].map((name) => `TagSpecification.N.${name}`),
  ),
  CreateTags: action(createTags, 'ResourceId.N', ...TAGS),
  DeleteTags: action(deleteTags, 'ResourceId.N', ...TAGS),
  DescribeImageAttribute: action(describeImageAttribute, 'Attribute', 'ImageId'),
  DescribeImages: action(
    describeImages,
    ...['ExecutableBy.N', 'ImageId.N', 'IncludeDeprecated', 'IncludeDisabled', 'Owner.N', ...FILTERS, ...PAGES],
  ),
  DescribeInstances: action(describeInstances, 'IncludeManagedResources', 'InstanceId.N', ...FILTERS, ...PAGES),
  DescribeRegions: action(describeRegions, 'AllRegions', 'RegionName.N', ...FILTERS),
  DescribeSnapshots: action(describeSnapshots, 'Owner.N', 'RestorableBy.N', 'SnapshotId.N', ...FILTERS, ...PAGES),
  DescribeTags: action(describeTags, ...FILTERS, ...PAGES),
  DescribeVolumes: action(describeVolumes, 'IncludeManagedResources', 'VolumeId.N', ...FILTERS, ...PAGES),
};
