import { describe, expect, it } from 'vitest';
import {
  type CreateImageChoices,
  clashingNames,
  narrowChoices,
  newChoices,
  plannedNames,
  refusedInDescription,
  toRequests,
  unfitnessOf,
  volumePlans,
} from '../../src/core/createImageChoices.ts';
import type { Instance } from '../../src/core/instance.ts';
import { anInstance } from './anInstance.ts';

const now = Date.parse('2026-11-23T06:10:00Z');

const web = anInstance();
const db = anInstance({ id: 'i-0000000000000000b', name: 'db-1' });

/** The requests for instances when the rest is left as it stands at first. */
function requests(instances: readonly Instance[], parts: Partial<CreateImageChoices> = {}) {
  return toRequests(instances, { ...newChoices(instances, now), ...parts });
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
  ])('%s, %s', (state, rootDeviceType, unfitness) => {
    expect(unfitnessOf(anInstance({ state, rootDeviceType }))).toEqual(unfitness);
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
    const [request] = requests([instance], { volumes });
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
    expect(requests([web])[0]?.deviceChanges).toEqual([]);
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
    const [first, second] = requests([web, db], { volumes });
    expect(first?.deviceChanges).toEqual([{ deviceName: '/dev/sdb', change: 'leave-out' }]);
    expect(second?.deviceChanges).toEqual([{ deviceName: '/dev/xvda', change: 'delete-on-termination', value: false }]);
  });

  it('never leave out the root', () => {
    const volumes = volumePlans(web).map((plan) => ({ ...plan, included: false }));
    expect(requests([web], { volumes })[0]?.deviceChanges).toEqual([
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
    expect(requests([anInstance({ state })], { reboot })[0]?.reboot).toBe(expected);
  });
});

describe('a description', () => {
  it('is left away when empty', () => {
    expect(requests([web], { description: '  ' })[0]?.description).toBeUndefined();
    expect(requests([web], { description: ' Before the upgrade ' })[0]?.description).toBe('Before the upgrade');
  });

  it('is ASCII', () => {
    expect(refusedInDescription('Plain ~text~ <&>')).toEqual([]);
    expect(refusedInDescription('ä—ä\t🙂')).toEqual(['ä', '—', '\t', '🙂']);
  });
});

describe('tags', () => {
  it.each([
    ['Team=web', undefined, ['Team'], ['Team']],
    ['Team=web', '', ['Team'], []],
    ['', 'Backup=daily', [], ['Backup']],
  ])('%o of the image and %o of the snapshots', (imageTags, snapshotTags, ofImage, ofSnapshots) => {
    const [request] = requests([web], { imageTags, snapshotTags });
    expect(request?.imageTags.map(({ key }) => key)).toEqual(ofImage);
    expect(request?.snapshotTags.map(({ key }) => key)).toEqual(ofSnapshots);
  });
});

describe('the choices for fewer instances', () => {
  const choices = { ...newChoices([web, db], now), pattern: '{name}-golden' };

  it('keep the pattern for several, and the planned name for one', () => {
    expect(narrowChoices(choices, [web, db], [web, db]).pattern).toBe('{name}-golden');
    expect(narrowChoices(choices, [web, db], [db]).pattern).toBe('db-1-golden');
  });

  it('keep what was decided about the volumes that are still there, and take others as they are now', () => {
    const volumes = volumePlans(web).map((plan) =>
      plan.deviceName === '/dev/sdb' ? { ...plan, included: false, deleteOnTermination: false } : plan,
    );
    const now = anInstance({
      volumes: [
        ...web.volumes.filter(({ deviceName }) => deviceName !== '/dev/sdf'),
        { deviceName: '/dev/sdh', volumeId: 'vol-new', deleteOnTermination: false },
      ],
    });
    const narrowed = narrowChoices({ ...choices, volumes }, [web], [now]).volumes;
    expect(narrowed.map((plan) => [plan.deviceName, plan.required, plan.included, plan.deleteOnTermination])).toEqual([
      ['/dev/xvda', true, true, true],
      ['/dev/sdb', false, false, false],
      ['/dev/sdh', false, true, false],
    ]);
    // Another volume at the same device is another one, and one that may be the root now is not left out.
    const swapped = anInstance({
      rootDeviceName: undefined,
      volumes: [
        { deviceName: '/dev/sdb', volumeId: 'vol-other', deleteOnTermination: true },
        { deviceName: '/dev/sdf', volumeId: volumes.at(-1)?.volumeId ?? '', deleteOnTermination: false },
      ],
    });
    const left = volumes.map((plan) => ({ ...plan, included: false }));
    expect(
      narrowChoices({ ...choices, volumes: left }, [web], [swapped]).volumes.map((plan) => [
        plan.deviceName,
        plan.included,
        plan.deleteOnTermination,
      ]),
    ).toEqual([
      ['/dev/sdb', true, true],
      ['/dev/sdf', true, false],
    ]);
  });

  it('have the volumes of no other', () => {
    const { volumes } = narrowChoices(choices, [web, db], [db]);
    expect(new Set(volumes.map(({ instanceId }) => instanceId))).toEqual(new Set([db.id]));
  });
});
