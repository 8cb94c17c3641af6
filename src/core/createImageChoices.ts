import type { CreateImageRequest, DeviceChange } from './createImage.ts';
import type { Tag } from './image.ts';
import {
  defaultImageName,
  defaultNamePattern,
  duplicateNames,
  expandNamePattern,
  placeholderValues,
} from './imageName.ts';
import type { Instance } from './instance.ts';
import { rootVolumeOf } from './rootDevice.ts';
import { parseTags } from './tagText.ts';

/** Why EC2 would refuse to make an image: the instance must be EBS-backed, and running or stopped. */
export type Unfitness =
  | { readonly kind: 'instance-store' }
  /** The image can be made once the state has settled. */
  | { readonly kind: 'changing'; readonly state: string }
  | { readonly kind: 'gone'; readonly state: string };

/** Undefined where an image can be made. */
export function unfitnessOf(instance: Instance): Unfitness | undefined {
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

/** What the user decides, as it was entered; it lasts from step to step, and when something fails. */
export interface CreateImageChoices {
  /** The image's name, or the name pattern for several instances. */
  readonly pattern: string;
  readonly description: string;
  /** Undefined until the user has chosen. */
  readonly reboot: boolean | undefined;
  readonly volumes: readonly VolumePlan[];
  readonly imageTags: string;
  /** Undefined: image and snapshots are tagged together. */
  readonly snapshotTags: string | undefined;
  /** When the user began, in milliseconds since 1970: names that carry the date stay the same from step to step. */
  readonly now: number;
}

export function newChoices(instances: readonly Instance[], now: number): CreateImageChoices {
  return {
    pattern: defaultPattern(instances, now),
    description: '',
    reboot: undefined,
    volumes: instances.flatMap(volumePlans),
    imageTags: '',
    snapshotTags: undefined,
    now,
  };
}

function defaultPattern(instances: readonly Instance[], now: number): string {
  const [only] = instances;
  if (instances.length === 1 && only) {
    return defaultImageName(only, now);
  }
  const unique = clashingNames(plannedNames(instances, defaultNamePattern, now)).length === 0;
  return unique ? defaultNamePattern : '{name}-{id}-{date}';
}

/**
 * The choices for some of the instances, as they are now. The one that is left keeps the name that its image was to have,
 * and volumes that are still there keep what was decided about them.
 */
export function narrowChoices(
  choices: CreateImageChoices,
  from: readonly Instance[],
  to: readonly Instance[],
): CreateImageChoices {
  const names = plannedNames(from, choices.pattern, choices.now);
  const [only, ...others] = to;
  const name = others.length === 0 ? names.find(({ instance }) => instance.id === only?.id)?.name : undefined;
  return {
    ...choices,
    pattern: name ?? choices.pattern,
    volumes: to.flatMap(volumePlans).map((plan) => decidedAs(choices.volumes.find(isSameVolume(plan)), plan)),
  };
}

function isSameVolume(one: VolumePlan) {
  return (other: VolumePlan) =>
    other.instanceId === one.instanceId && other.deviceName === one.deviceName && other.volumeId === one.volumeId;
}

function decidedAs(decided: VolumePlan | undefined, plan: VolumePlan): VolumePlan {
  return decided
    ? {
        ...plan,
        included: decided.included || plan.required,
        deleteOnTermination: decided.deleteOnTermination,
      }
    : plan;
}

/**
 * The tags of the image and of its snapshots; none where a text cannot be read, which its step does not let through.
 */
export function chosenTags({ imageTags, snapshotTags }: CreateImageChoices): {
  readonly imageTags: readonly Tag[];
  readonly snapshotTags: readonly Tag[];
} {
  return { imageTags: tagsIn(imageTags), snapshotTags: tagsIn(snapshotTags ?? imageTags) };
}

function tagsIn(text: string): readonly Tag[] {
  const parsed = parseTags(text);
  return parsed.ok ? parsed.tags : [];
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
export function toRequests(instances: readonly Instance[], choices: CreateImageChoices): readonly CreateImageRequest[] {
  const { pattern, now, description, reboot, volumes } = choices;
  return plannedNames(instances, pattern, now).map(({ instance, name }) => ({
    region: instance.region,
    instanceId: instance.id,
    name,
    description: description.trim() === '' ? undefined : description.trim(),
    reboot: reboot === true && isRunning(instance),
    deviceChanges: deviceChanges(instance, volumes),
    ...chosenTags(choices),
  }));
}

export function isRunning(instance: Instance): boolean {
  return instance.state === 'running';
}

/** Characters of a description that EC2 refuses ("Character sets beyond ASCII are not supported"), each once. */
export function refusedInDescription(description: string): readonly string[] {
  return [...new Set([...description].filter((character) => !/[\x20-\x7e]/.test(character)))];
}
