import { describe, expect, it } from 'vitest';
import type { BlockDevice } from '../../src/core/image.ts';
import { devicesInOrder, rootDevice, rootVolumeOf } from '../../src/core/rootDevice.ts';
import { typeFactsOf } from '../../src/core/typeFacts.ts';
import { anEbsDevice, anImage } from './anImage.ts';

/**
 * `snap`: filled from a snapshot; `blank`: an empty volume; `gone`: suppressed; otherwise the name of an instance store
 * volume.
 */
type Kind = 'snap' | 'blank' | 'gone' | (string & {});

function device(deviceName: string, kind: Kind): BlockDevice {
  if (kind === 'gone') return { kind: 'suppressed', deviceName };
  if (kind !== 'snap' && kind !== 'blank') return { kind: 'instance-store', deviceName, virtualName: kind };
  return anEbsDevice({ deviceName, snapshotId: kind === 'snap' ? 'snap-0123456789abcdef0' : undefined });
}

function rootOf(rootDeviceName: string | undefined, mapped: Record<string, Kind>, rootDeviceType = 'ebs') {
  const blockDevices = Object.entries(mapped).map(([name, kind]) => device(name, kind));
  return rootDevice({ rootDeviceType, rootDeviceName, blockDevices })?.deviceName;
}

describe('the root of an EBS-backed image', () => {
  it.each<[string | undefined, Record<string, Kind>, string | undefined]>([
    ['/dev/sda1', { '/dev/sdb': 'snap', '/dev/sda1': 'snap' }, '/dev/sda1'],
    ['/dev/sda1', { '/dev/sda': 'snap' }, '/dev/sda'],
    ['/dev/sda1', { '/dev/sdb': 'snap', '/dev/sda': 'snap' }, '/dev/sda'],
    ['/dev/sda', { '/dev/sdb': 'snap', '/dev/sda1': 'snap' }, '/dev/sda1'],
    ['/dev/sda1', { '/dev/sdf': 'snap', '/dev/xvda': 'snap' }, '/dev/xvda'],
    ['/dev/xvda', { '/dev/xvdb': 'snap', '/dev/sda1': 'snap' }, '/dev/sda1'],
    ['/dev/sda1', { '/dev/sdf': 'snap', sda1: 'snap' }, 'sda1'],
    ['/DEV/SDA1', { '/dev/sdf': 'snap', '/dev/sda1': 'snap' }, '/dev/sda1'],
    ['/dev/sda1', { '/dev/sdf': 'snap', xvda: 'snap' }, 'xvda'],
    // The most similar name, at any place in the list.
    ['/dev/sda1', { '/dev/xvda': 'snap', '/dev/sda': 'snap' }, '/dev/sda'],
    ['/dev/sda1', { '/dev/xvda': 'snap', '/dev/xvda1': 'snap' }, '/dev/xvda1'],
    // Two partitions are two devices.
    ['/dev/sda1', { '/dev/sda2': 'snap', '/dev/sda3': 'snap' }, undefined],
    ['/dev/sda1', { '/dev/sdaa': 'snap', '/dev/sdb': 'snap' }, undefined],
    // An empty volume cannot be the root.
    ['/dev/sda1', { '/dev/sda': 'blank', '/dev/xvda': 'snap' }, '/dev/xvda'],
    ['/dev/sda1', { '/dev/sdb': 'blank', '/dev/sdc': 'snap' }, '/dev/sdc'],
    ['/dev/sda1', { '/dev/sda1': 'blank', '/dev/sdb': 'snap' }, '/dev/sda1'],
    // The only EBS volume must be the root.
    ['/dev/sda1', { '/dev/sdf': 'snap', '/dev/sdb': 'ephemeral0' }, '/dev/sdf'],
    ['/dev/sda1', { '/dev/sdf': 'snap', '/dev/sdg': 'snap' }, undefined],
    ['/dev/sda1', { '/dev/sda1': 'gone', '/dev/sda': 'snap', '/dev/sdb': 'snap' }, '/dev/sda'],
    ['/dev/sda1', { '/dev/sda1': 'ephemeral0', '/dev/sda': 'snap', '/dev/sdb': 'snap' }, '/dev/sda'],
    ['/dev/sda1', { '/dev/sdb': 'ephemeral0' }, undefined],
    ['/dev/sda1', {}, undefined],
    [undefined, { '/dev/sdf': 'snap' }, '/dev/sdf'],
    [undefined, { '/dev/sdb': 'snap', '/dev/xvda': 'snap' }, '/dev/xvda'],
    [undefined, { '/dev/sdf': 'snap', '/dev/sdg': 'snap' }, undefined],
    ['/dev/nvme0n1', { '/dev/nvme1n1': 'snap', '/dev/nvme0n1p1': 'snap' }, '/dev/nvme0n1p1'],
    ['what', { ever: 'snap', else: 'snap' }, undefined],
  ])('named %s, of %j, is %s', (name, mapped, root) => expect(rootOf(name, mapped)).toBe(root));
});

describe('the root of another image', () => {
  it.each<[string, string | undefined, Record<string, Kind>, string | undefined]>([
    ['instance-store', '/dev/sda1', { '/dev/sdb': 'ephemeral0' }, undefined],
    ['instance-store', '/dev/sda1', { sda1: 'ami', '/dev/sdb': 'ephemeral0' }, 'sda1'],
    ['instance-store', undefined, { '/dev/sdb': 'ephemeral0' }, undefined],
    ['instance-store', '/dev/sda1', { '/dev/sdf': 'snap' }, undefined],
    ['holographic', '/dev/sda1', { '/dev/sda': 'snap' }, '/dev/sda'],
    ['holographic', '/dev/sda1', { '/dev/sdf': 'snap' }, undefined],
  ])('%s, named %s, of %j, is %s', (type, name, mapped, root) => expect(rootOf(name, mapped, type)).toBe(root));
});

it('stands first, and is the root in what follows from the type', () => {
  const image = anImage({
    rootDeviceName: '/dev/sda1',
    blockDevices: [device('/dev/sda0', 'ephemeral0'), device('/dev/sdb', 'snap'), device('/dev/sda', 'snap')],
  });
  expect(devicesInOrder(image).map(({ deviceName }) => deviceName)).toEqual(['/dev/sda', '/dev/sda0', '/dev/sdb']);
  expect(
    typeFactsOf(image).flatMap((fact) => (fact.kind === 'volume-at-termination' ? [[fact.deviceName, fact.root]] : [])),
  ).toEqual([
    ['/dev/sda', true],
    ['/dev/sdb', false],
  ]);
});

it('is found among the volumes of an instance in the same way', () => {
  const volume = (deviceName: string) => ({ deviceName, volumeId: `vol-${deviceName}`, deleteOnTermination: true });
  const root = (name: string | undefined, ...names: readonly string[]) =>
    rootVolumeOf({ rootDeviceName: name, volumes: names.map(volume) })?.deviceName;
  expect(root('/dev/sda1', '/dev/sdf', '/dev/sda')).toBe('/dev/sda');
  expect(root('/dev/xvda', '/dev/sdf', '/dev/sda1')).toBe('/dev/sda1');
  expect(root('/dev/sda1', '/dev/sdf')).toBe('/dev/sdf');
  expect(root(undefined, '/dev/sdf', '/dev/sdg')).toBeUndefined();
  expect(root('/dev/sda1')).toBeUndefined();
});
