import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import { sortedNewestFirst } from '../../src/core/imageAge.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { NewerImages } from '../../src/hints/newerImages.ts';
import { REFERENCE_TIME } from '../../src/sample/model.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const never = new AbortController().signal;
const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];

let sample: OpenSample;
let connection: Connection;
let all: readonly Image[];
let newer: NewerImages;

beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
  const pages = regions.map(async (region) => {
    const found: Image[] = [];
    const query = { includeDeprecated: true, includeDisabled: true };
    for await (const page of connection.ec2.listImages(region, query, never)) found.push(...page);
    return found;
  });
  all = (await Promise.all(pages)).flat();
});
beforeEach(() => {
  newer = new NewerImages(connection.ec2, () => REFERENCE_TIME);
  sample.server.requests.length = 0;
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

/** The images of a region with this beginning of their name and this owner, newest first. */
function named(region: string, beginning: string, ownerId?: string): readonly Image[] {
  return sortedNewestFirst(
    all.filter(
      (image) =>
        image.region === region &&
        image.name.startsWith(beginning) &&
        (ownerId === undefined || image.ownerId === ownerId),
    ),
  );
}

const canonical = '099720109477';

describe('the newer image', () => {
  it.each([
    ['of a distribution', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-', canonical],
    ['of Amazon', 'al2023-ami-minimal-2023.', '137112412989'],
    ['of the account', 'web-server-golden-2', '123456789012'],
  ])('%s is the newest of family, architecture and owner', async (_, beginning, owner) => {
    const images = named('us-east-1', beginning, owner).filter(
      ({ name, architecture }) => architecture !== 'x86_64' || !name.includes('arm64'),
    );
    const [oldest] = images.toReversed();
    if (!oldest) throw new Error('no image');
    await newer.find([oldest], never);
    const found = newer.newerNow(oldest);
    expect(found).toMatchObject({ ownerId: owner, architecture: oldest.architecture, region: 'us-east-1' });
    const siblings = images.filter(
      ({ name, architecture }) =>
        architecture === oldest.architecture &&
        name.replace(/\d{8}|\d+\.\d+\.\d+\.\d+/, '') === oldest.name.replace(/\d{8}|\d+\.\d+\.\d+\.\d+/, ''),
    );
    expect(found?.id).toBe(siblings[0]?.id);
    expect(newer.newerNow(found ?? oldest)).toBeUndefined();
  });

  it('is not one of a stranger with the same name', async () => {
    const stranger = named('us-east-1', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64', '341275689012')[0];
    const [newest, ...older] = named(
      'us-east-1',
      'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server',
      canonical,
    );
    const image = older.at(-1);
    if (!stranger || !newest || !image) throw new Error('no image');
    expect(Date.parse(stranger.creationDate ?? '')).toBeGreaterThan(Date.parse(newest.creationDate ?? ''));
    await newer.find([image], never);
    expect(newer.newerNow(image)?.id).toBe(newest.id);
  });

  it('is none that is pending, failed, disabled or deprecated', async () => {
    const images = all.filter(({ ownerId, region }) => ownerId === '123456789012' && region === 'us-east-1');
    await newer.find(images, never);
    const found = images.flatMap((image) => newer.newerNow(image) ?? []);
    expect(found.length).toBeGreaterThan(5);
    expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['available']));
    expect(found.every(({ deprecationTime }) => !deprecationTime || Date.parse(deprecationTime) > REFERENCE_TIME)).toBe(
      true,
    );
  });
});

describe('what is asked', () => {
  it('is one question in each region for 500 images, and nothing twice', async () => {
    const images = regions.flatMap((region) => named(region, 'ubuntu/images/', canonical).slice(0, 170));
    expect(images.length).toBeGreaterThan(500);
    await Promise.all([newer.find(images, never), newer.find(images.slice(0, 100), never)]);
    const first = sample.server.requests.filter(({ params }) => !params['NextToken']);
    expect(first.map(({ region }) => region).sort()).toEqual([...regions].sort());
    sample.server.requests.length = 0;
    await newer.find(images, never);
    expect(sample.server.requests).toEqual([]);
  });

  it('fails for its region alone, which is asked again later', async () => {
    let now = REFERENCE_TIME;
    newer = new NewerImages(connection.ec2, () => now);
    sample.server.faults.add({ kind: 'access-denied', region: 'us-east-1' });
    const [east, west] = ['us-east-1', 'eu-west-1'].map((region) =>
      named(region, 'debian-12-amd64-', '136693071363').at(-1),
    );
    if (!east || !west) throw new Error('no image');
    const errors = await newer.find([east, west], never);
    expect(errors).toEqual([expect.objectContaining({ kind: 'access-denied', region: 'us-east-1' })]);
    expect(newer.newerNow(east)).toBeUndefined();
    expect(newer.newerNow(west)).toBeDefined();
    sample.server.faults.clear();
    sample.server.requests.length = 0;
    // Not asked again at once, which is no answer either.
    expect(await newer.find([west, east], never)).toEqual(errors);
    expect(await newer.find([west], never)).toEqual([]);
    expect(sample.server.requests).toEqual([]);
    expect(newer.newerNow(east)).toBeUndefined();
    now += 61_000;
    expect(await newer.find([east], never)).toEqual([]);
    expect(newer.newerNow(east)).toBeDefined();
  });

  it('takes nothing away that is known when it fails later', async () => {
    let now = REFERENCE_TIME;
    newer = new NewerImages(connection.ec2, () => now);
    const image = named('us-east-1', 'debian-12-amd64-', '136693071363').at(-1);
    if (!image) throw new Error('no image');
    await newer.find([image], never);
    const known = newer.newerNow(image);
    now += 31 * 60_000;
    sample.server.faults.add({ kind: 'access-denied', region: 'us-east-1' });
    sample.server.requests.length = 0;
    expect(await newer.find([image], never)).toEqual([expect.objectContaining({ kind: 'access-denied' })]);
    expect(sample.server.requests.length).toBeGreaterThan(0);
    expect(known).toBeDefined();
    expect(newer.newerNow(image)).toEqual(known);
  });

  it('is asked again in the region of an image that has changed, which is not offered until then', async () => {
    const [east, west] = ['us-east-1', 'eu-west-1'].map((region) =>
      named(region, 'debian-12-amd64-', '136693071363').at(-1),
    );
    if (!east || !west) throw new Error('no image');
    await newer.find([east, west], never);
    const found = newer.newerNow(east);
    if (!found) throw new Error('none is newer');
    newer.forget(found);
    expect(newer.newerNow(east)).toBeUndefined();
    expect(newer.newerNow(west)).toBeDefined();
    sample.server.requests.length = 0;
    await newer.find([east, west], never);
    expect(sample.server.requests.map(({ region }) => region)).toEqual(['us-east-1']);
    expect(newer.newerNow(east)).toEqual(found);
  });

  it('is asked again where an image has changed since the question was sent', async () => {
    const image = named('us-east-1', 'debian-12-amd64-', '136693071363').at(-1);
    if (!image) throw new Error('no image');
    sample.server.faults.add({ kind: 'delay', milliseconds: 500, skip: 1 });
    const first = newer.find([image], never);
    newer.forget(image);
    const second = newer.find([image], never);
    await first;
    expect(newer.newerNow(image)).toBeUndefined();
    await second;
    expect(newer.newerNow(image)).toBeDefined();
    expect(sample.server.requests).toHaveLength(2);
  });

  it('is left when its caller aborts, and answers others', async () => {
    sample.server.faults.add({ kind: 'delay', milliseconds: 300 });
    const image = named('us-east-1', 'debian-12-amd64-', '136693071363').at(-1);
    if (!image) throw new Error('no image');
    const abort = new AbortController();
    const first = newer.find([image], abort.signal);
    const second = newer.find([image], never);
    abort.abort();
    await first;
    expect(newer.newerNow(image)).toBeUndefined();
    await second;
    expect(newer.newerNow(image)).toBeDefined();
    expect(sample.server.requests).toHaveLength(1);
  });
});
