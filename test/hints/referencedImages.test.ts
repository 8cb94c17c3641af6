import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { ReferencedImages } from '../../src/hints/referencedImages.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';
import { idReference } from './references.ts';

const never = new AbortController().signal;
const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'];
const noCatalog = { byIds: async () => [] };

let sample: OpenSample;
let connection: Connection;
let now: number;
let byId: ImagesById;
let images: ReferencedImages;
/** Ids of public images in each region. */
let ids: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  sample = await openSample(localEndpoint, { images: 600 });
  connection = await sample.open();
  const found = await Promise.all(
    regions.map(async (region) => {
      const list: Image[] = [];
      for await (const page of connection.ec2.listImages(region, { executableUsers: ['all'] }, never)) {
        list.push(...page);
      }
      return [region, list.map(({ id }) => id)] as const;
    }),
  );
  ids = new Map(found);
});
beforeEach(() => {
  now = Date.now();
  byId = new ImagesById(connection.ec2, noCatalog, () => now);
  images = new ReferencedImages({ byId, regions, now: () => now });
  sample.server.requests.length = 0;
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

const idOf = (region: string, index = 0) => ids.get(region)?.[index] ?? '';

describe('what is asked', () => {
  it.each([
    ['in unknown regions', (id: string) => idReference(id), 9],
    ['in the regions in which they are', (id: string, region: string) => idReference(id, [region]), 3],
  ])('takes at most 10 requests for 500 ids %s', async (_, reference, expected) => {
    const named = regions.flatMap((region) => (ids.get(region) ?? []).slice(0, 167).map((id) => reference(id, region)));
    const resolved = await images.resolve(named, never);
    expect(resolved).toHaveLength(501);
    expect(resolved.filter(({ images: found }) => found.some(({ image }) => image))).toHaveLength(501);
    expect(sample.server.requests).toHaveLength(expected);
    expect(sample.server.requests.every(({ action }) => action === 'DescribeImages')).toBe(true);
  });

  it('takes at most 10 requests for 500 ids that exist nowhere', async () => {
    const missing = Array.from({ length: 500 }, (_, index) => `ami-0${index.toString(16).padStart(15, 'a')}b`);
    const resolved = await images.resolve(
      missing.map((id, index) => idReference(id, [regions[index % 3] ?? ''])),
      never,
    );
    expect(resolved.every(({ images: [answer] }) => answer && !answer.image && !answer.error)).toBe(true);
    expect(sample.server.requests.length).toBeLessThanOrEqual(10);
  });

  it('is nothing for placeholders and malformed ids, and nothing twice', async () => {
    const asked = idReference(idOf('us-east-1'), ['us-east-1']);
    const quiet = [
      idReference('ami-12345678', ['us-east-1'], { isPlaceholder: true }),
      idReference('ami-0123456789', ['us-east-1'], { isMalformed: true }),
    ];
    const [first, ...others] = await images.resolve([asked, ...quiet, asked], never);
    expect(first?.images[0]?.image?.id).toBe(asked.value);
    expect(others.map(({ images: found }) => found.length)).toEqual([0, 0, 1]);
    await images.resolve([asked, ...quiet], never);
    expect(sample.server.requests).toHaveLength(1);
  });

  it('is nothing of another partition, whose accounts are others', async () => {
    const [resolved] = await images.resolve([idReference(idOf('us-east-1'), ['cn-north-1'])], never);
    expect(resolved?.images).toMatchObject([
      { region: 'cn-north-1', image: undefined, error: { kind: 'region-unknown' } },
    ]);
    expect(sample.server.requests).toEqual([]);
  });
});

describe('what is found', () => {
  it('is elsewhere where the region in force does not have it', async () => {
    const id = idOf('eu-west-1');
    const [resolved] = await images.resolve([idReference(id, ['us-east-1'])], never);
    expect(resolved?.images).toEqual([{ region: 'us-east-1', image: undefined, error: undefined }]);
    expect(resolved?.elsewhere.map(({ region }) => region)).toEqual(['eu-west-1']);
  });

  it('is not called missing while the other regions are asked', async () => {
    const reference = idReference(idOf('eu-west-1'), ['us-east-1']);
    sample.server.faults.add({ kind: 'delay', milliseconds: 200, region: 'eu-west-1' });
    const told: (readonly string[] | undefined)[] = [];
    await images.resolve([reference], never, () =>
      told.push(images.cachedNow(reference)?.elsewhere.map(({ region }) => region)),
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told[0]).toBeUndefined();
    expect(told.at(-1)).toEqual(['eu-west-1']);
    expect(told).not.toContainEqual([]);
    expect(images.cachedNow(reference)?.elsewhere.map(({ region }) => region)).toEqual(['eu-west-1']);
    // What is known stays while it is asked for again.
    now += 31_000;
    const again = images.resolve([reference], never);
    expect(images.cachedNow(reference)?.elsewhere).toHaveLength(1);
    await again;
  });

  it('is missing where the other regions do not have it, or fail', async () => {
    const reference = idReference('ami-0b1f2e3d4c5b6a798', ['us-east-1']);
    sample.server.faults.add({ kind: 'access-denied', region: 'eu-west-1' });
    await images.resolve([reference], never);
    expect(images.cachedNow(reference)).toMatchObject({ images: [{ image: undefined }], elsewhere: [] });
  });

  it('is asked for in a region that was not chosen, where that one is in force', async () => {
    const [resolved] = await images.resolve([idReference(idOf('eu-west-1'), ['us-west-2'])], never);
    expect(resolved?.images.map(({ region }) => region)).toEqual(['us-west-2']);
    expect(resolved?.elsewhere.map(({ region }) => region)).toEqual(['eu-west-1']);
  });

  it('is looked for in the few regions that other code states', async () => {
    images = new ReferencedImages({ byId, regions: ['us-east-1'], now: () => now });
    const copied = idReference(idOf('eu-west-1'), ['us-east-1']);
    const [resolved] = await images.resolve([copied, idReference(idOf('eu-west-1', 1), ['eu-west-1'])], never);
    expect(resolved?.elsewhere.map(({ region }) => region)).toEqual(['eu-west-1']);
    expect(sample.server.requests.map(({ region }) => region).sort()).toEqual(['eu-west-1', 'eu-west-1', 'us-east-1']);
  });

  it('is looked for in the first few regions that other code states, which stay, and in none of a map', async () => {
    images = new ReferencedImages({ byId, regions: ['us-east-1'], now: () => now });
    const copied = idReference(idOf('eu-west-1'), ['us-east-1']);
    const entry = idReference(idOf('eu-west-1', 1), ['eu-west-1']);
    const inMap = { ...entry, region: { ...entry.region, from: 'mapKey' as const } };
    const guessed = { ...entry, region: { ...entry.region, isGuess: true } };
    const [other] = await images.resolve([copied, inMap, guessed], never);
    expect(other?.elsewhere).toEqual([]);
    const stated = ['cn-north-1', 'us-west-2', 'ap-southeast-2', 'eu-west-1', 'eu-central-1'];
    const others = stated.map((region) => idReference(idOf('eu-west-1', 2), [region]));
    const [resolved] = await images.resolve([copied, ...others], never);
    expect(resolved?.elsewhere.map(({ region }) => region)).toEqual(['eu-west-1']);
    sample.server.requests.length = 0;
    await images.resolve([idReference(idOf('eu-west-1', 3), ['us-east-1'])], never);
    const asked = sample.server.requests.map(({ region }) => region);
    expect(asked.sort()).toEqual(['ap-southeast-2', 'eu-west-1', 'us-east-1', 'us-west-2']);
    expect(images.cachedNow(copied)?.elsewhere).toHaveLength(1);
  });

  it('tells which of the other regions have not answered', async () => {
    const reference = idReference('ami-0b1f2e3d4c5b6a798', ['us-east-1']);
    sample.server.faults.add({ kind: 'access-denied', region: 'eu-west-1' });
    const [resolved] = await images.resolve([reference], never);
    expect(resolved?.elsewhereErrors).toMatchObject([{ kind: 'access-denied', region: 'eu-west-1' }]);
  });

  it('is not looked for elsewhere where one of several regions in force has it', async () => {
    const [resolved] = await images.resolve([idReference(idOf('eu-west-1'), ['us-east-1', 'eu-west-1'])], never);
    expect(resolved?.images.map(({ image }) => image !== undefined)).toEqual([false, true]);
    expect(resolved?.elsewhere).toEqual([]);
    expect(sample.server.requests).toHaveLength(2);
  });

  it('keeps the other regions where one fails, which is not asked again at once', async () => {
    sample.server.faults.add({ kind: 'access-denied', region: 'us-east-1' });
    const named = [
      idReference(idOf('us-east-1')),
      idReference(idOf('eu-west-1')),
      idReference(idOf('us-east-1', 1), ['us-east-1']),
    ];
    const [first, second, third] = await images.resolve(named, never);
    expect(first?.images[0]?.error).toMatchObject({ kind: 'access-denied' });
    expect(first?.elsewhere).toEqual([]);
    expect(second?.images.flatMap(({ image }) => image?.region ?? [])).toEqual(['eu-west-1']);
    expect(third?.images).toMatchObject([{ error: { kind: 'access-denied' } }]);
    sample.server.faults.clear();
    sample.server.requests.length = 0;
    await images.resolve([idReference(idOf('us-east-1', 2), ['us-east-1'])], never);
    expect(sample.server.requests).toEqual([]);
    now += 61_000;
    const [later] = await images.resolve([idReference(idOf('us-east-1', 2), ['us-east-1'])], never);
    expect(later?.images[0]?.image?.id).toBe(idOf('us-east-1', 2));
  });

  it('stays where its region fails later', async () => {
    const known = idReference(idOf('us-east-1'), ['us-east-1']);
    const [before] = await images.resolve([known], never);
    sample.server.faults.add({ kind: 'unavailable', region: 'us-east-1' });
    now += 301_000;
    const unknown = idReference(idOf('us-east-1', 1), ['us-east-1']);
    for (const attempt of ['asked', 'not asked again']) {
      const [first, second] = await images.resolve([known, unknown], never);
      expect(first, attempt).toEqual(before);
      expect(second?.images, attempt).toMatchObject([{ image: undefined, error: { kind: 'unavailable' } }]);
    }
    expect(images.cachedNow(known)).toEqual(before);
  });

  it('is told as each region answers', async () => {
    sample.server.faults.add({ kind: 'delay', region: 'us-east-1', milliseconds: 500 });
    const slow = idReference(idOf('us-east-1'), ['us-east-1']);
    const quick = idReference(idOf('eu-west-1'), ['eu-west-1']);
    const told: (readonly boolean[])[] = [];
    await images.resolve([slow, quick], never, () => {
      told.push([slow, quick].map((reference) => images.cachedNow(reference) !== undefined));
    });
    expect(told).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it('is what was last known of an image that is gone', async () => {
    const id = idOf('us-east-1', 3);
    const reference = idReference(id, ['us-east-1']);
    await images.resolve([reference], never);
    byId.gone({ region: 'us-east-1', id });
    const gone = images.cachedNow(reference);
    expect(gone?.images).toEqual([{ region: 'us-east-1', image: undefined, error: undefined }]);
    expect(gone?.was?.id).toBe(id);
  });

  it('is what the catalog has of an image that is gone', async () => {
    const row = {
      id: 'ami-0aaaabbbbccccddde',
      name: 'web-1',
      description: '',
      ownerId: '123456789012',
      ownerAlias: '',
      architecture: 'x86_64',
      platform: 'Linux/UNIX',
      rootDeviceType: 'ebs',
      virtualizationType: 'hvm',
      bootMode: '',
      size: 8,
      created: 1_700_000_000_000,
      deprecated: undefined,
    };
    const catalog = { byIds: async (region: string) => (region === 'us-east-1' ? [{ ...row, publisher: '' }] : []) };
    const known = new ReferencedImages({ byId: new ImagesById(connection.ec2, catalog as never), regions });
    const [resolved] = await known.resolve([idReference(row.id, ['us-east-1'])], never);
    expect(resolved?.images[0]?.image).toBeUndefined();
    expect(resolved?.was?.name).toBe('web-1');
  });

  it('is nothing after an abort, and nothing stays asked', async () => {
    sample.server.faults.add({ kind: 'hang' });
    const abort = new AbortController();
    const answer = images.resolve([idReference(idOf('us-east-1'))], abort.signal);
    setTimeout(() => abort.abort(), 50);
    const [resolved] = await answer;
    expect(resolved?.images.every(({ error }) => error !== undefined)).toBe(true);
    sample.server.faults.clear();
    const [again] = await images.resolve([idReference(idOf('us-east-1'), ['us-east-1'])], never);
    expect(again?.images[0]?.image?.id).toBe(idOf('us-east-1'));
  });
});

describe('what is in memory', () => {
  it('is told without a call once all regions in force have answered', async () => {
    const reference = idReference(idOf('eu-west-1'));
    expect(images.cachedNow(reference)).toBeUndefined();
    const [resolved] = await images.resolve([reference], never);
    sample.server.requests.length = 0;
    expect(images.cachedNow(reference)).toEqual(resolved);
    expect(sample.server.requests).toEqual([]);
  });
});

describe('what is resolved', () => {
  const resolvedIn = async (references: readonly ReturnType<typeof idReference>[]) => {
    let times = 0;
    await images.resolve(references, never, () => {
      times += 1;
    });
    return { times, isResolved: references.map((reference) => images.isResolved(reference)) };
  };

  it('is told of once, and asked for again once it is old', async () => {
    const found = idReference(idOf('us-east-1'), ['us-east-1']);
    const missing = idReference('ami-0aaaabbbbccccddde', ['us-east-1']);
    expect([found, missing].map((reference) => images.isResolved(reference))).toEqual([false, false]);
    const first = await resolvedIn([found, missing]);
    expect(first.isResolved).toEqual([true, true]);
    expect(first.times).toBeGreaterThan(0);
    expect(await resolvedIn([found, missing])).toEqual({ times: 0, isResolved: [true, true] });
    now += 31_000;
    expect([found, missing].map((reference) => images.isResolved(reference))).toEqual([true, false]);
    // The answer is the one before.
    expect(await resolvedIn([found, missing])).toEqual({ times: 0, isResolved: [true, true] });
  });

  it('is what was changed only when it was asked for again', async () => {
    const reference = idReference(idOf('us-east-1'), ['us-east-1']);
    await resolvedIn([reference]);
    byId.invalidate({ region: 'us-east-1', id: reference.value });
    expect(images.isResolved(reference)).toBe(false);
    expect(await resolvedIn([reference])).toEqual({ times: 1, isResolved: [true] });
  });

  it('is what nobody asks for: examples, other partitions, and regions that have failed', async () => {
    sample.server.faults.add({ kind: 'unavailable', region: 'us-east-1' });
    const failed = idReference(idOf('us-east-1'), ['us-east-1']);
    const quiet = [
      idReference('ami-12345678', ['us-east-1'], { isPlaceholder: true }),
      idReference(idOf('us-east-1'), ['cn-north-1']),
    ];
    expect(quiet.map((reference) => images.isResolved(reference))).toEqual([true, true]);
    expect(images.isResolved(failed)).toBe(false);
    expect((await resolvedIn([failed])).isResolved).toEqual([true]);
    now += 31_000;
    expect(images.isResolved(failed)).toBe(false);
  });
});
