import { resourceId } from '../data/identifiers.ts';
import type { SampleDevice, SampleInstance } from '../model.ts';
import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import type { QueryParameters } from '../wire/query.ts';
import { element } from '../wire/xml.ts';
import { type OperationContext, stopDryRun } from './context.ts';
import { findInstances } from './describeInstances.ts';
import { imageDevices } from './imageDevices.ts';
import { checkTags, length, readTags } from './tags.ts';

const MAX_DESCRIPTION = 255;

/** The characters that the API reference allows in an image's name. */
const IMAGE_NAME = /^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/;

export function createImage(context: OperationContext): string {
  const { params, region, now } = context;
  const instanceId = params.required('InstanceId');
  const name = params.required('Name');
  const description = params.get('Description');
  if (!IMAGE_NAME.test(name)) {
    throw new ServiceError(
      'InvalidAMIName.Malformed',
      'AMI names must be between 3 and 128 characters long, and may contain letters, numbers, ' +
        "'(', ')', '[', ']', ' ', '.', '/', '-', ''', '@' and '_'",
    );
  }
  checkDescription(description ?? '');
  checkLocation(params.get('SnapshotLocation'));
  const tags = tagSpecifications(params);
  const [instance] = findInstances(context, [instanceId]);
  if (!instance) {
    throw new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${instanceId}' does not exist`);
  }
  const devices = imageDevices(context, instance);
  const noReboot = params.boolean('NoReboot') ?? false;
  stopDryRun(params);
  checkState(instance);
  const existing = [...region.images, ...region.createdImages(now)].find(
    (image) => image.ownerId === SAMPLE_ACCOUNT_ID && image.name === name,
  );
  if (existing) {
    throw new ServiceError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${existing.id}`);
  }
  const id = resourceId('ami', region.name, `created/${region.createdCount}/${name}`);
  const { mapped, volumeIds } = withSnapshots(region.name, id, instance, devices);
  region.addCreated({
    id,
    instanceId,
    name,
    description,
    devices: mapped,
    volumeIds: [...volumeIds],
    createdAt: now,
    fails: name.includes(context.failingName),
  });
  region.setTags(id, tags.image);
  for (const snapshotId of volumeIds.keys()) {
    region.setTags(snapshotId, tags.snapshot);
  }
  if (!noReboot && instance.state === 'running') {
    context.recordReboot({ region: region.name, instanceId, time: new Date(now).toISOString() });
  }
  return element('imageId', id);
}

interface ImageTags {
  readonly image: ReadonlyMap<string, string>;
  readonly snapshot: ReadonlyMap<string, string>;
}

/** @throws ServiceError InvalidParameterValue, TagLimitExceeded */
function tagSpecifications(params: QueryParameters): ImageTags {
  const tags = new Map<string, ReadonlyMap<string, string>>();
  for (const specification of params.structs('TagSpecification')) {
    const type = specification.get('ResourceType') ?? '';
    if (type === '') {
      throw new ServiceError('InvalidParameterValue', 'Tag specification resource type must have a value');
    }
    if (type !== 'image' && type !== 'snapshot') {
      throw new ServiceError(
        'InvalidParameterValue',
        `'${type}' is not a valid taggable resource type for this operation.`,
      );
    }
    if (tags.has(type)) {
      throw new ServiceError(
        'InvalidParameterValue',
        'The same resource type may not be specified more than once in tag specifications',
      );
    }
    const given = readTags(specification);
    if (given.size === 0) {
      throw new ServiceError('InvalidParameterValue', 'Tag specification must have at least one tag');
    }
    checkTags(given);
    tags.set(type, given);
  }
  return { image: tags.get('image') ?? new Map(), snapshot: tags.get('snapshot') ?? new Map() };
}

/** @throws ServiceError InvalidParameterValue */
function checkDescription(description: string): void {
  if (length(description) > MAX_DESCRIPTION) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value for parameter description is invalid. Description must be less than ${MAX_DESCRIPTION + 1} characters long`,
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: matches ASCII, including its control characters.
  if (!/^[\x00-\x7f]*$/.test(description)) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value (${description}) for parameter description is invalid. Character sets beyond ASCII are not supported.`,
    );
  }
}

/**
 * A Local Zone holds snapshots only of its own instances, and the account has none there (API reference, CreateImage).
 */
function checkLocation(location: string | undefined): void {
  if (location !== undefined && location !== 'regional') {
    throw new ServiceError('InvalidParameterValue', `Value (${location}) for parameter snapshotLocation is invalid.`);
  }
}

/**
 * EC2's message for a terminated instance is from aws-samples/aws-systemsmanagerautomation-with-asglifecyclehooks issue
 * 2.
 */
function checkState({ id, state }: SampleInstance): void {
  if (state === 'terminated' || state === 'shutting-down') {
    throw new ServiceError(
      'InvalidParameterValue',
      `Invalid value '${id}' for instanceId. Instance is not in state 'running' or 'stopping' or 'stopped'`,
    );
  }
  if (state === 'pending') {
    throw new ServiceError(
      'IncorrectInstanceState',
      `The instance '${id}' is not in the 'running' or 'stopped' state.`,
    );
  }
}

/** Each volume of the instance gets a snapshot; a volume that the request adds starts from its own, if any. */
function withSnapshots(region: string, imageId: string, instance: SampleInstance, devices: readonly SampleDevice[]) {
  const volumeIds = new Map<string, string>();
  const mapped = devices.map((device) => {
    const volume = instance.volumes.find(({ deviceName }) => deviceName === device.deviceName);
    if (!volume || !device.ebs) {
      return device;
    }
    const snapshotId = resourceId('snap', region, `${imageId}/${device.deviceName}`);
    volumeIds.set(snapshotId, volume.volumeId);
    return { ...device, ebs: { ...device.ebs, snapshotId } };
  });
  return { mapped, volumeIds };
}
