import { describe, expect, it } from 'vitest';
import type { BlockDevice, EbsDevice } from '../../src/core/image.ts';
import { typeFactsOf } from '../../src/core/typeFacts.ts';
import { anEbsDevice, anImage } from './anImage.ts';

function volume(deviceName: string, parts: Partial<EbsDevice> = {}): EbsDevice {
  return anEbsDevice({ deviceName, snapshotId: `snap-${deviceName.at(-1)}`, ...parts });
}

const ephemeral: BlockDevice = { kind: 'instance-store', deviceName: '/dev/sdc', virtualName: 'ephemeral0' };
const suppressed: BlockDevice = { kind: 'suppressed', deviceName: '/dev/sdd' };

describe('typeFactsOf', () => {
  it('tells what follows for an EBS-backed image from its own mappings', () => {
    const image = anImage({
      blockDevices: [
        suppressed,
        ephemeral,
        volume('/dev/sdb', { deleteOnTermination: false, volumeSize: 100 }),
        volume('/dev/sde', { snapshotId: undefined }),
        volume('/dev/sda1'),
      ],
    });
    expect(typeFactsOf(image)).toEqual([
      { kind: 'backed-by', root: 'ebs', rootDeviceType: 'ebs' },
      { kind: 'boot-time', fetchesFirst: 'needed-blocks' },
      { kind: 'stopping', canStop: true },
      { kind: 'volume-at-termination', deviceName: '/dev/sda1', root: true, deleted: true, volumeSize: 8 },
      { kind: 'volume-at-termination', deviceName: '/dev/sdb', root: false, deleted: false, volumeSize: 100 },
      { kind: 'volume-at-termination', deviceName: '/dev/sde', root: false, deleted: true, volumeSize: 8 },
      {
        kind: 'instance-store-volumes-lost',
        devices: [{ deviceName: '/dev/sdc', virtualName: 'ephemeral0' }],
        atStop: true,
      },
      { kind: 'stored-in-snapshots', snapshotIds: ['snap-1', 'snap-b'], volumesWithoutSnapshot: 1 },
      { kind: 'suppressed-devices', deviceNames: ['/dev/sdd'] },
      { kind: 'can-create-image', value: true },
    ]);
  });

  it('tells what follows for an instance store-backed image', () => {
    const image = anImage({
      rootDeviceType: 'instance-store',
      location: 'bucket/path/image.manifest.xml',
      blockDevices: [ephemeral],
    });
    expect(typeFactsOf(image)).toEqual([
      { kind: 'backed-by', root: 'instance-store', rootDeviceType: 'instance-store' },
      { kind: 'boot-time', fetchesFirst: 'everything' },
      { kind: 'stopping', canStop: false },
      { kind: 'root-lost-at-termination', deviceName: '/dev/sda1' },
      {
        kind: 'instance-store-volumes-lost',
        devices: [{ deviceName: '/dev/sdc', virtualName: 'ephemeral0' }],
        atStop: false,
      },
      { kind: 'stored-in-s3', manifest: 'bucket/path/image.manifest.xml' },
      { kind: 'can-create-image', value: false },
    ]);
  });

  it('counts a snapshot once that is behind several volumes', () => {
    const image = anImage({
      blockDevices: [volume('/dev/sda1', { snapshotId: 'snap-0' }), volume('/dev/sdb', { snapshotId: 'snap-0' })],
    });
    expect(typeFactsOf(image)).toContainEqual({
      kind: 'stored-in-snapshots',
      snapshotIds: ['snap-0'],
      volumesWithoutSnapshot: 0,
    });
  });

  it('does not guess about a root of a kind it does not know', () => {
    // moto gives new images the type `standard`.
    const facts = typeFactsOf(anImage({ rootDeviceType: 'standard', blockDevices: [volume('/dev/sda1')] }));
    expect(facts.map(({ kind }) => kind)).toEqual(['backed-by', 'volume-at-termination', 'stored-in-snapshots']);
    expect(facts[0]).toEqual({ kind: 'backed-by', root: 'unknown', rootDeviceType: 'standard' });
  });

  it('says little of an image without mappings', () => {
    expect(typeFactsOf(anImage()).map(({ kind }) => kind)).toEqual([
      'backed-by',
      'boot-time',
      'stopping',
      'can-create-image',
    ]);
  });
});
