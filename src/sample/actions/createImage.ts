import { isoSecond, resourceId } from '../data/identifiers.ts';
import type { SampleDevice, SampleImage, SampleInstance } from '../model.ts';
import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import type { RegionState } from '../regionState.ts';
import { ServiceError } from '../wire/errors.ts';
import type { QueryParameters } from '../wire/query.ts';
import { element } from '../wire/xml.ts';
import { type ActionContext, stopDryRun } from './context.ts';
import { findInstances } from './describeInstances.ts';
import { checkTags, readTags } from './tags.ts';

const MAX_DESCRIPTION = 255;

/** The characters that the API reference allows in an image's name. */
const IMAGE_NAME = /^[A-Za-z0-9()[\] ./\-'@_]{3,128}$/;

export function createImage(context: ActionContext): string {
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
  if (description !== undefined && description.length > MAX_DESCRIPTION) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value for parameter description is invalid. Description must be less than ${MAX_DESCRIPTION + 1} characters long`,
    );
  }
  const tags = tagSpecifications(params);
  const [instance] = findInstances(context, [instanceId]);
  if (!instance) {
    throw new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${instanceId}' does not exist`);
  }
  const devices = devicesOf(region, instance, params);
  stopDryRun(params);
  checkState(instance);
  const existing = [...region.images, ...region.createdImages(now)].find(
    (image) => image.ownerId === SAMPLE_ACCOUNT_ID && image.name === name,
  );
  if (existing) {
    throw new ServiceError('InvalidAMIName.Duplicate', `AMI name ${name} is already in use by AMI ${existing.id}`);
  }
  const id = resourceId('ami', region.name, `created/${region.created.size}/${name}`);
  const image = imageOf(context, instance, { id, name, description, devices });
  region.created.set(id, { image, createdAt: now, fails: name.includes(context.failingName) });
  if (tags.image.size > 0) {
    region.tags.set(id, tags.image);
  }
  for (const { ebs } of image.devices) {
    if (ebs?.snapshotId !== undefined && tags.snapshot.size > 0) {
      region.tags.set(ebs.snapshotId, new Map(tags.snapshot));
    }
  }
  if (!params.boolean('NoReboot') && instance.state === 'running') {
    context.recordReboot({ region: region.name, instanceId, time: new Date(now).toISOString() });
  }
  return element('imageId', id);
}

function tagSpecifications(params: QueryParameters): { image: Map<string, string>; snapshot: Map<string, string> } {
  const tags = { image: new Map<string, string>(), snapshot: new Map<string, string>() };
  for (const specification of params.structs('TagSpecification')) {
    const type = specification.required('ResourceType');
    if (type !== 'image' && type !== 'snapshot') {
      throw new ServiceError(
        'InvalidParameterValue',
        `'${type}' is not a valid taggable resource type for this operation.`,
      );
    }
    tags[type] = readTags(specification);
    checkTags(tags[type]);
  }
  return tags;
}

/** EC2's words for an instance that is gone are those of aws-samples/aws-systemsmanagerautomation-with-asglifecyclehooks issue 2. */
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

/** The image's mapping: the instance's volumes and instance store volumes, with the changes that the request asks for. */
function devicesOf(region: RegionState, instance: SampleInstance, params: QueryParameters): SampleDevice[] {
  if (instance.rootDeviceType === 'instance-store') {
    throw new ServiceError(
      'InvalidParameterValue',
      `Instance ${instance.id} is instance store-backed. CreateImage is for EBS-backed instances only.`,
    );
  }
  const devices = new Map<string, SampleDevice>();
  for (const { deviceName, volumeId, deleteOnTermination } of instance.volumes) {
    const volume = region.volumes.get(volumeId);
    if (volume) {
      const { size, type, iops, throughput, encrypted, kmsKeyId } = volume;
      devices.set(deviceName, {
        deviceName,
        ebs: { size, type, iops, throughput, encrypted, kmsKeyId, deleteOnTermination },
      });
    }
  }
  for (const device of instance.instanceStore) {
    devices.set(device.deviceName, device);
  }
  for (const change of params.structs('BlockDeviceMapping')) {
    const deviceName = change.required('DeviceName');
    const changed = changedDevice(instance, deviceName, devices.get(deviceName), change);
    if (changed) {
      devices.set(deviceName, changed);
    } else {
      devices.delete(deviceName);
    }
  }
  return [...devices.values()];
}

/** Undefined where the device is left out: `NoDevice` removes it from the mapping, whatever its value is. */
function changedDevice(
  instance: SampleInstance,
  deviceName: string,
  existing: SampleDevice | undefined,
  change: QueryParameters,
): SampleDevice | undefined {
  if (change.get('NoDevice') !== undefined) {
    if (deviceName === instance.rootDeviceName) {
      throw new ServiceError('InvalidBlockDeviceMapping', `The root device ${deviceName} cannot be left out`);
    }
    return undefined;
  }
  const virtualName = change.get('VirtualName');
  if (virtualName !== undefined) {
    if (!/^ephemeral([0-9]|1[0-9]|2[0-3])$/.test(virtualName) || existing?.ebs) {
      throw new ServiceError('InvalidBlockDeviceMapping', `Invalid virtual name ${virtualName} for ${deviceName}`);
    }
    return { deviceName, virtualName };
  }
  const deleteOnTermination = change.boolean('Ebs.DeleteOnTermination');
  if (existing?.ebs) {
    const forbidden = ['VolumeSize', 'Encrypted', 'SnapshotId', 'KmsKeyId'].find(
      (field) => change.get(`Ebs.${field}`) !== undefined,
    );
    if (forbidden !== undefined) {
      throw new ServiceError(
        'InvalidBlockDeviceMapping',
        `The parameter ${forbidden} cannot be changed for the existing mapping of ${deviceName}`,
      );
    }
    return {
      deviceName,
      ebs: { ...existing.ebs, deleteOnTermination: deleteOnTermination ?? existing.ebs.deleteOnTermination },
    };
  }
  const size = Number(change.get('Ebs.VolumeSize'));
  if (!(size > 0)) {
    throw new ServiceError('InvalidBlockDeviceMapping', `snapshotId or volumeSize must be specified for ${deviceName}`);
  }
  const type = change.get('Ebs.VolumeType') ?? 'gp3';
  return { deviceName, ebs: { size, type, encrypted: false, deleteOnTermination: deleteOnTermination ?? true } };
}

function imageOf(
  { region, now }: ActionContext,
  instance: SampleInstance,
  { id, name, description, devices }: Pick<SampleImage, 'id' | 'name' | 'description' | 'devices'>,
): SampleImage {
  return {
    id,
    name,
    description,
    location: `${SAMPLE_ACCOUNT_ID}/${name ?? ''}`,
    ownerId: SAMPLE_ACCOUNT_ID,
    ownerAlias: undefined,
    state: 'pending',
    stateReason: undefined,
    creationDate: isoSecond(now),
    deprecationTime: undefined,
    lastLaunchedTime: undefined,
    architecture: instance.architecture,
    imageType: 'machine',
    windows: instance.windows,
    platformDetails: instance.platformDetails,
    usageOperation: instance.usageOperation,
    hypervisor: 'xen',
    virtualizationType: 'hvm',
    bootMode: instance.bootMode,
    tpmSupport: instance.tpmSupport,
    imdsSupport: undefined,
    enaSupport: true,
    sriovNetSupport: 'simple',
    kernelId: undefined,
    ramdiskId: undefined,
    productCodes: [],
    rootDeviceType: 'ebs',
    rootDeviceName: instance.rootDeviceName,
    // A snapshot is taken of every volume of the instance; a volume that the request adds starts empty.
    devices: devices.map((device) =>
      device.ebs && instance.volumes.some(({ deviceName }) => deviceName === device.deviceName)
        ? {
            ...device,
            ebs: { ...device.ebs, snapshotId: resourceId('snap', region.name, `${id}/${device.deviceName}`) },
          }
        : device,
    ),
    sourceInstanceId: instance.id,
    sourceImageId: instance.imageId,
    sourceImageRegion: region.name,
    deregistrationProtection: 'disabled',
    freeTierEligible: false,
    permissions: [],
  };
}
