import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commonParameters } from '../../src/core/commonParameters.ts';
import { familyPin, imagePin } from '../../src/core/pins.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { OfferedImages } from '../../src/hints/offeredImages.ts';
import { ConnectionImages } from '../../src/images/connectionImages.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const never = new AbortController().signal;
const region = 'us-east-1';

let sample: OpenSample;
let connection: Connection;
let offered: OfferedImages;
let now: number;

beforeAll(async () => {
  sample = await openSample({ ...localEndpoint, AWS_ENDPOINT_URL: 'SERVER' });
  connection = await sample.open();
});
beforeEach(() => {
  now = Date.now();
  const images = new ConnectionImages({ byIds: async () => [] });
  const catalog = { list: async () => undefined } as never;
  offered = new OfferedImages({ connection, images, catalog, regions: [region], now: () => now });
  sample.server.requests.length = 0;
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

const asked = () => sample.server.requests.map(({ action }) => action).sort();

describe('the images that are offered', () => {
  it('are those owned, newest first, and the latest public ones with their parameters', async () => {
    const found = await offered.in(region, [], never);
    const owned = found.filter(({ why }) => why === 'owned');
    expect(owned.length).toBeGreaterThan(5);
    expect(owned.every(({ image }) => image.state === 'available')).toBe(true);
    const dates = owned.map(({ image }) => image.creationDate ?? '');
    expect(dates).toEqual(dates.toSorted().reverse());
    const latest = found.filter(({ why }) => why === 'latest');
    expect(latest.map(({ parameter }) => parameter?.name)).toEqual(
      commonParameters.filter((name) => latest.some(({ parameter }) => parameter?.name === name)),
    );
    expect(latest.length).toBeGreaterThan(15);
    expect(latest.every(({ image, parameter }) => image.id === parameter?.imageId)).toBe(true);
  });

  it('are asked for once, however often they are wanted, until they have changed or are old', async () => {
    await Promise.all([offered.in(region, [], never), offered.in(region, [], never)]);
    expect(asked()).toEqual(['DescribeImages', 'DescribeImages', 'GetParameters', 'GetParameters']);
    sample.server.requests.length = 0;
    await offered.in(region, [], never);
    expect(asked()).toEqual([]);
    offered.forget();
    await offered.in(region, [], never);
    expect(asked()).toContain('DescribeImages');
    sample.server.requests.length = 0;
    now += 6 * 60_000;
    await offered.in(region, [], never);
    expect(asked()).toContain('DescribeImages');
  });

  it('begin with the pinned ones of the region, and the newest of pinned families', async () => {
    const owned = (await offered.in(region, [], never)).filter(({ why }) => why === 'owned');
    const [first, second] = owned;
    const family = second && familyPin(second.image);
    if (!first || !family) throw new Error('The account has too few images.');
    const elsewhere = imagePin({ ...first.image, region: 'eu-west-1' });
    const found = await offered.in(region, [imagePin(first.image), family, elsewhere], never);
    const pinned = found.filter(({ why }) => why === 'pinned').map(({ image }) => image.id);
    expect(found.slice(0, pinned.length).every(({ why }) => why === 'pinned')).toBe(true);
    expect(pinned.toSorted()).toEqual([first.image.id, second.image.id].toSorted());
  });

  it('are fewer where a service refuses, and it is left alone for a while', async () => {
    sample.server.faults.add({ kind: 'access-denied', action: 'GetParameters' });
    const found = await offered.in(region, [], never);
    expect(found.some(({ why }) => why === 'owned')).toBe(true);
    expect(found.some(({ why }) => why === 'latest')).toBe(false);
    sample.server.requests.length = 0;
    await offered.in(region, [], never);
    expect(asked()).toEqual([]);
  });

  it('are fewer where a region does not answer in time, and it is left alone for a while', async () => {
    const parts = { connection, images: new ConnectionImages({ byIds: async () => [] }), regions: [region] };
    const impatient = new OfferedImages({ ...parts, catalog: { list: async () => undefined } as never, timeout: 300 });
    sample.server.faults.add({ kind: 'hang', action: 'DescribeImages' });
    expect(await impatient.in(region, [], never)).toEqual([]);
    expect(asked()).toContain('DescribeImages');
    sample.server.requests.length = 0;
    expect(await impatient.in(region, [], never)).toEqual([]);
    expect(asked()).toEqual([]);
  });

  it('are none of a region in another partition, which is never asked', async () => {
    expect(await offered.in('cn-north-1', [], never)).toEqual([]);
    expect(asked()).toEqual([]);
  });
});
