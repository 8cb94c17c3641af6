import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { allOf } from './allOf.ts';
import { localEndpoint, type OpenSample, openSample } from './openSample.ts';

const signal = new AbortController().signal;
let sample: OpenSample;
let connection: Connection;

beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample.close());

async function owned(region = 'us-east-1'): Promise<readonly Image[]> {
  return allOf(connection.ec2.listImages(region, { owners: ['self'] }, signal));
}

it('more ids than one call takes bring what there is, also where the last one is gone', async () => {
  const known = (await owned()).map(({ id }) => id);
  const gone = Array.from({ length: 151 - known.length }, (_, index) => `ami-${String(index).padStart(17, '9')}`);
  const found = await connection.ec2.describeImages('us-east-1', [...known, ...gone], signal);
  expect(found.map(({ id }) => id).sort()).toEqual([...known].sort());
});

describe('an endpoint that fails', () => {
  it.each([
    ['throttled', 'throttled'],
    ['server-error', 'unavailable'],
    ['unavailable', 'unavailable'],
    ['expired-credentials', 'credentials-expired'],
    ['access-denied', 'access-denied'],
    ['html', 'unavailable'],
    ['malformed-xml', 'bad-answer'],
    ['cut', 'network'],
    ['drop-answer', 'network'],
  ] as const)('%s is known as %s, with operation and region', async (fault, kind) => {
    sample.server.faults.add({ kind: fault, action: 'DescribeImages' });
    await expect(owned()).rejects.toMatchObject({ kind, operation: 'DescribeImages', region: 'us-east-1' });
    sample.server.faults.clear();
    expect((await owned()).length).toBeGreaterThan(20);
  });

  it('is asked again when it fails once', async () => {
    sample.server.faults.add({ kind: 'unavailable', action: 'DescribeImages', count: 1 });
    expect((await owned()).length).toBeGreaterThan(20);
  });

  it('does not know the action', async () => {
    sample.server.faults.add({ kind: 'error', action: 'DescribeImages', code: 'InvalidAction', status: 400 });
    await expect(owned()).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it.each([
    ['SlowDown', 503, 'throttled'],
    ['EC2ThrottledException', 503, 'throttled'],
    ['RequestThrottled', 400, 'throttled'],
    ['TooManyRequestsException', 400, 'throttled'],
    ['Client.RequestLimitExceeded', 400, 'throttled'],
    ['InvalidNextToken', 400, 'invalid-parameter'],
    ['Server.InternalError', 500, 'unavailable'],
  ] as const)('has other words for what is known: %s', async (code, status, kind) => {
    sample.server.faults.add({ kind: 'error', action: 'DescribeImages', code, status });
    await expect(owned()).rejects.toMatchObject({ kind, code });
  });

  it('is not there', async () => {
    const nowhere = await sample.open({ endpointUrl: 'http://127.0.0.1:1' });
    await expect(nowhere.ec2.listRegions(signal)).rejects.toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
  });
});

describe('regions', () => {
  it('that are not opted in are told from bad keys', async () => {
    await expect(owned('ap-east-1')).rejects.toMatchObject({ kind: 'not-opted-in', region: 'ap-east-1' });
  });

  it('that are opted in tell bad keys', async () => {
    sample.server.faults.add({ kind: 'error', action: 'DescribeImages', code: 'AuthFailure', status: 401 });
    await expect(owned()).rejects.toMatchObject({ kind: 'credentials-invalid' });
  });

  it.each(['', 'nowhere', 'us-east-1.evil.example/', '../..'])('that have no such name: "%s"', async (region) => {
    await expect(owned(region)).rejects.toMatchObject({ kind: 'region-unknown' });
  });
});

describe('ids', () => {
  it('that are gone are missing from the answer, alone and among others', async () => {
    const [image] = await owned();
    const gone = 'ami-0123456789abcdef0';
    expect(await connection.ec2.describeImages('us-east-1', [gone], signal)).toEqual([]);
    const some = await connection.ec2.describeImages('us-east-1', [gone, image?.id ?? ''], signal);
    expect(some.map(({ id }) => id)).toEqual([image?.id]);
  });
});

describe('what is cancelled', () => {
  it('ends at once, and says so', async () => {
    sample.server.faults.add({ kind: 'hang', action: 'DescribeImages' });
    const abort = new AbortController();
    const pages = connection.ec2.listImages('us-east-1', { owners: ['self'] }, abort.signal)[Symbol.asyncIterator]();
    const page = pages.next();
    setTimeout(() => abort.abort(), 20);
    await expect(page).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('includes everything of a connection that is closed', async () => {
    const other = await sample.open();
    sample.server.faults.add({ kind: 'delay', milliseconds: 100 });
    const regions = other.ec2.listRegions(signal);
    const identity = other.ec2.identity(signal);
    other.close();
    await expect(regions).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(identity).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('pages', () => {
  it('bring every image once', async () => {
    const ids: string[] = [];
    const query = { executableUsers: ['all'], filters: [{ name: 'name', values: ['*ubuntu*'] }] };
    let pages = 0;
    for await (const page of connection.ec2.listImages('us-east-1', query, signal)) {
      pages += 1;
      ids.push(...page.map(({ id }) => id));
    }
    expect(pages).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('snapshots', () => {
  it('are looked up by their ids, and among the own ones where one is gone', async () => {
    const images = [];
    for await (const page of connection.ec2.listImages('us-east-1', { owners: ['self'] }, signal)) {
      images.push(...page);
    }
    const devices = images.flatMap(({ blockDevices }) => blockDevices);
    const snapshotId = devices.flatMap((device) => (device.kind === 'ebs' ? (device.snapshotId ?? []) : []))[0] ?? '';
    sample.server.requests.length = 0;
    const found = await connection.ec2.describeSnapshots('us-east-1', [snapshotId], signal);
    expect(found).toEqual([{ snapshotId, state: 'completed', progress: 100 }]);
    const gone = 'snap-00000000000000001';
    expect(await connection.ec2.describeSnapshots('us-east-1', [gone, snapshotId], signal)).toEqual(found);
    expect(sample.server.requests.map(({ params }) => params)).toEqual([
      expect.objectContaining({ 'SnapshotId.1': snapshotId }),
      expect.objectContaining({ 'SnapshotId.1': gone, 'SnapshotId.2': snapshotId }),
      expect.objectContaining({ 'Owner.1': 'self', 'Filter.1.Name': 'snapshot-id' }),
    ]);
  });
});
