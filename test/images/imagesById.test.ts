import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
import { anImage } from '../core/anImage.ts';
import { type OpenSample, openSample } from '../ec2/openSample.ts';

const never = new AbortController().signal;
const region = 'us-east-1';

let sample: OpenSample;
let connection: Connection;
let owned: readonly Image[];
let now: number;
let images: ImagesById;

beforeAll(async () => {
  sample = await openSample({
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: region,
    AWS_ENDPOINT_URL: 'SERVER',
  });
  connection = await sample.open();
  const all: Image[] = [];
  for await (const page of connection.ec2.listImages(region, { owners: ['self'] }, never)) {
    all.push(...page);
  }
  owned = all.filter(({ state }) => state === 'available');
});
afterAll(async () => {
  connection.close();
  await sample.close();
});
beforeEach(() => {
  now = Date.UTC(2026, 10, 26);
  images = new ImagesById(connection.ec2, { byIds: async () => [] }, () => now);
  sample.calls.length = 0;
  sample.server.faults.clear();
});

const image = (index = 0) => {
  const found = owned[index];
  if (!found) {
    throw new Error('The sample account has too few images.');
  }
  return found;
};
const ref = (id: string, where = region) => ({ region: where, id });
const gone = 'ami-00000000000000001';

/** Asks for an image whose answer takes its time. */
function askSlowly(): Promise<Image | undefined> {
  sample.server.requests.length = 0;
  sample.server.faults.add({ kind: 'delay', milliseconds: 200, count: 1 });
  return images.get(image(), never);
}

/** Resolves when EC2 has been asked. */
const arrived = () => vi.waitUntil(() => sample.server.requests.length > 0, { timeout: 5_000, interval: 5 });

describe('images by id', () => {
  it('are asked for together, a call for each region', async () => {
    const found = await images.getAll([image(0), image(1), ref(gone), ref(gone, 'eu-west-1')], never);
    expect(found).toEqual([image(0), image(1)]);
    expect(sample.calls.map((call) => call.region).sort()).toEqual(['eu-west-1', region]);
  });

  it('are asked for once at a time, and remembered', async () => {
    const both = await Promise.all([images.get(image(), never), images.get(image(), never)]);
    expect(both).toEqual([image(), image()]);
    await images.get(image(), never);
    expect(sample.calls).toHaveLength(1);
  });

  it('are asked for again once all is cleared, which leaves what was last known of them', async () => {
    await images.get(image(), never);
    images.clear();
    expect(images.cached(image())).toBeUndefined();
    expect(images.lastKnown(image())).toEqual(image());
    const underWay = askSlowly();
    await arrived();
    images.clear();
    await underWay;
    expect(images.cachedWithTime(image())).toBeUndefined();
    await images.get(image(), never);
    expect(sample.calls).toHaveLength(3);
  });

  it('do not take from a listing that began before all was cleared', () => {
    const begun = now;
    now += 10;
    images.clear();
    images.learn([image()], begun);
    expect(images.cachedWithTime(image())).toBeUndefined();
    images.learn([image()], now);
    expect(images.cachedWithTime(image())?.value).toEqual(image());
  });

  it('joins a question that is under way', async () => {
    const first = askSlowly();
    await arrived();
    await Promise.all([first, images.get(image(), never)]);
    expect(sample.calls).toHaveLength(1);
  });

  it('asks again when an answer is too old, at all or for whoever asks', async () => {
    await images.get(image(), never);
    now += 60_000;
    await images.get(image(), never);
    expect(sample.calls).toHaveLength(1);
    await images.get(image(), never, { maxAge: 30_000 });
    expect(sample.calls).toHaveLength(2);
    now += 5 * 60_000;
    await images.get(image(), never);
    expect(sample.calls).toHaveLength(3);
    await images.get(image(), never, { maxAge: 0 });
    expect(sample.calls).toHaveLength(4);
  });

  it('remembers for a while that an image does not exist', async () => {
    expect(await images.get(ref(gone), never)).toBeUndefined();
    expect(await images.get(ref(gone), never)).toBeUndefined();
    expect(sample.calls).toHaveLength(1);
    now += 31_000;
    expect(await images.get(ref(gone), never)).toBeUndefined();
    expect(sample.calls).toHaveLength(2);
  });

  it('remembers for a while that one may not ask, and nothing of other failures', async () => {
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    await expect(images.get(image(), never)).rejects.toMatchObject({ kind: 'access-denied' });
    sample.server.faults.clear();
    await expect(images.get(image(), never)).rejects.toMatchObject({ kind: 'access-denied' });
    expect(sample.calls).toHaveLength(1);
    now += 61_000;
    expect(await images.get(image(), never)).toEqual(image());
    sample.server.faults.add({ kind: 'unavailable', action: 'DescribeImages' });
    await expect(images.get(image(1), never)).rejects.toMatchObject({ kind: 'unavailable' });
    sample.server.faults.clear();
    expect(await images.get(image(1), never)).toEqual(image(1));
  });

  it('knows what has been listed, and asks EC2 where only a catalog knows', async () => {
    images.learn([image()]);
    expect(await images.get(image(), never)).toEqual(image());
    expect(sample.calls).toHaveLength(0);
    const { id, name } = image(1);
    const { blockDevices: _, ...summary } = anImage({ id, name });
    images.learn([summary]);
    expect(images.cached(ref(id))).toEqual(summary);
    expect(images.cached(ref(gone))).toBeUndefined();
    expect(images.cachedRegionOf(id, ['eu-west-1', region])).toBe(region);
    expect(images.cachedRegionOf(id, ['eu-west-1'])).toBeUndefined();
    expect(images.cachedRegionOf(gone, ['eu-west-1', region])).toBeUndefined();
    expect(await images.get(ref(id), never)).toEqual(image(1));
    expect(images.cached(ref(id))).toEqual(image(1));
  });

  it('asks soon again for an image that is being made', async () => {
    const pending = { ...image(), state: 'pending' };
    images.learn([pending]);
    expect(await images.get(image(), never)).toEqual(pending);
    now += 6_000;
    expect(await images.get(image(), never)).toEqual(image());
  });

  it('forgets what has been changed, also what is being answered', async () => {
    images.learn([image()]);
    images.invalidate(image());
    const answer = askSlowly();
    await arrived();
    images.invalidate(image());
    await answer;
    await images.get(image(), never);
    expect(sample.calls).toHaveLength(2);
  });

  it('takes from a listing nothing that has changed since it began', async () => {
    const began = now;
    now += 1_000;
    images.invalidate(image());
    images.learn([image(), image(1)], began);
    expect(images.cached(image())).toBeUndefined();
    expect(images.cached(image(1))).toEqual(image(1));
    images.learn([image()], now);
    expect(images.cached(image())).toEqual(image());
    images.gone(image());
    expect(await images.get(image(), never)).toBeUndefined();
    expect(sample.calls).toEqual([]);
  });

  it('are found by the id alone, in whichever region has them', async () => {
    const regions = ['eu-west-1', 'ap-southeast-2', region];
    expect(await images.find(image().id, regions, never)).toEqual(image());
    expect(sample.calls.length).toBeGreaterThan(0);
    sample.calls.length = 0;
    expect(await images.find(image().id, regions, never)).toEqual(image());
    expect(sample.calls).toEqual([]);
    expect(await images.find(gone, regions, never)).toBeUndefined();
    sample.server.faults.add({ kind: 'access-denied', region: 'eu-west-1' });
    expect(await images.find(image(1).id, regions, never)).toEqual(image(1));
    now += 10 * 60_000;
    await expect(images.find(gone, regions, never)).rejects.toMatchObject({ kind: 'access-denied' });
    await expect(images.find(image(2).id, regions, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('knows from a catalog what EC2 did not have when it was asked before', async () => {
    expect(await images.get(ref(gone), never)).toBeUndefined();
    const { blockDevices: _, ...summary } = image();
    images.learn([{ ...summary, id: gone }]);
    expect(images.cached(ref(gone))).toMatchObject({ name: summary.name });
  });

  it('lets each one who waits leave, and asks nothing once nobody waits', async () => {
    const leaving = new AbortController();
    const left = images.get(image(), leaving.signal);
    const stays = images.get(image(), never);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await stays).toEqual(image());
    const alone = new AbortController();
    const question = images.get(image(1), alone.signal);
    alone.abort();
    await expect(question).rejects.toMatchObject({ kind: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(sample.calls).toHaveLength(1);
    expect(await images.get(image(1), never)).toEqual(image(1));
  });

  it('are asked for without those that nobody waits for any more', async () => {
    const leaving = new AbortController();
    const left = images.get(image(), leaving.signal);
    const stays = images.get(image(1), never);
    sample.server.requests.length = 0;
    leaving.abort();
    await expect(left).rejects.toMatchObject({ kind: 'cancelled', region });
    expect(await stays).toEqual(image(1));
    expect(Object.values(sample.server.requests[0]?.params ?? {})).not.toContain(image().id);
  });

  it('are known no longer once EC2 has said that they are gone', async () => {
    const { blockDevices: _, ...summary } = anImage({ id: gone });
    images.learn([summary]);
    expect(await images.get(ref(gone), never)).toBeUndefined();
    expect(images.cached(ref(gone))).toBeUndefined();
  });
});

describe('who may launch an image', () => {
  it('is asked once at a time, remembered, and asked anew once the image has changed', async () => {
    const ask = () => images.launchPermissions(image(), never);
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one).toEqual(other);
    expect(await ask()).toEqual(one);
    expect(sample.calls).toHaveLength(1);
    images.invalidate(image());
    await ask();
    expect(sample.calls).toHaveLength(2);
    now += 61_000;
    await ask();
    expect(sample.calls).toHaveLength(3);
  });

  it('is not asked again for a while where one may not ask', async () => {
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImageAttribute' });
    await expect(images.launchPermissions(image(), never)).rejects.toMatchObject({ kind: 'access-denied' });
    sample.server.faults.clear();
    await expect(images.launchPermissions(image(), never)).rejects.toMatchObject({ kind: 'access-denied' });
    expect(sample.calls).toHaveLength(1);
    now += 61_000;
    await images.launchPermissions(image(), never);
    expect(sample.calls).toHaveLength(2);
  });

  it('is told to those who stay when one leaves', async () => {
    const leaving = new AbortController();
    const left = images.launchPermissions(image(), leaving.signal);
    const stays = images.launchPermissions(image(), never);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ kind: 'cancelled', region });
    expect(await stays).toMatchObject({ public: false });
    expect(sample.calls).toHaveLength(1);
  });
});
