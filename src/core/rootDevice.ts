import { type BlockDevice, backingOf, type Image } from './image.ts';
import type { Instance, InstanceVolume } from './instance.ts';

/**
 * Which mapping is the root, where it has not the very name of the root device: EC2 takes `/dev/sda1` and `/dev/sda` for
 * the same device, and gives `/dev/sda1` to what a kernel calls `/dev/xvda`. Such images are common enough that Terraform's
 * provider looks for their root as well (`internal/service/ec2/ec2_instance.go`, `fetchRootDeviceName`).
 */

/** A device's name without what names of the same device differ in. */
interface DeviceName {
  /** `sd`, `xvd`, `hd`, `vd`, `nvme` */
  readonly bus: string;
  readonly disk: string;
  /** Empty for the whole disk. */
  readonly partition: string;
}

function readDeviceName(name: string): DeviceName | undefined {
  const plain = plainName(name);
  const lettered = /^(sd|xvd|hd|vd)([a-z]{1,3})(\d*)$/.exec(plain);
  const [, bus = '', disk = '', partition = ''] = lettered ?? /^(nvme)(\d+)n1(?:p(\d+))?$/.exec(plain) ?? [];
  return bus === '' ? undefined : { bus, disk, partition };
}

function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^\/dev\//, '');
}

/** How far apart two names of the same device are; undefined for those of different ones. */
function distance(wanted: string, name: string): number | undefined {
  if (name === wanted) return 0;
  if (plainName(name) === plainName(wanted)) return 1;
  const [a, b] = [readDeviceName(wanted), readDeviceName(name)];
  if (!a || !b || a.disk !== b.disk || (a.bus === 'nvme') !== (b.bus === 'nvme')) return undefined;
  // Two partitions of a disk are two devices; a disk and its first one are the same to EC2.
  if (a.partition !== b.partition && a.partition !== '' && b.partition !== '') return undefined;
  return (a.bus === b.bus ? 2 : 4) + Number(a.partition !== b.partition);
}

/** The device that goes by a name, or by the most similar name of the same device. */
function deviceNamed<T extends { readonly deviceName: string }>(wanted: string, devices: readonly T[]): T | undefined {
  let best: { readonly device: T; readonly distance: number } | undefined;
  for (const device of devices) {
    const found = distance(wanted, device.deviceName);
    if (found !== undefined && (best === undefined || found < best.distance)) best = { device, distance: found };
  }
  return best?.device;
}

/** EC2 keeps this name, and by its other name `/dev/xvda`, for the root (EC2 User Guide, "Device names for volumes"). */
const usualRoot = '/dev/sda1';

/** Of EBS volumes one must be the root: the one of its name, or the only one that it can be. */
function rootVolume<T extends { readonly deviceName: string }>(
  rootDeviceName: string | undefined,
  volumes: readonly T[],
): T | undefined {
  const [only, ...others] = volumes;
  return deviceNamed(rootDeviceName ?? usualRoot, volumes) ?? (others.length === 0 ? only : undefined);
}

/**
 * The device that holds the operating system, where the image maps it: an instance store-backed image has no mapping
 * for its root. Undefined, too, where it cannot be told which one it is.
 */
export function rootDevice(
  image: Pick<Image, 'rootDeviceType' | 'rootDeviceName' | 'blockDevices'>,
): BlockDevice | undefined {
  const { rootDeviceName, blockDevices } = image;
  if (backingOf(image) !== 'ebs') {
    const mapped = blockDevices.filter(({ kind }) => kind !== 'suppressed');
    return rootDeviceName === undefined ? undefined : deviceNamed(rootDeviceName, mapped);
  }
  const volumes = blockDevices.flatMap((device) => (device.kind === 'ebs' ? [device] : []));
  // Nothing boots from an empty volume. While an image is being made, none of them may have its snapshot yet.
  const filled = volumes.filter(({ snapshotId }) => snapshotId !== undefined);
  return (
    volumes.find(({ deviceName }) => deviceName === rootDeviceName) ??
    rootVolume(rootDeviceName, filled.length > 0 ? filled : volumes)
  );
}

/** The volume that an instance runs from; undefined where it cannot be told which one it is. */
export function rootVolumeOf({
  rootDeviceName,
  volumes,
}: Pick<Instance, 'rootDeviceName' | 'volumes'>): InstanceVolume | undefined {
  return rootVolume(rootDeviceName, volumes);
}

/** Root first, then the others in the order of their device names. */
export function devicesInOrder(image: Image): readonly BlockDevice[] {
  const root = rootDevice(image);
  return [...image.blockDevices].sort(
    (a, b) => Number(b === root) - Number(a === root) || a.deviceName.localeCompare(b.deviceName, 'en'),
  );
}
