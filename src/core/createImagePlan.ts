import type { CreateImageRequest, DeviceChange } from './createImage.ts';
import type { Image, Tag } from './image.ts';
import { duplicateNames, expandNamePattern, placeholderValues } from './imageName.ts';
import type { Instance } from './instance.ts';
import { rootVolumeOf } from './rootDevice.ts';

/** Why EC2 would refuse to make an image: the instance must be EBS-backed, and running or stopped. */
export type Refusal =
  | { readonly kind: 'instance-store' }
  /** The image can be made once the state has settled. */
  | { readonly kind: 'changing'; readonly state: string }
  | { readonly kind: 'gone'; readonly state: string };

/** Undefined where an image can be made. */
export function refusalOf(instance: Instance): Refusal | undefined {
  const { state } = instance;
  if (state === 'terminated' || state === 'shutting-down') {
    return { kind: 'gone', state };
  }
  if (instance.rootDeviceType === 'instance-store') {
    return { kind: 'instance-store' };
  }
  return state === 'pending' || state === 'stopping' ? { kind: 'changing', state } : undefined;
}

/** A volume of an instance and its place in the image to be made. */
export interface VolumePlan {
  readonly instanceId: string;
  readonly deviceName: string;
  readonly volumeId: string;
  /** Holds the operating system. */
  readonly root: boolean;
  /** The root cannot be left out. If the root is unknown, no volume can be left out. */
  readonly required: boolean;
  readonly included: boolean;
  /** Of instances launched from the image. */
  readonly deleteOnTermination: boolean;
}

/** The volumes of an instance as EC2 would map them when nothing is changed; root first, then by device name. */
export function volumePlans(instance: Instance): readonly VolumePlan[] {
  const rootId = rootVolumeOf(instance)?.volumeId;
  return instance.volumes
    .map(({ deviceName, volumeId, deleteOnTermination }) => ({
      instanceId: instance.id,
      deviceName,
      volumeId,
      root: volumeId === rootId,
      required: rootId === undefined || volumeId === rootId,
      included: true,
      deleteOnTermination,
    }))
    .sort((a, b) => Number(b.root) - Number(a.root) || a.deviceName.localeCompare(b.deviceName, 'en'));
}

/** Only volumes whose mapping differs from the instance's are sent to CreateImage. */
function deviceChanges(instance: Instance, plans: readonly VolumePlan[]): readonly DeviceChange[] {
  return plans.flatMap((plan): DeviceChange[] => {
    const { deviceName } = plan;
    const volume = instance.volumes.find((candidate) => candidate.deviceName === deviceName);
    if (plan.instanceId !== instance.id || !volume) {
      return [];
    }
    if (!plan.included && !plan.required) {
      return [{ deviceName, change: 'leave-out' }];
    }
    return plan.deleteOnTermination === volume.deleteOnTermination
      ? []
      : [{ deviceName, change: 'delete-on-termination', value: plan.deleteOnTermination }];
  });
}

/** Everything that the user decides. `pattern` is the image's name, or the name pattern for several instances. */
export interface CreateImagePlan {
  readonly instances: readonly Instance[];
  readonly pattern: string;
  readonly description: string;
  /** Undefined until the user has chosen. */
  readonly reboot: boolean | undefined;
  readonly volumes: readonly VolumePlan[];
  readonly imageTags: readonly Tag[];
  readonly snapshotTags: readonly Tag[];
}

export interface PlannedName {
  readonly instance: Instance;
  readonly name: string;
}

/**
 * The names of the images to be made; `now` is in milliseconds since 1970. For one instance the pattern is used as the
 * name.
 */
export function plannedNames(instances: readonly Instance[], pattern: string, now: number): readonly PlannedName[] {
  return instances.map((instance) => ({
    instance,
    name: instances.length === 1 ? pattern : expandNamePattern(pattern, placeholderValues(instance, now)).text,
  }));
}

/** Names that occur twice in one region, where EC2 requires unique names. */
export function clashingNames(names: readonly PlannedName[]): readonly string[] {
  const regions = new Set(names.map(({ instance }) => instance.region));
  return [
    ...new Set(
      [...regions].flatMap((region) =>
        duplicateNames(names.filter(({ instance }) => instance.region === region).map(({ name }) => name)),
      ),
    ),
  ];
}

/**
 * One request per instance. Only a running instance is rebooted: a stopped one may have been started by somebody else
 * before the request arrives.
 */
export function toRequests(plan: CreateImagePlan, now: number): readonly CreateImageRequest[] {
  return plannedNames(plan.instances, plan.pattern, now).map(({ instance, name }) => ({
    region: instance.region,
    instanceId: instance.id,
    name,
    description: plan.description.trim() === '' ? undefined : plan.description.trim(),
    reboot: plan.reboot === true && isRunning(instance),
    deviceChanges: deviceChanges(instance, plan.volumes),
    imageTags: plan.imageTags,
    snapshotTags: plan.snapshotTags,
  }));
}

export function isRunning(instance: Instance): boolean {
  return instance.state === 'running';
}

/** Characters of a description that EC2 refuses ("Character sets beyond ASCII are not supported"), each once. */
export function refusedInDescription(description: string): readonly string[] {
  return [...new Set([...description].filter((character) => !/[\x20-\x7e]/.test(character)))];
}

/** The permission that a refusal names: `User: … is not authorized to perform: ec2:CreateImage on resource: arn:…`. */
export function missingPermission(
  message: string,
): { readonly action: string; readonly resource?: string } | undefined {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
  const resource = /on resource: (\S+)/.exec(message)?.[1];
  return action ? { action, ...(resource ? { resource } : {}) } : undefined;
}

/**
 * Percent of an image's snapshots, weighted by volume size where all sizes are known; undefined without any progress. A
 * snapshot that has not appeared yet counts as 0, and 100 is left to the image's own state.
 */
export function overallProgress(
  image: Image,
  snapshots: ReadonlyMap<string, { readonly progress: number }>,
): number | undefined {
  const devices = image.blockDevices.flatMap((device) => (device.kind === 'ebs' ? [device] : []));
  if (!devices.some((device) => device.snapshotId && snapshots.has(device.snapshotId))) {
    return undefined;
  }
  const sized = devices.every((device) => (device.volumeSize ?? 0) > 0);
  let done = 0;
  let total = 0;
  for (const device of devices) {
    const weight = sized ? (device.volumeSize ?? 0) : 1;
    const { progress } = snapshots.get(device.snapshotId ?? '') ?? { progress: 0 };
    done += weight * Math.min(100, Math.max(0, progress));
    total += weight;
  }
  return Math.min(99, Math.floor(done / total));
}
