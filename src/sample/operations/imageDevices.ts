import type { SampleDevice, SampleEbs, SampleInstance, SampleVolume } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import type { QueryParameters } from '../wire/query.ts';
import type { OperationContext } from './context.ts';
import { resourcesByIds, SNAPSHOT } from './storageResources.ts';
import { checkVolume, iopsOf } from './volumeLimits.ts';

/** "Device names for volumes" of the EC2 user guide. */
const DEVICE_NAME = /^(\/dev\/)?((sd|hd)[a-z]([1-9]|1[0-5])?|xvd[a-z]([a-z]|[1-9]|1[0-5])?)$/;
const VIRTUAL_NAME = /^ephemeral([0-9]|1[0-9]|2[0-3])$/;

/** Not supported by CreateImage (API reference, EbsBlockDevice). */
const UNSUPPORTED = ['AvailabilityZone', 'AvailabilityZoneId', 'OutpostArn', 'VolumeInitializationRate'];

/** "Default: gp2" (API reference, CreateVolume). */
const DEFAULT_TYPE = 'gp2';

/** A device of the instance; instance store volumes have no `volume`. */
interface ExistingDevice {
  readonly device: SampleDevice;
  readonly volume?: SampleVolume | undefined;
}

/**
 * The block device mapping of a new image: the instance's devices with the request's changes. Only DeleteOnTermination
 * of an existing device may change; its other values may be repeated.
 *
 * @throws ServiceError InvalidBlockDeviceMapping and others
 */
export function imageDevices(context: OperationContext, instance: SampleInstance): readonly SampleDevice[] {
  if (instance.rootDeviceType === 'instance-store') {
    throw new ServiceError(
      'InvalidParameterValue',
      `Instance ${instance.id} is instance store-backed. CreateImage is for EBS-backed instances only.`,
    );
  }
  const existing = new Map(
    existingDevices(context, instance).map((entry) => [shortName(entry.device.deviceName), entry] as const),
  );
  const devices = new Map([...existing].map(([name, { device }]) => [name, device]));
  const changed = new Set<string>();
  for (const change of context.params.structs('BlockDeviceMapping')) {
    const deviceName = change.required('DeviceName');
    const name = shortName(deviceName);
    if (changed.has(name)) {
      throw refused(`The device '${deviceName}' is used in more than one block-device mapping`);
    }
    changed.add(name);
    const before = existing.get(name);
    if (change.get('NoDevice') === undefined) {
      devices.set(name, before ? changedDevice(before, change) : newDevice(context, deviceName, change));
    } else if (name === shortName(instance.rootDeviceName)) {
      throw refused(`The root device ${deviceName} cannot be left out`);
    } else {
      devices.delete(name);
    }
  }
  return [...devices.values()];
}

function existingDevices({ region }: OperationContext, instance: SampleInstance): readonly ExistingDevice[] {
  const volumes = instance.volumes.flatMap(({ deviceName, volumeId, deleteOnTermination }): ExistingDevice[] => {
    const volume = region.volumes.get(volumeId);
    if (!volume) {
      return [];
    }
    const { size, type, iops, throughput, encrypted, kmsKeyId } = volume;
    const ebs: SampleEbs = { size, type, iops, throughput, encrypted, kmsKeyId, deleteOnTermination };
    return [{ device: { deviceName, ebs }, volume }];
  });
  return [...volumes, ...instance.instanceStore.map((device) => ({ device }))];
}

/** A device of the instance, with the one change that EC2 allows. */
function changedDevice({ device, volume }: ExistingDevice, change: QueryParameters): SampleDevice {
  const { deviceName, virtualName, ebs } = device;
  const wanted = change.get('VirtualName');
  if (wanted !== undefined && wanted !== virtualName) {
    throw refused(`Invalid virtual name ${wanted} for ${deviceName}`);
  }
  checkSupported(change);
  if (!ebs || !volume) {
    const [other] = ebsParameters(change);
    if (other !== undefined) {
      throw refused(`${other} can only be modified on EBS devices`);
    }
    return device;
  }
  checkUnchanged(volume, change);
  return {
    deviceName,
    ebs: { ...ebs, deleteOnTermination: change.boolean('Ebs.DeleteOnTermination') ?? ebs.deleteOnTermination },
  };
}

function checkUnchanged(volume: SampleVolume, change: QueryParameters): void {
  // EC2 ignores a request to unencrypt an encrypted volume (API reference, EbsBlockDevice).
  if (change.boolean('Ebs.Encrypted') && !volume.encrypted) {
    throw refused(
      `the encrypted flag cannot be specified since device ${shortName(volume.deviceName)} has a conflicting encryption setting`,
    );
  }
  const keyId = volume.kmsKeyId?.split('/').at(-1);
  const has: Readonly<Record<string, readonly (string | number | undefined)[]>> = {
    Iops: [iopsOf(volume)],
    KmsKeyId: [volume.kmsKeyId, keyId],
    SnapshotId: [volume.snapshotId],
    Throughput: [volume.throughput],
    VolumeSize: [volume.size],
    VolumeType: [volume.type],
  };
  for (const [field, values] of Object.entries(has)) {
    const wanted = change.get(`Ebs.${field}`);
    if (wanted !== undefined && !values.some((value) => value !== undefined && String(value) === wanted)) {
      throw refused(`The parameter ${field} cannot be changed for the existing mapping of ${volume.deviceName}`);
    }
  }
}

/** A device that the instance lacks: an instance store volume, an empty volume or one from a snapshot. */
function newDevice(context: OperationContext, deviceName: string, change: QueryParameters): SampleDevice {
  if (!DEVICE_NAME.test(deviceName)) {
    throw refused(`Invalid device name ${deviceName}`);
  }
  const virtualName = change.get('VirtualName');
  const [ebs] = ebsParameters(change);
  if (virtualName !== undefined) {
    if (!VIRTUAL_NAME.test(virtualName) || ebs !== undefined) {
      throw refused(`Invalid virtual name ${virtualName} for ${deviceName}`);
    }
    return { deviceName, virtualName };
  }
  checkSupported(change);
  if (change.get('Ebs.KmsKeyId') !== undefined) {
    throw refused(`The parameter KmsKeyId is not supported for ${deviceName}`);
  }
  const snapshotId = change.get('Ebs.SnapshotId');
  const [snapshot] =
    snapshotId === undefined ? [] : resourcesByIds(context.region.allSnapshots(context.now), [snapshotId], SNAPSHOT);
  const size = wholeNumber(change, 'VolumeSize') ?? snapshot?.size;
  if (size === undefined) {
    throw refused(`Either snapshot ID or volume size must be provided for: ${deviceName}`);
  }
  const encrypted = change.boolean('Ebs.Encrypted');
  if (snapshot) {
    if (snapshot.state !== 'completed') {
      throw new ServiceError('IncorrectState', `Snapshot is in invalid state - ${snapshot.state}`);
    }
    if (encrypted !== undefined) {
      throw refused(`the encrypted flag cannot be specified since device ${deviceName} has a snapshot specified.`);
    }
    if (size < snapshot.size) {
      throw refused(
        `Volume of size ${size}GB is smaller than snapshot '${snapshot.id}', expect size >= ${snapshot.size}GB`,
      );
    }
  }
  const volume = {
    size,
    type: change.get('Ebs.VolumeType') ?? DEFAULT_TYPE,
    iops: wholeNumber(change, 'Iops'),
    throughput: wholeNumber(change, 'Throughput'),
  };
  checkVolume(volume);
  return {
    deviceName,
    ebs: {
      ...volume,
      snapshotId: snapshot?.id,
      encrypted: snapshot?.encrypted ?? encrypted ?? false,
      kmsKeyId: snapshot?.kmsKeyId,
      deleteOnTermination: change.boolean('Ebs.DeleteOnTermination') ?? true,
    },
  };
}

/** @throws ServiceError InvalidParameterValue */
function wholeNumber(change: QueryParameters, field: string): number | undefined {
  const text = change.get(`Ebs.${field}`);
  if (text !== undefined && !/^\d{1,9}$/.test(text)) {
    throw new ServiceError('InvalidParameterValue', `Value (${text}) for parameter ebs.${field} is invalid.`);
  }
  return text === undefined ? undefined : Number(text);
}

function checkSupported(change: QueryParameters): void {
  const unsupported = UNSUPPORTED.find((field) => change.get(`Ebs.${field}`) !== undefined);
  if (unsupported !== undefined) {
    throw refused(`The parameter ${unsupported} is not supported by CreateImage`);
  }
}

/** The request's parameters below `Ebs`. */
function ebsParameters(change: QueryParameters): readonly string[] {
  return [...change.names].filter((name) => name.startsWith('Ebs.')).map((name) => name.slice('Ebs.'.length));
}

/** A device name without `/dev/`, which EC2 accepts too. */
function shortName(deviceName: string): string {
  return deviceName.replace(/^\/dev\//, '');
}

function refused(message: string): ServiceError {
  return new ServiceError('InvalidBlockDeviceMapping', message);
}
