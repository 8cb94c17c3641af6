import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import type { LatestParameter } from '../../src/core/latestParameter.ts';
import { imageActions } from '../../src/ec2/actionPort.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { allOf } from './allOf.ts';
import { type OpenSample, openSample } from './openSample.ts';

const signal = new AbortController().signal;
/** A region that the sample account has not opted in to. */
const closedRegion = 'af-south-1';
let folder: string;
let sample: OpenSample;
let connection: Connection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-regions-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => sample.close());

const asked = () => join(folder, 'asked');

/** Opens a connection with this home region, and with credentials of a process that records its runs. */
async function open(region: string): Promise<void> {
  const script = join(folder, 'credentials.mjs');
  await writeFile(asked(), '');
  await writeFile(
    script,
    `import { appendFileSync } from 'node:fs';
    appendFileSync(${JSON.stringify(asked())}, '.');
    console.log(JSON.stringify({ Version: 1, AccessKeyId: 'AKIAEXAMPLE', SecretAccessKey: 's' }));`,
  );
  sample = await openSample({ AWS_ENDPOINT_URL: 'SERVER' });
  await sample.writeConfig({
    config: `[profile work]\nregion = ${region}\ncredential_process = "${process.execPath}" "${script}"\n`,
  });
  connection = await sample.open({ profile: 'work' });
  await connection.checkCredentials();
}

async function owned(region: string): Promise<readonly Image[]> {
  return allOf(connection.ec2.listImages(region, { owners: ['self'] }, signal));
}

async function latest(region: string): Promise<readonly LatestParameter[]> {
  return allOf(connection.ec2.listLatest(region, '/aws/service/ami-amazon-linux-latest', signal));
}

const createImage = (region: string) =>
  connection[imageActions].createImage(
    {
      region,
      instanceId: 'i-0123456789abcdef0',
      name: 'made-by-a-test',
      description: undefined,
      reboot: false,
      deviceChanges: [],
      imageTags: [],
      snapshotTags: [],
    },
    signal,
  );

describe('a connection whose own region the account has not opted in to', () => {
  beforeEach(() => open(closedRegion));

  it('says so for every service, and keeps its credentials', async () => {
    await expect(owned(closedRegion)).rejects.toMatchObject({ kind: 'not-opted-in', region: closedRegion });
    await expect(latest(closedRegion)).rejects.toMatchObject({ kind: 'not-opted-in', region: closedRegion });
    await expect(createImage(closedRegion)).rejects.toMatchObject({ kind: 'not-opted-in', region: closedRegion });
    expect((await owned('us-east-1')).length).toBeGreaterThan(20);
    expect(await readFile(asked(), 'utf8')).toBe('.');
    expect(sample.calls.map(({ error }) => error?.kind)).not.toContain('no-credentials');
  });

  it('asks another region for the list of regions and for the account', async () => {
    const regions = await connection.ec2.listRegions(signal);
    expect(regions.find(({ name }) => name === closedRegion)).toMatchObject({ optIn: 'not-opted-in' });
    expect(await connection.ec2.identity(signal)).toMatchObject({ account: '123456789012' });
    expect(sample.server.requests.map(({ action, region }) => [action, region])).toEqual([
      ['DescribeRegions', closedRegion],
      ['DescribeRegions', 'us-east-1'],
      ['GetCallerIdentity', closedRegion],
      ['DescribeRegions', closedRegion],
      ['DescribeRegions', 'us-east-1'],
      ['GetCallerIdentity', 'us-east-1'],
    ]);
    expect(await readFile(asked(), 'utf8')).toBe('.');
  });

  it('says so where only the list of regions is denied: other regions take the keys', async () => {
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeRegions', region: 'us-east-1' });
    await expect(owned(closedRegion)).rejects.toMatchObject({ kind: 'not-opted-in' });
    await expect(connection.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'access-denied' });
    expect(await connection.ec2.identity(signal)).toMatchObject({ account: '123456789012' });
    expect(await readFile(asked(), 'utf8')).toBe('.');
  });
});

describe('a connection whose own region does not exist', () => {
  beforeEach(() => open('us-esat-1'));

  it('says so, and knows those that do', async () => {
    await expect(owned('us-esat-1')).rejects.toMatchObject({ kind: 'region-unknown', region: 'us-esat-1' });
    expect((await connection.ec2.listRegions(signal)).length).toBeGreaterThan(10);
  });
});

describe('a connection whose own region is open', () => {
  beforeEach(() => open('eu-west-1'));

  it('says which others are not', async () => {
    await expect(owned(closedRegion)).rejects.toMatchObject({ kind: 'not-opted-in', region: closedRegion });
    await expect(latest('ap-east-1')).rejects.toMatchObject({ kind: 'not-opted-in', region: 'ap-east-1' });
    await expect(owned('xx-nowhere-1')).rejects.toMatchObject({ kind: 'region-unknown' });
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeRegions' });
    await expect(owned('ap-east-1')).rejects.toMatchObject({ kind: 'not-opted-in' });
  });

  it('says that keys are bad which no region takes, and has them read again', async () => {
    sample.server.faults.add({ kind: 'error', code: 'AuthFailure', status: 401 });
    await expect(owned('eu-west-1')).rejects.toMatchObject({ kind: 'credentials-invalid', region: 'eu-west-1' });
    await expect(latest('eu-west-1')).rejects.toMatchObject({ kind: 'credentials-invalid' });
    await expect(connection.ec2.identity(signal)).rejects.toMatchObject({ kind: 'credentials-invalid' });
    await expect(connection.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'credentials-invalid' });
    sample.server.faults.clear();
    expect((await owned('eu-west-1')).length).toBeGreaterThan(0);
    expect((await readFile(asked(), 'utf8')).length).toBeGreaterThan(1);
  });

  it('leaves it at what EC2 says where the endpoint has no list of regions', async () => {
    sample.server.faults.add({ kind: 'error', action: 'DescribeRegions', code: 'InvalidAction', status: 400 });
    await expect(owned(closedRegion)).rejects.toMatchObject({ kind: 'credentials-invalid' });
  });

  it('explains to the others what one who gave up had asked for', async () => {
    sample.server.faults.add({ kind: 'delay', action: 'DescribeRegions', milliseconds: 300 });
    const abort = new AbortController();
    const first = connection.ec2.describeImages(closedRegion, ['ami-0123456789abcdef0'], abort.signal);
    setTimeout(() => abort.abort(), 100);
    const second = owned(closedRegion);
    await expect(first).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(second).rejects.toMatchObject({ kind: 'not-opted-in' });
  });

  it('does not take for bad keys what is about an image of somebody else', async () => {
    sample.server.faults.add({
      kind: 'error',
      action: 'DescribeImageAttribute',
      code: 'AuthFailure',
      message: 'Not authorized for image:ami-0123456789abcdef0',
      status: 401,
    });
    const asking = connection.ec2.describeLaunchPermissions('eu-west-1', 'ami-0123456789abcdef0', signal);
    await expect(asking).rejects.toMatchObject({ kind: 'access-denied' });
    expect(await readFile(asked(), 'utf8')).toBe('.');
  });
});
