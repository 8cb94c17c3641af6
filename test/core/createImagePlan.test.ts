import { describe, expect, it } from 'vitest';
import {
  type CreateImagePlan,
  clashingNames,
  missingPermission,
  overallProgress,
  plannedNames,
  refusalOf,
  refusedInDescription,
  toRequests,
  volumePlans,
} from '../../src/core/createImagePlan.ts';
import type { EbsDevice } from '../../src/core/image.ts';
import type { Instance } from '../../src/core/instance.ts';
import { anImage } from './anImage.ts';
import { anInstance } from './anInstance.ts';

const now = Date.parse('2026-11-23T06:10:00Z');

const web = anInstance();
const db = anInstance({ id: 'i-0000000000000000b', name: 'db-1' });

function aPlan(parts: Partial<CreateImagePlan> = {}): CreateImagePlan {
  const instances = parts.instances ?? [web];
  return {
    instances,
    pattern: 'golden',
    description: '',
    reboot: false,
    volumes: instances.flatMap(volumePlans),
    imageTags: [],
    snapshotTags: [],
    ...parts,
  };
}

describe('instances that EC2 makes no image of', () => {
  it.each([
    ['running', 'ebs', undefined],
    ['stopped', 'ebs', undefined],
    ['running', 'standard', undefined],
    ['pending', 'ebs', { kind: 'changing', state: 'pending' }],
    ['stopping', 'ebs', { kind: 'changing', state: 'stopping' }],
    ['shutting-down', 'ebs', { kind: 'gone', state: 'shutting-down' }],
    ['terminated', 'instance-store', { kind: 'gone', state: 'terminated' }],
    ['running', 'instance-store', { kind: 'instance-store' }],
  ])('%s, %s', (state, rootDeviceType, refusal) => {
    expect(refusalOf(anInstance({ state, rootDeviceType }))).toEqual(refusal);
  });
});

describe('volumes', () => {
  it.each([
    ['/dev/sda1', '/dev/sda', ['/dev/sda']],
    ['/dev/xvda', '/dev/sda1', ['/dev/sda1']],
    ['/dev/sda1', '/dev/sdz', ['/dev/sdb', '/dev/sdz']],
    [undefined, '/dev/sdz', ['/dev/sdb', '/dev/sdz']],
  ])('never leave out what may be the root %s, mapped as %s', (rootDeviceName, mapped, required) => {
    const instance = anInstance({
      rootDeviceName,
      volumes: [
        { deviceName: '/dev/sdb', volumeId: 'vol-b', deleteOnTermination: true },
        { deviceName: mapped, volumeId: 'vol-a', deleteOnTermination: true },
      ],
    });
    const plans = volumePlans(instance);
    expect(plans.filter((plan) => plan.required).map(({ deviceName }) => deviceName)).toEqual(required);
    const volumes = plans.map((plan) => ({ ...plan, included: false }));
    const [request] = toRequests(aPlan({ instances: [instance], volumes }), now);
    expect(request?.deviceChanges.map(({ deviceName }) => deviceName)).toEqual(required.length > 1 ? [] : ['/dev/sdb']);
  });

  it('are in the image as they are on the instance, root first', () => {
    expect(
      volumePlans(web).map((plan) => [plan.deviceName, plan.root, plan.included, plan.deleteOnTermination]),
    ).toEqual([
      ['/dev/xvda', true, true, true],
      ['/dev/sdb', false, true, true],
      ['/dev/sdf', false, true, false],
    ]);
    expect(toRequests(aPlan(), now)[0]?.deviceChanges).toEqual([]);
  });

  it('are told of only where something changes, each to its own instance', () => {
    const volumes = [web, db].flatMap(volumePlans).map((plan) => {
      if (plan.instanceId === web.id && plan.deviceName === '/dev/sdb') {
        return { ...plan, included: false, deleteOnTermination: false };
      }
      return plan.instanceId === db.id && plan.deviceName !== '/dev/sdb'
        ? { ...plan, deleteOnTermination: false }
        : plan;
    });
    const [first, second] = toRequests(aPlan({ instances: [web, db], pattern: '{name}', volumes }), now);
    expect(first?.deviceChanges).toEqual([{ deviceName: '/dev/sdb', change: 'leave-out' }]);
    expect(second?.deviceChanges).toEqual([{ deviceName: '/dev/xvda', change: 'delete-on-termination', value: false }]);
  });

  it('never leave out the root', () => {
    const volumes = volumePlans(web).map((plan) => ({ ...plan, included: false }));
    expect(toRequests(aPlan({ volumes }), now)[0]?.deviceChanges).toEqual([
      { deviceName: '/dev/sdb', change: 'leave-out' },
      { deviceName: '/dev/sdf', change: 'leave-out' },
    ]);
  });
});

describe('names', () => {
  it('follow the pattern for several instances and are taken as they are for one', () => {
    const names = (instances: readonly Instance[]) =>
      plannedNames(instances, '{name}-{id}-{date}', now).map(({ name }) => name);
    expect(names([web, db])).toEqual([
      'web-1-i-0000000000000000a-20261123-0610',
      'db-1-i-0000000000000000b-20261123-0610',
    ]);
    expect(names([web])).toEqual(['{name}-{id}-{date}']);
  });

  it('clash in one region only', () => {
    const elsewhere = anInstance({ ...db, region: 'eu-west-1' });
    expect(clashingNames(plannedNames([web, db], 'same', now))).toEqual(['same']);
    expect(clashingNames(plannedNames([web, elsewhere], 'same', now))).toEqual([]);
  });
});

describe('a reboot', () => {
  it.each([
    [true, 'running', true],
    [false, 'running', false],
    [undefined, 'running', false],
    [true, 'stopped', false],
  ])('chosen %s for an instance that is %s is asked for: %s', (reboot, state, expected) => {
    expect(toRequests(aPlan({ instances: [anInstance({ state })], reboot }), now)[0]?.reboot).toBe(expected);
  });
});

describe('a description', () => {
  it('is left away when empty', () => {
    expect(toRequests(aPlan({ description: '  ' }), now)[0]?.description).toBeUndefined();
    expect(toRequests(aPlan({ description: ' Before the upgrade ' }), now)[0]?.description).toBe('Before the upgrade');
  });

  it('is ASCII', () => {
    expect(refusedInDescription('Plain ~text~ <&>')).toEqual([]);
    expect(refusedInDescription('ä—ä\t🙂')).toEqual(['ä', '—', '\t', '🙂']);
  });
});

describe('a refusal', () => {
  it.each([
    [
      'You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/dev/me is not ' +
        'authorized to perform: ec2:CreateImage on resource: arn:aws:ec2:us-east-1::image/* because no identity-based ' +
        'policy allows the ec2:CreateImage action. Encoded authorization failure message: abc',
      { action: 'ec2:CreateImage', resource: 'arn:aws:ec2:us-east-1::image/*' },
    ],
    ['User: x is not authorized to perform: ec2:CreateTags because …', { action: 'ec2:CreateTags' }],
    ['You are not authorized to perform this operation.', undefined],
  ])('says which permission is missing: %s', (message, expected) => {
    expect(missingPermission(message)).toEqual(expected);
  });
});

describe('progress', () => {
  const device = (deviceName: string, snapshotId: string | undefined, volumeSize: number | undefined): EbsDevice => ({
    kind: 'ebs',
    deviceName,
    snapshotId,
    volumeSize,
    volumeType: 'gp3',
    iops: undefined,
    throughput: undefined,
    encrypted: false,
    kmsKeyId: undefined,
    deleteOnTermination: true,
  });
  const progress = (devices: readonly EbsDevice[], ...snapshots: readonly (readonly [string, number])[]) =>
    overallProgress(
      anImage({ blockDevices: devices }),
      new Map(snapshots.map(([id, percent]) => [id, { progress: percent }])),
    );

  it('is weighted by size', () => {
    expect(progress([device('/a', 's1', 10), device('/b', 's2', 90)], ['s1', 100], ['s2', 50])).toBe(55);
  });

  it('is the mean where a size is not known', () => {
    expect(progress([device('/a', 's1', undefined), device('/b', 's2', 90)], ['s1', 100], ['s2', 50])).toBe(75);
  });

  it('counts snapshots that have not appeared as not begun', () => {
    expect(progress([device('/a', 's1', 10), device('/b', undefined, 30)], ['s1', 100])).toBe(25);
  });

  it('is unknown where nothing is known, and never complete', () => {
    expect(progress([device('/a', 's1', 10)])).toBeUndefined();
    expect(progress([])).toBeUndefined();
    expect(progress([device('/a', 's1', 10)], ['s1', 100])).toBe(99);
  });
});
