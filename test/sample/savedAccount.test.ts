import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateImageCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { SavedAccount, type SavingProblem } from '../../src/sample/savedAccount.ts';
import { handClock, sampleEc2 } from './sampleClients.ts';

let folder: string;
let file: string;
let problems: SavingProblem[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ami-explorer-saved-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = join(folder, 'storage', 'sample-account.json');
  problems = [];
});

/** A window: an account of its own on the same file. */
function openWindow(options: { now?: () => Date; region?: string; at?: string } = {}) {
  const { now = handClock().now, region = 'us-east-1', at = file } = options;
  return sampleEc2({ now, saved: new SavedAccount(at, (problem) => problems.push(problem)) }, region);
}

async function instanceId(ec2: EC2Client, name: string): Promise<string> {
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: [name] }] }),
  );
  return Reservations[0]?.Instances?.[0]?.InstanceId ?? '';
}

async function make(ec2: EC2Client, name: string, instance = 'payments-api'): Promise<string> {
  const { ImageId = '' } = await ec2.send(
    new CreateImageCommand({
      InstanceId: await instanceId(ec2, instance),
      Name: name,
      Description: `Made of ${instance}`,
      TagSpecifications: [
        { ResourceType: 'image', Tags: [{ Key: '__proto__', Value: 'kept' }] },
        { ResourceType: 'snapshot', Tags: [{ Key: 'Of', Value: name }] },
      ],
    }),
  );
  return ImageId;
}

async function image(ec2: EC2Client, ImageId: string) {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }));
  return Images[0];
}

async function tagsOf(ec2: EC2Client, id: string): Promise<Record<string, string>> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  const tags = Reservations[0]?.Instances?.[0]?.Tags ?? [];
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

describe('a sample account that is opened again', () => {
  it('has the images that were made in it, as they were, with their snapshots and tags', async () => {
    const clock = handClock();
    const before = openWindow({ now: clock.now });
    const id = await make(before.ec2, 'before-reload');
    clock.advance(60);
    const made = await image(before.ec2, id);
    const { ec2 } = openWindow({ now: clock.now });
    const found = await image(ec2, id);
    expect(found).toEqual(made);
    expect(found).toMatchObject({ Name: 'before-reload', State: 'available', Tags: [{ Key: '__proto__' }] });
    const SnapshotIds = (found?.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);
    expect(SnapshotIds.length).toBeGreaterThan(1);
    const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }));
    expect(Snapshots.map(({ State, Tags }) => [State, Tags?.[0]?.Value])).toEqual(
      SnapshotIds.map(() => ['completed', 'before-reload']),
    );
  });

  it('finishes in its time what was pending', async () => {
    const clock = handClock();
    const id = await make(openWindow({ now: clock.now }).ec2, 'pending-over-a-reload');
    const { ec2 } = openWindow({ now: clock.now });
    expect((await image(ec2, id))?.State).toBe('pending');
    clock.advance(9);
    expect((await image(ec2, id))?.State).toBe('available');
  });

  it('has the tags of what was there before, as they were changed', async () => {
    const { ec2 } = openWindow();
    const id = await instanceId(ec2, 'web-1');
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'Reviewed', Value: 'yes' }] }));
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'Team' }] }));
    const expected = { Name: 'web-1', Environment: 'production', Reviewed: 'yes' };
    expect(await tagsOf(ec2, id)).toEqual(expected);
    expect(await tagsOf(openWindow().ec2, id)).toEqual(expected);
  });

  it('has what each region has', async () => {
    const id = await make(openWindow({ region: 'eu-west-1' }).ec2, 'in-ireland', 'web-1');
    const other = await make(openWindow().ec2, 'in-virginia');
    expect((await image(openWindow({ region: 'eu-west-1' }).ec2, id))?.Name).toBe('in-ireland');
    expect((await image(openWindow().ec2, other))?.Name).toBe('in-virginia');
  });
});

describe('two windows', () => {
  it('see at once what the other one makes, and lose nothing', async () => {
    const [one, two] = [openWindow().ec2, openWindow().ec2];
    const ids = [await make(one, 'by-one'), await make(two, 'by-two'), await make(one, 'by-one-again')];
    expect(new Set(ids).size).toBe(3);
    for (const ec2 of [one, two, openWindow().ec2]) {
      expect((await Promise.all(ids.map((id) => image(ec2, id)))).map((found) => found?.Name)).toEqual([
        'by-one',
        'by-two',
        'by-one-again',
      ]);
    }
    await expect(make(two, 'by-one')).rejects.toThrow(/already in use/);
  });

  it('are both as at the beginning once one is reset', async () => {
    const [one, two] = [openWindow(), openWindow()];
    const id = await make(one.ec2, 'gone-after-reset');
    const web = await instanceId(two.ec2, 'web-1');
    await two.ec2.send(new CreateTagsCommand({ Resources: [web], Tags: [{ Key: 'New', Value: '' }] }));
    one.account.reset();
    for (const { ec2 } of [one, two, openWindow()]) {
      await expect(image(ec2, id)).rejects.toThrow(/does not exist/);
      expect(await tagsOf(ec2, web)).toEqual({ Name: 'web-1', Environment: 'production', Team: 'web-platform' });
    }
  });
});

describe('a saved file', () => {
  it.each([
    ['is no JSON', '{"version":1,"regions":{'],
    ['is of a later version', '{"version":2,"regions":{}}'],
    ['has other types', '{"version":1,"regions":{"us-east-1":{"created":[{"id":7}],"tags":[]}}}'],
    ['is empty', ''],
    ['is too long', ' '.repeat(8_000_001)],
  ])('that %s is set aside: the account begins afresh, and says so once', async (_what, text) => {
    await make(openWindow().ec2, 'before');
    writeFileSync(file, text);
    const { ec2 } = openWindow();
    const id = await make(ec2, 'after');
    expect((await image(ec2, id))?.Name).toBe('after');
    expect(problems).toEqual(['unreadable']);
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
    expect((await image(openWindow().ec2, id))?.Name).toBe('after');
    expect(problems).toEqual(['unreadable']);
  });

  it.skipIf(process.platform === 'win32')('that cannot be read for a moment is neither gone nor broken', () => {
    const saved = new SavedAccount(file, (problem) => problems.push(problem));
    saved.write({});
    const text = readFileSync(file, 'utf8');
    const other = new SavedAccount(file, (problem) => problems.push(problem));
    rmSync(file);
    symlinkSync(file, file);
    expect(other.read()).toBeUndefined();
    rmSync(file);
    mkdirSync(file);
    expect(other.read()).toBeUndefined();
    rmdirSync(file);
    writeFileSync(file, text);
    expect(other.read()).toEqual({});
    expect(problems).toEqual([]);
  });

  it('of an instance that there is no more leaves the image out', async () => {
    const id = await make(openWindow().ec2, 'orphan');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/"instanceId":"[^"]+"/, '"instanceId":"i-0123456789abcdef0"'));
    await expect(image(openWindow().ec2, id)).rejects.toThrow(/does not exist/);
    expect(problems).toEqual([]);
  });

  it('that cannot be written leaves the account usable, and says so once', async () => {
    writeFileSync(join(folder, 'occupied'), '');
    const { ec2 } = openWindow({ at: join(folder, 'occupied', 'sample-account.json') });
    const ids = [await make(ec2, 'unsaved-1'), await make(ec2, 'unsaved-2')];
    expect((await image(ec2, ids[0] ?? ''))?.Name).toBe('unsaved-1');
    expect((await image(ec2, ids[1] ?? ''))?.Name).toBe('unsaved-2');
    expect(problems).toEqual(['unwritable']);
  });

  it('is the only one, and there is none before something is changed', async () => {
    const { ec2 } = openWindow();
    await instanceId(ec2, 'web-1');
    expect(readdirSync(folder)).toEqual([]);
    await make(ec2, 'first');
    await make(ec2, 'second');
    expect(readdirSync(join(folder, 'storage'))).toEqual(['sample-account.json']);
  });
});
