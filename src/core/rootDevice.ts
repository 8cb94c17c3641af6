import { type BlockDevice, backingOf, type Image } from './image.ts';
import type { Instance, InstanceVolume } from './instance.ts';

/**
 * Finds the root among the mappings, even where its name differs from the root device name. EC2 treats `/dev/sda1` and
 * `/dev/sda` as one device, and `/dev/sda1` may be `/dev/xvda` to the kernel. Terraform's provider does the same
 * (`internal/service/ec2/ec2_instance.go`, `fetchRootDeviceName`).
 */

/** A device name without the parts in which names of one device may differ. */
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

/** How much two names of one device differ; undefined for different devices. */
function distance(wanted: string, name: string): number | undefined {
  if (name === wanted) return 0;
  if (plainName(name) === plainName(wanted)) return 1;
  const [a, b] = [readDeviceName(wanted), readDeviceName(name)];
  if (!a || !b || a.disk !== b.disk || (a.bus === 'nvme') !== (b.bus === 'nvme')) return undefined;
  // Two partitions of a disk are two devices, but EC2 treats a disk and its first partition as one.
  if (a.partition !== b.partition && a.partition !== '' && b.partition !== '') return undefined;
  return (a.bus === b.bus ? 2 : 4) + Number(a.partition !== b.partition);
}

/** The device with this name, or else with the most similar name of the same device. */
function deviceNamed<T extends { readonly deviceName: string }>(wanted: string, devices: readonly T[]): T | undefined {
  let best: { readonly device: T; readonly distance: number } | undefined;
  for (const device of devices) {
    const found = distance(wanted, device.deviceName);
    if (found !== undefined && (best === undefined || found < best.distance)) best = { device, distance: found };
  }
  return best?.device;
}

/** EC2 reserves this name, also as `/dev/xvda`, for the root (EC2 User Guide, "Device names for volumes"). */
const usualRoot = '/dev/sda1';

/** The root among EBS volumes: by its name, or because it is the only one. */
function rootVolume<T extends { readonly deviceName: string }>(
  rootDeviceName: string | undefined,
  volumes: readonly T[],
): T | undefined {
  const [only, ...others] = volumes;
  return deviceNamed(rootDeviceName ?? usualRoot, volumes) ?? (others.length === 0 ? only : undefined);
}

/**
 * The device with the operating system. Undefined where it is ambiguous, and for instance store-backed images without a
 * mapping for the root.
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
  // An empty volume cannot be the root. While an image is pending, none of its volumes may have a snapshot yet.
  const filled = volumes.filter(({ snapshotId }) => snapshotId !== undefined);
  return (
    volumes.find(({ deviceName }) => deviceName === rootDeviceName) ??
    rootVolume(rootDeviceName, filled.length > 0 ? filled : volumes)
  );
}

/** The volume that an instance boots from; undefined where it is ambiguous. */
export function rootVolumeOf({
  rootDeviceName,
  volumes,
}: Pick<Instance, 'rootDeviceName' | 'volumes'>): InstanceVolume | undefined {
  return rootVolume(rootDeviceName, volumes);
}

/** The root first, then by device name. */
export function devicesInOrder(image: Image): readonly BlockDevice[] {
  const root = rootDevice(image);
  return [...image.blockDevices].sort(
    (a, b) => Number(b === root) - Number(a === root) || a.deviceName.localeCompare(b.deviceName, 'en'),
  );
}
