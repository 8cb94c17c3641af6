import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CreateImageRequest } from '../../../src/core/createImage.ts';
import type { Image } from '../../../src/core/image.ts';
import { imageActions } from '../../../src/ec2/actionPort.ts';
import type { Connection } from '../../../src/ec2/port.ts';
import { ConnectionImages } from '../../../src/images/connectionImages.ts';
import { imageBeingMade, recordIdOf } from '../../../src/images/watches/imageBeingMade.ts';
import { unansweredCreation } from '../../../src/images/watches/unansweredCreation.ts';
import type { AnyWatchKind, Sighting, WatchKind } from '../../../src/images/watches/watchKind.ts';
import { localEndpoint, type OpenSample, openSample } from '../../ec2/openSample.ts';
import { openWindow, type Window } from './openWindow.ts';

const region = 'us-east-1';
const account = '123456789012';
const never = new AbortController().signal;

let sample: OpenSample;
let connection: Connection;
let storage: string;
let windows: Window[];
let made = 0;
/** How far (ms) the server's clock is ahead. */
let ahead = 0;

beforeAll(async () => {
  sample = await openSample(
    { ...localEndpoint, AWS_REGION: region },
    { pendingSeconds: 3_600, now: () => new Date(Date.now() + ahead) },
  );
});
afterAll(() => sample.close());
beforeEach(async () => {
  storage = await mkdtemp(join(tmpdir(), 'ami-explorer-watches-'));
  windows = [];
  connection = await sample.open();
  ahead = 0;
  sample.calls.length = 0;
  sample.server.faults.clear();
});
afterEach(async () => {
  for (const { watches } of windows) {
    watches.dispose();
  }
  connection.close();
  await rm(storage, { recursive: true, force: true });
});

function open(kinds?: readonly AnyWatchKind[]): Window {
  const window = openWindow(storage, new ConnectionImages({ byIds: async () => [] }), kinds);
  windows.push(window);
  return window;
}

function openConnected(kinds?: readonly AnyWatchKind[]): Window {
  const window = open(kinds);
  window.session.connect(connection);
  window.session.identify(account);
  return window;
}

async function requestFor(name: string): Promise<CreateImageRequest> {
  for await (const page of connection.ec2.listInstances(region, never)) {
    const found = page.find((instance) => instance.name === 'web-1');
    if (found) {
      return {
        region,
        instanceId: found.id,
        name,
        description: undefined,
        reboot: false,
        deviceChanges: [],
        imageTags: [],
        snapshotTags: [],
      };
    }
  }
  throw new Error('There is no such instance.');
}

async function make(name = `made-${made++}`): Promise<{ readonly id: string; readonly name: string }> {
  const id = await connection[imageActions].createImage(await requestFor(name), never);
  sample.calls.length = 0;
  return { id, name };
}

function finish(): void {
  ahead = 7_200_000;
}

/** The states of the images in which watches have ended. */
function states({ outcomes }: Window): readonly unknown[] {
  return outcomes.map(([kind, outcome]) => [kind, (outcome as Image | undefined)?.state]);
}

describe('an image being made', () => {
  it('is watched until it is available, told once, and known to whoever asks for it', async () => {
    const window = openConnected();
    const { id, name } = await make();
    await window.creations.watch(connection, { region, imageId: id, name });
    expect(window.watches.watched(imageBeingMade)).toMatchObject([
      { record: { region, subject: { imageId: id, name } }, progress: 0 },
    ]);
    expect(window.watches.progressOf(id)).toBe(0);
    expect(window.images.of(connection).cached({ region, id })).toMatchObject({ state: 'pending' });
    finish();
    await expect.poll(() => states(window)).toEqual([['image', 'available']]);
    expect(window.images.of(connection).cached({ region, id })).toMatchObject({ state: 'available' });
    expect(window.watches.watched(imageBeingMade)).toEqual([]);
    expect(window.watches.progressOf(id)).toBeUndefined();
    expect(await readdir(join(storage, 'watches'))).toEqual([]);
  });

  it('is no news while nothing has moved', async () => {
    const window = openConnected();
    const { id, name } = await make();
    await window.creations.watch(connection, { region, imageId: id, name });
    for (let look = 0; look < 5; look += 1) {
      await window.watches.lookNow(region);
    }
    // The first sighting, and the first progress.
    expect(window.changes.length).toBeGreaterThan(0);
    expect(window.changes.length).toBeLessThanOrEqual(2);
  });

  it('that fails is told as failed', async () => {
    const window = openConnected();
    const { id, name } = await make('this-image-fails');
    await window.creations.watch(connection, { region, imageId: id, name });
    finish();
    await expect.poll(() => states(window)).toEqual([['image', 'failed']]);
  });

  it('that is gone is told as gone, a new one only after a while', async () => {
    const window = openConnected();
    const subject = { imageId: 'ami-00000000000000abc', name: 'gone' };
    const id = recordIdOf(window.watches.scopeOf(connection), region, subject.imageId);
    window.watches.add(connection, { kind: imageBeingMade, id, region, subject });
    await window.watches.lookNow(region);
    await window.watches.lookNow(region);
    expect(window.outcomes).toEqual([]);
    expect(window.watches.watched(imageBeingMade)).toHaveLength(1);
    // Its absence is not cached.
    expect(window.images.of(connection).cachedWithTime({ region, id: subject.imageId })).toBeUndefined();
    window.watches.add(connection, { kind: imageBeingMade, id, region, subject, since: Date.now() - 4 * 60_000 });
    await window.watches.lookNow(region);
    expect(window.outcomes).toEqual([['image', undefined]]);
    expect(window.changes).toMatchObject([{ kind: 'gone', ref: { region, id: subject.imageId } }]);
  });

  it.each([
    { kind: 'throttled', action: 'DescribeImages', count: 6 },
    { kind: 'hang', action: 'DescribeImages', count: 2 },
    { kind: 'access-denied', action: 'DescribeImages', count: 2 },
    { kind: 'html', action: 'DescribeImages', count: 4 },
    { kind: 'hang', action: 'DescribeSnapshots', count: 1 },
    { kind: 'access-denied', action: 'DescribeSnapshots' },
  ] as const)('is watched on through %j', async (fault) => {
    const window = openConnected();
    const { id, name } = await make();
    sample.server.faults.add(fault);
    await window.creations.watch(connection, { region, imageId: id, name });
    expect(window.watches.watched(imageBeingMade)).toHaveLength(1);
    finish();
    await expect.poll(() => states(window)).toEqual([['image', 'available']]);
  });

  it('does not wait for another region that does not answer', async () => {
    const window = openConnected();
    sample.server.faults.add({ kind: 'hang', region: 'eu-west-1' });
    void window.creations.watch(connection, {
      region: 'eu-west-1',
      imageId: 'ami-00000000000000abc',
      name: 'elsewhere',
    });
    const { id, name } = await make();
    await window.creations.watch(connection, { region, imageId: id, name });
    finish();
    await expect.poll(() => states(window)).toEqual([['image', 'available']]);
  });

  it('is one call a look for all of a region', async () => {
    const window = openConnected();
    const images = [await make(), await make(), await make()];
    for (const { id, name } of images) {
      await window.creations.watch(connection, { region, imageId: id, name });
    }
    await window.watches.lookNow(region);
    sample.calls.length = 0;
    await window.watches.lookNow(region);
    expect(sample.calls.slice(0, 2).map(({ operation }) => operation)).toEqual(['DescribeImages', 'DescribeSnapshots']);
  });

  it('that nobody watches any more is not told of', async () => {
    const window = openConnected();
    const { id, name } = await make();
    await window.creations.watch(connection, { region, imageId: id, name });
    for (const { record } of window.watches.watched(imageBeingMade)) {
      window.watches.remove(record.id);
    }
    finish();
    await window.watches.lookNow(region);
    expect(window.outcomes).toEqual([]);
  });
});

describe('several images that were begun together', () => {
  /** The outcomes that were told at once. */
  const told = ({ events }: Window) =>
    events.flatMap((event) =>
      event.kind === 'over'
        ? [event.ended.map(({ outcome }) => (outcome as Image | undefined)?.name ?? 'gone').sort()]
        : [],
    );
  const hasEnded = ({ watches }: Window) => watches.watched(imageBeingMade).map((each) => each.hasEnded);

  async function makeBatch(window: Window, ...names: readonly string[]): Promise<void> {
    await window.creations.inBatch(async (batch) => {
      for (const name of names) {
        const { id } = await make(name);
        await window.creations.watch(connection, { region, imageId: id, name, batch });
      }
    });
  }

  it('are told of at once, failed and gone ones among them', async () => {
    const window = openConnected();
    await makeBatch(window, 'batch-a', 'this-image-fails-too');
    const { id, name } = await make('alone');
    await window.creations.watch(connection, { region, imageId: id, name });
    finish();
    await expect.poll(() => told(window)).toHaveLength(2);
    expect(told(window)).toEqual(expect.arrayContaining([['alone'], ['batch-a', 'this-image-fails-too']]));
    expect(states(window)).toEqual(expect.arrayContaining([['image', 'failed']]));
    expect(await readdir(join(storage, 'watches'))).toEqual([]);
  });

  it('wait for the last one, which may be in another region', async () => {
    const window = openConnected();
    let first = '';
    await window.creations.inBatch(async (batch) => {
      const { id, name } = await make('batch-first');
      first = id;
      await window.creations.watch(connection, { region, imageId: id, name, batch });
      const elsewhere = { region: 'eu-west-1', imageId: 'ami-00000000000000abc', name: 'elsewhere', batch };
      await window.creations.watch(connection, elsewhere);
    });
    finish();
    await expect.poll(() => hasEnded(window).sort()).toEqual([false, true]);
    expect(told(window)).toEqual([]);
    // It is shown as available all the same.
    expect(window.changes.at(-1)).toMatchObject({ ref: { id: first }, image: { state: 'available' } });
    // And is not asked for again.
    sample.calls.length = 0;
    await window.watches.lookNow(region);
    expect(sample.calls).toEqual([]);
    // The other one is gone after a while.
    for (const { record, hasEnded } of window.watches.watched(imageBeingMade)) {
      if (!hasEnded) window.watches.add(connection, { ...record, kind: imageBeingMade, since: 0 });
    }
    await expect.poll(() => told(window)).toEqual([['batch-first', 'gone']]);
  });

  it('are not told of while more may be begun', async () => {
    const window = openConnected();
    await window.creations.inBatch(async (batch) => {
      const first = await make('batch-quick');
      finish();
      await window.creations.watch(connection, { region, imageId: first.id, name: first.name, batch });
      await window.watches.lookNow(region);
      expect(hasEnded(window)).toEqual([true]);
      expect(told(window)).toEqual([]);
      const second = await make('batch-later');
      await window.creations.watch(connection, { region, imageId: second.id, name: second.name, batch });
      ahead *= 2;
    });
    await expect.poll(() => told(window)).toEqual([['batch-later', 'batch-quick']]);
  });

  it('are not told of by another window while theirs may begin more', async () => {
    const [one, other] = [openConnected(), openConnected()];
    const begin = async (name: string, batch: string) => {
      const { id } = await make(name);
      ahead += 7_200_000;
      await one.creations.watch(connection, { region, imageId: id, name, batch });
      await other.watches.lookNow(region);
    };
    await one.creations.inBatch(async (batch) => {
      await begin('batch-h', batch);
      expect(hasEnded(other)).toEqual([true]);
      await begin('batch-i', batch);
      expect([...told(one), ...told(other)]).toEqual([]);
    });
    await expect.poll(() => [...told(one), ...told(other)]).toEqual([['batch-h', 'batch-i']]);
    await other.watches.lookNow(region);
    expect([...told(one), ...told(other)]).toEqual([['batch-h', 'batch-i']]);
  });

  it('are told of by another window that has seen the end of all before theirs had begun them', async () => {
    const [one, other] = [openConnected(), openConnected()];
    await one.creations.inBatch(async (batch) => {
      const { id, name } = await make('batch-j');
      await one.creations.watch(connection, { region, imageId: id, name, batch });
      one.watches.dispose();
      finish();
      await other.watches.lookNow(region);
      expect(hasEnded(other)).toEqual([true]);
    });
    await expect.poll(() => told(other)).toEqual([['batch-j']]);
    expect(told(one)).toEqual([]);
    expect(await readdir(join(storage, 'watches'))).toEqual([]);
  });

  it('are told of without the one that nobody watches any more, which may be the last', async () => {
    const window = openConnected();
    await makeBatch(window, 'batch-c');
    const [record] = window.watches.watched(imageBeingMade).map((each) => each.record);
    const slow = { kind: imageBeingMade, id: 'slow', region: 'eu-west-1', batch: record?.batch };
    window.watches.add(connection, { ...slow, subject: { imageId: 'ami-00000000000000abc', name: 'slow' } });
    finish();
    await window.watches.lookNow(region);
    expect(told(window)).toEqual([]);
    window.watches.remove('slow');
    expect(told(window)).toEqual([['batch-c']]);
  });

  it('are told of by the next window where theirs was closed in between', async () => {
    const first = openConnected();
    await makeBatch(first, 'batch-d', 'batch-e');
    first.watches.dispose();
    finish();
    const next = openConnected();
    await expect.poll(() => told(next)).toEqual([['batch-d', 'batch-e']]);
    expect(first.outcomes).toEqual([]);
  });

  it('are told of in one of two windows', async () => {
    const [one, other] = [openConnected(), openConnected()];
    await makeBatch(one, 'batch-f', 'batch-g');
    other.watches.resume();
    await expect.poll(() => other.watches.watched(imageBeingMade)).toHaveLength(2);
    finish();
    await expect.poll(() => [...told(one), ...told(other)]).toEqual([['batch-f', 'batch-g']]);
    await one.watches.lookNow(region);
    await other.watches.lookNow(region);
    expect([...told(one), ...told(other)]).toEqual([['batch-f', 'batch-g']]);
  });
});

describe('what was begun', () => {
  it('is watched again by the next window, which asks for a connection of its own accord', async () => {
    const first = openConnected();
    const { id, name } = await make();
    await first.creations.watch(connection, { region, imageId: id, name });
    first.watches.dispose();
    const next = open();
    expect(next.session.asked).toBe(1);
    next.session.connect(connection);
    next.session.identify(account);
    finish();
    await expect.poll(() => states(next)).toEqual([['image', 'available']]);
    expect(first.outcomes).toEqual([]);
  });

  it('is nothing that a window would ask for a connection for where there is none', () => {
    expect(open().session.asked).toBe(0);
  });

  it('is told in one window of two, and shown in both', async () => {
    const [one, other] = [openConnected(), openConnected()];
    const { id, name } = await make();
    await one.creations.watch(connection, { region, imageId: id, name });
    other.watches.resume();
    await expect.poll(() => other.watches.progressOf(id)).toBe(0);
    finish();
    await expect.poll(() => [...states(one), ...states(other)]).toEqual([['image', 'available']]);
    await expect.poll(() => one.changes.at(-1)).toMatchObject({ ref: { id }, image: { state: 'available' } });
    await expect.poll(() => other.changes.at(-1)).toMatchObject({ ref: { id }, image: { state: 'available' } });
  });

  it('is taken over by a window that is turned to', async () => {
    const [one, other] = [openConnected(), openConnected()];
    const { id, name } = await make();
    await one.creations.watch(connection, { region, imageId: id, name });
    one.watches.dispose();
    finish();
    other.watches.resume();
    await expect.poll(() => states(other)).toEqual([['image', 'available']]);
  });

  it('in one account is neither looked at nor lost in another', async () => {
    const window = openConnected();
    const { id, name } = await make();
    await window.creations.watch(connection, { region, imageId: id, name });
    const other = await sample.open();
    window.session.connect(other);
    expect(window.watches.watched(imageBeingMade)).toEqual([]);
    window.session.identify('999999999999');
    finish();
    sample.calls.length = 0;
    await window.watches.lookNow(region);
    expect(sample.calls).toEqual([]);
    expect(window.outcomes).toEqual([]);
    window.session.connect(connection);
    // Until the account is known, the record has none.
    await window.watches.lookNow(region);
    expect(sample.calls).toEqual([]);
    window.session.identify(account);
    await expect.poll(() => states(window)).toEqual([['image', 'available']]);
  });

  it('before the account was known bears its number from then on', async () => {
    const window = open();
    window.session.connect(connection);
    const { id, name } = await make();
    await window.creations.watch(connection, { region, imageId: id, name });
    expect(window.watches.watched(imageBeingMade)).toMatchObject([{ record: { scope: { account: undefined } } }]);
    window.session.identify(account);
    expect(window.watches.watched(imageBeingMade)).toMatchObject([{ record: { scope: { account } } }]);
  });

  it('is not told of after the connection has changed', async () => {
    const window = openConnected();
    const { id, name } = await make();
    sample.server.faults.add({ kind: 'delay', milliseconds: 300, action: 'DescribeImages' });
    finish();
    const looking = window.creations.watch(connection, { region, imageId: id, name });
    window.session.connect(undefined);
    await looking;
    expect(window.outcomes).toEqual([]);
    expect(await readdir(join(storage, 'watches'))).toHaveLength(1);
  });

  it('in the sample account is not what another window has begun in its own', async () => {
    const ofSample: Connection = { ...connection, choice: { kind: 'sample' }, foreignEndpoint: undefined };
    const { id, name } = await make();
    const [one, other] = [open(), open()];
    for (const { session } of [one, other]) {
      session.connect(ofSample);
      session.identify(account);
    }
    await one.creations.watch(ofSample, { region, imageId: id, name });
    other.watches.resume();
    expect(other.watches.watched(imageBeingMade)).toEqual([]);
    expect(open().session.asked).toBe(0);
    finish();
    await expect.poll(() => states(one)).toEqual([['image', 'available']]);
    expect(other.outcomes).toEqual([]);
  });
});

describe('a request that was not answered', () => {
  it('is looked for, and its image is watched from then on', async () => {
    const window = openConnected();
    const request = await requestFor('unanswered');
    const sending = window.creations.sending(connection, request, false);
    sending.onSending({ region, instanceId: request.instanceId, name: request.name, since: Date.now(), before: [] });
    expect(sending.sent).toBe(true);
    expect(window.watches.watched(unansweredCreation)).toEqual([]);
    const other = openConnected();
    expect(other.creations.sending(connection, request, false).underWay).toBe(true);
    other.watches.dispose();
    sending.unanswered();
    expect(window.watches.watched(unansweredCreation)).toMatchObject([{ record: { subject: { name: 'unanswered' } } }]);
    expect(await window.creations.lookNow(sending.id)).toBe(false);
    const { id } = await make('unanswered');
    await expect.poll(() => states(window)).toEqual([['unanswered', 'pending']]);
    expect(await window.creations.lookNow(sending.id)).toBe(true);
    expect(window.watches.watched(imageBeingMade)).toMatchObject([{ record: { subject: { imageId: id } } }]);
    expect(window.images.of(connection).cached({ region, id })).toMatchObject({ name: 'unanswered' });
    finish();
    await expect.poll(() => states(window).at(-1)).toEqual(['image', 'available']);
  });

  it.each([
    ['made', 0],
    ['refused', 0],
    ['unanswered', 1],
  ] as const)('and then %s leaves %i to look for', async (end, left) => {
    const window = openConnected();
    const request = await requestFor('ends');
    const sending = window.creations.sending(connection, request, false);
    sending.onSending({ region, instanceId: request.instanceId, name: request.name, since: Date.now(), before: [] });
    sending[end]();
    expect(window.watches.of(connection, unansweredCreation)).toHaveLength(left);
  });

  it('is still looked for where the same is refused the next time', async () => {
    const window = openConnected();
    const request = await requestFor('twice');
    const sought = { region, instanceId: request.instanceId, name: request.name, since: Date.now(), before: [] };
    const first = window.creations.sending(connection, request, false);
    first.onSending(sought);
    first.unanswered();
    const second = window.creations.sending(connection, request, true);
    expect(second).toMatchObject({ id: first.id, earlier: sought, underWay: false });
    second.onSending(sought);
    second.refused();
    expect(window.watches.watched(unansweredCreation)).toMatchObject([
      { record: { id: first.id, heldUntil: 0, subject: { dryRun: false } } },
    ]);
  });

  it('is given up after a while, even where nothing is ever answered', async () => {
    const window = openConnected();
    const subject = { name: 'never', instanceId: 'i-0123456789abcdef0', before: [], dryRun: false };
    sample.server.faults.add({ kind: 'hang', action: 'DescribeImages' });
    for (const [id, soughtUntil] of [
      ['old', Date.now() - 1],
      ['new', Date.now() + 60_000],
    ] as const) {
      const start = { kind: unansweredCreation, id, region, subject: { ...subject, soughtUntil } };
      window.watches.add(connection, start);
    }
    await window.watches.lookNow(region);
    expect(window.outcomes).toEqual([['unanswered', undefined]]);
    expect(window.watches.get('new')).toBeDefined();
  });
});

describe('another kind', () => {
  const copied: WatchKind<string, string> = {
    name: 'copied',
    subject: v.string(),
    async *look({ images, region: where }, records, signal): AsyncIterable<Sighting<string>> {
      for (const { id, subject } of records) {
        const image = await images.get({ region: where, id: subject }, signal, { maxAge: 0 });
        yield { id, image, over: image?.state === 'available' ? { outcome: subject } : undefined };
      }
    },
  };

  it('is looked at with the others, by the same call', async () => {
    const window = openConnected([imageBeingMade, unansweredCreation, copied]);
    const { id, name } = await make();
    window.watches.add(connection, { kind: copied, id: 'copy', region, subject: id });
    await window.creations.watch(connection, { region, imageId: id, name });
    sample.calls.length = 0;
    await window.watches.lookNow(region);
    expect(sample.calls.filter(({ operation }) => operation === 'DescribeImages').length).toBeLessThanOrEqual(2);
    finish();
    await expect.poll(() => window.outcomes.map(([kind]) => kind).sort()).toEqual(['copied', 'image']);
  });

  it('that this version does not know is left alone', async () => {
    const newer = openConnected([imageBeingMade, unansweredCreation, copied]);
    newer.watches.add(connection, { kind: copied, id: 'copy', region, subject: 'ami-00000000000000abc' });
    newer.watches.dispose();
    const window = openConnected();
    await window.watches.lookNow(region);
    expect(sample.calls.filter(({ operation }) => operation === 'DescribeImages')).toEqual([]);
    expect(window.watches.get('copy')).toBeDefined();
  });
});
