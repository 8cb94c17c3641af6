import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { baseShards, belongs } from '../../src/catalog/download/shards.ts';
import { SegmentBuilder } from '../../src/catalog/segmentBuilder.ts';
import { openStore } from '../../src/catalog/store/openStore.ts';
import { AmiError } from '../../src/core/errors.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';
import type { SampleServerOptions } from '../../src/sample/httpServer.ts';
import { openSampleCatalog, region, type SampleCatalog } from './sampleCatalog.ts';

type Ask = NonNullable<NonNullable<Parameters<SampleCatalog['download']>[0]>['ask']>;

let catalog: SampleCatalog;

async function open(options: SampleServerOptions = {}): Promise<SampleCatalog> {
  catalog = await openSampleCatalog(options);
  return catalog;
}

afterEach(() => catalog.close());

/** Cancels a download after it has brought this many images. */
async function cancelledAfter(count: number, options: { readonly whole?: boolean } = {}): Promise<void> {
  const abort = new AbortController();
  const cancelled = catalog.download({
    ...options,
    signal: abort.signal,
    onProgress: ({ images }) => images > count && abort.abort(),
  });
  await expect(cancelled).rejects.toThrow();
}

function describeImagesRequests(): number {
  return catalog.server.requests.filter(({ action }) => action === 'DescribeImages').length;
}

describe('a download of a region', () => {
  it.each(['even', 'recent', 'oneDay', 'sequentialIds'] as const)(
    'brings every public image exactly once, however the images are spread: %s',
    async (spread) => {
      await open({ images: 12_000, spread });
      await catalog.download();
      const listed = await catalog.listed();
      expect(listed.length).toBeGreaterThan(12_000);
      expect(catalog.shown()).toEqual(listed);
      expect(catalog.store.region(region)?.completed).toBeDefined();
    },
  );

  it('brings images with odd ids, dates and texts as they are', async () => {
    await open({ oddImages: true });
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('asks for little more than the pages that there are', async () => {
    await open({ images: 60_000 });
    await catalog.download();
    const pages = (await catalog.listed()).length / 1_000;
    expect(describeImagesRequests()).toBeLessThan(pages * 1.3 + 40);
  });

  it('divides a shard that is far larger than the others instead of listing it page after page', async () => {
    await open({ images: 30_000, spread: 'sequentialIds', latency: 20 });
    await catalog.download();
    const chains = new Map<string, number>();
    for (const { params } of catalog.server.requests) {
      const values = Object.entries(params).filter(([key]) => key.startsWith('Filter.1.Value'));
      const key = values.map(([, value]) => value).join();
      chains.set(key, (chains.get(key) ?? 0) + 1);
    }
    expect(Math.max(...chains.values())).toBeLessThan(20);
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('shows the newest images long before all are there', async () => {
    const half = 15_000;
    await open({ images: 2 * half, spread: 'recent' });
    const early = new Set<string>();
    await catalog.download({
      ask: async (question, signal, ask) => {
        // The newest images are asked for by date, beside the others and not after them.
        await delay(question.filters[0]?.name === 'image-id' ? 300 : 0);
        return ask(question, signal);
      },
      onProgress: ({ images }) => {
        for (const { id } of images < half ? catalog.search().query(newest, 0, 5, Date.now()).rows : []) {
          early.add(id);
        }
      },
    });
    const rows = catalog.search().query(newest, 0, 5, Date.now()).rows;
    expect(rows).toHaveLength(5);
    expect(rows.filter(({ id }) => !early.has(id))).toEqual([]);
  });

  it('loses and repeats nothing where requests are throttled, cut off, refused or answered by errors', async () => {
    await open({ images: 20_000 });
    for (const kind of ['throttled', 'cut', 'server-error', 'invalid-token', 'malformed-xml'] as const) {
      catalog.server.faults.add({ kind, action: 'DescribeImages', skip: 3, count: 2 });
    }
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('keeps to the limits of the account, and asks less when EC2 says so', async () => {
    await open({ images: 30_000, throttle: true });
    const throttled: boolean[] = [];
    catalog.server.faults.add({ kind: 'throttled', action: 'DescribeImages', count: 6 });
    await catalog.download({ onProgress: (progress) => throttled.push(progress.throttled) });
    expect(throttled).toContain(true);
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('keeps what has arrived when it is cancelled, and goes on from there', async () => {
    await open({ images: 40_000, latency: 20 });
    const abort = new AbortController();
    const cancelled = catalog.download({
      signal: abort.signal,
      onProgress: ({ images }) => images > 15_000 && abort.abort(),
    });
    await expect(cancelled).rejects.toThrow();
    const there = catalog.shown();
    expect(there.length).toBeGreaterThan(15_000);
    expect(new Set(there).size).toBe(there.length);
    const before = describeImagesRequests();
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
    expect(describeImagesRequests() - before).toBeLessThan(65);
  });

  it('starts a listing again whose token is no longer known', async () => {
    await open({ images: 40_000, latency: 20 });
    const abort = new AbortController();
    await catalog
      .download({ signal: abort.signal, onProgress: ({ images }) => images > 15_000 && abort.abort() })
      .catch(() => {});
    catalog.server.faults.add({ kind: 'invalid-token', action: 'DescribeImages', count: 5 });
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('does not use a token of long ago', async () => {
    await open({ images: 40_000, latency: 20 });
    const abort = new AbortController();
    await catalog
      .download({ signal: abort.signal, onProgress: ({ images }) => images > 15_000 && abort.abort() })
      .catch(() => {});
    // Counts the download's own requests: the server may get those from before the cancellation later.
    const begun = new Map<string, string | undefined>();
    await catalog.download({
      now: () => Date.now() + 3_600_000,
      ask: (question, signal, ask) => {
        const filters = JSON.stringify(question.filters);
        begun.set(filters, begun.has(filters) ? begun.get(filters) : question.token);
        return ask(question, signal);
      },
    });
    expect(begun.size).toBeGreaterThan(5);
    expect([...begun.values()].filter((token) => token !== undefined)).toEqual([]);
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('shows an image that appears or goes away during the download once', async () => {
    await open({ images: 20_000, latency: 20 });
    const gone = (await catalog.listed()).slice(0, 50);
    let changed = false;
    await catalog.download({
      onProgress: ({ images }) => {
        if (images > 6_000 && !changed) {
          changed = true;
          const images = catalog.server.account.publicImages(region);
          void images.add(40).then(() => images.remove(gone));
        }
      },
    });
    const shown = catalog.shown();
    expect(new Set(shown).size).toBe(shown.length);
    const after = new Set(await catalog.listed());
    // The images that existed before and after are shown.
    const lasting = [...after].filter((id) => !gone.includes(id));
    expect(shown.filter((id) => after.has(id)).length).toBeGreaterThanOrEqual(lasting.length - 40);
  });

  it.each(['unavailable', 'bad-answer', 'unknown'] as const)(
    'keeps its images when it is resumed and the endpoint has errors: %s',
    async (kind) => {
      await open({ images: 40_000, latency: 20 });
      await cancelledAfter(15_000);
      const before = catalog.store.images(region, 1);
      const trouble = () => Promise.reject(new AmiError('Not now.', { kind, operation: 'DescribeImages', region }));
      await expect(catalog.download({ ask: trouble })).rejects.toMatchObject({ kind });
      expect(catalog.store.images(region, 1)).toBe(before);
      let first = true;
      await catalog
        .download({
          ask: (question, signal, ask) => {
            const fails = first;
            first = false;
            return fails ? trouble() : ask(question, signal);
          },
        })
        .catch(() => {});
      await catalog.download();
      expect(catalog.store.shards(region, 1).length).toBeGreaterThan(20);
      expect(catalog.shown()).toEqual(await catalog.listed());
    },
  );

  it.each(['unavailable', 'bad-answer', 'unknown'] as const)(
    'does not take the first errors of an endpoint for a refusal of the filters: %s',
    async (kind) => {
      await open({ images: 5_000 });
      let left = 6;
      await catalog
        .download({
          ask: (question, signal, ask) => {
            left -= 1;
            return left >= 0
              ? Promise.reject(new AmiError('Not now.', { kind, operation: 'DescribeImages', region }))
              : ask(question, signal);
          },
        })
        .catch(() => {});
      await catalog.download();
      expect(catalog.store.shards(region, 1).length).toBeGreaterThan(20);
      expect(catalog.shown()).toEqual(await catalog.listed());
    },
  );

  it('is as old as its oldest shard after a long interruption', async () => {
    await open({ images: 40_000, latency: 20 });
    await cancelledAfter(15_000);
    const begun = Math.min(
      ...catalog.store
        .shards(region, 1)
        .flatMap(({ asked, done, kind }) => (asked && done && kind === 'base' ? asked : [])),
    );
    const later = () => Date.now() + 30 * 86_400_000;
    const images = catalog.server.account.publicImages(region);
    await images.add(100);
    await images.remove((await catalog.listed()).slice(0, 2_000));
    await catalog.download({ now: later });
    expect(catalog.store.region(region)).toMatchObject({ completed: begun, refreshed: begun });
    await catalog.download({ now: later });
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('shows an image of two previews once', async () => {
    await open({ images: 40_000, latency: 20, spread: 'recent' });
    await cancelledAfter(0);
    const begun = catalog.shown();
    expect(new Set(begun).size).toBe(begun.length);
    await catalog.download({
      onProgress: () => {
        const shown = catalog.shown();
        expect(shown.length).toBe(new Set(shown).size);
      },
    });
  });

  it('that replaces a complete catalog begins again after a long interruption', async () => {
    await open({ images: 40_000, latency: 20 });
    await catalog.download();
    await cancelledAfter(15_000, { whole: true });
    await catalog.server.account.publicImages(region).remove((await catalog.listed()).slice(0, 2_000));
    await catalog.download({ now: () => Date.now() + 3 * 86_400_000 });
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('lists a shard again whose stored part is damaged', async () => {
    await open({ images: 40_000, latency: 20 });
    await cancelledAfter(15_000);
    const { db } = openStore(catalog.file);
    db.exec(
      'UPDATE segment SET data = zeroblob(length(data)) WHERE shard IN (SELECT key FROM shard WHERE token IS NOT NULL)',
    );
    db.close();
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('ends where every token is refused', async () => {
    await open({ images: 40_000 });
    const refused = new AmiError('No.', {
      kind: 'unknown',
      operation: 'DescribeImages',
      region,
      code: 'InvalidNextToken',
    });
    await expect(
      catalog.download({
        ask: (question, signal, ask) => (question.token ? Promise.reject(refused) : ask(question, signal)),
      }),
    ).rejects.toBe(refused);
    expect(describeImagesRequests()).toBeLessThan(400);
  });

  it('ends with the error where the region cannot be listed at all, and keeps what is there', async () => {
    await open({ images: 5_000 });
    catalog.server.faults.add({ kind: 'access-denied', action: 'DescribeImages' });
    await expect(catalog.download()).rejects.toMatchObject({ kind: 'access-denied' });
    catalog.server.faults.clear();
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
  });
});

describe('endpoints that are not quite EC2', () => {
  it('are listed page after page where they do not take the filters', async () => {
    await open({ images: 5_000 });
    await catalog.download({
      ask: (question, signal, ask) =>
        question.filters.length > 0
          ? Promise.reject(
              new AmiError('The filter is invalid.', {
                kind: 'invalid-parameter',
                operation: 'DescribeImages',
                region,
              }),
            )
          : ask(question, signal),
    });
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('are listed page after page where they take some of the filters only', async () => {
    await open({ images: 5_000 });
    const ask: Ask = (question, signal, ask) =>
      (question.filters[0]?.values.length ?? 0) > 50
        ? Promise.reject(new AmiError('Too many.', { kind: 'invalid-parameter', operation: 'DescribeImages', region }))
        : ask(question, signal);
    await catalog.download({ ask });
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('are listed page after page where they ignore the filters, and do not answer at first', async () => {
    await open({ images: 5_000 });
    let calls = 0;
    await catalog
      .download({
        ask: async (question, signal, ask) => {
          calls += 1;
          if (calls === 6) {
            throw new AmiError('Not now.', { kind: 'unavailable', operation: 'DescribeImages', region });
          }
          const some = question.filters[0]?.values.some((value) => value.startsWith('ami-01'));
          return ask(some ? { ...question, filters: [] } : question, signal);
        },
      })
      .catch(() => {});
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('are listed page after page where they ignore the filters', async () => {
    await open({ images: 5_000 });
    await catalog.download({ ask: (question, signal, ask) => ask({ ...question, filters: [] }, signal) });
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('are listed page after page where the filter for ids finds nothing', async () => {
    await open({ images: 5_000 });
    await catalog.download({
      ask: async (question, signal, ask) =>
        question.filters.some(({ name }) => name === 'image-id')
          ? { images: new SegmentBuilder(), nextToken: undefined }
          : ask(question, signal),
    });
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it.each(['takes none of them', 'takes them literally', 'ignores them'])(
    'are listed whole again where a refresh %s',
    async (how) => {
      await open({ images: 3_000, now: () => new Date() });
      await catalog.server.account.publicImages(region).add(90);
      const ask: Ask = (question, signal, ask) => {
        if (question.filters.length === 0 || how === 'ignores them') {
          return ask({ ...question, filters: [] }, signal);
        }
        return how === 'takes them literally'
          ? Promise.resolve({ images: new SegmentBuilder(), nextToken: undefined })
          : Promise.reject(new AmiError('No.', { kind: 'invalid-parameter', operation: 'DescribeImages', region }));
      };
      await catalog.download({ ask });
      expect(catalog.shown()).toEqual(await catalog.listed());
      for (const days of [0, 1, 10]) {
        const images = catalog.server.account.publicImages(region);
        await images.remove((await catalog.listed()).slice(0, 10));
        await images.add(10);
        await catalog.download({ ask, now: () => Date.now() + days * 86_400_000 });
        expect(catalog.shown()).toEqual(await catalog.listed());
      }
    },
  );
});

/** Endpoints whose listings have no end: the next token of a page that was requested with the token `asked`. */
const endless: readonly (readonly [
  how: string,
  next: (asked: string | undefined, count: number) => string | undefined,
  images: 'once' | 'again' | 'none',
])[] = [
  ['names the same page again', () => 'again', 'again'],
  ['goes in a circle', (asked) => (asked === 'a' ? 'b' : 'a'), 'again'],
  ['goes on with the same images', (_, count) => `token ${count}`, 'again'],
  ['goes on with nothing', (_, count) => `token ${count}`, 'once'],
  ['has nothing, and goes on', (_, count) => `token ${count}`, 'none'],
];

describe('an endpoint that never comes to an end', () => {
  it.each(endless)(
    'ends the download with what has come, and is not called complete: it %s',
    async (_, next, images) => {
      await open({ images: 2_000 });
      let count = 0;
      await expect(
        catalog.download({
          ask: async (question, signal, ask) => {
            count += 1;
            const brings = images === 'again' || (images === 'once' && question.token === undefined);
            const page = brings
              ? await ask({ ...question, token: undefined }, signal)
              : { images: new SegmentBuilder(), nextToken: undefined };
            return { ...page, nextToken: next(question.token, count) };
          },
        }),
      ).rejects.toMatchObject({ kind: 'listing-broken', operation: 'DescribeImages', region });
      expect(count).toBeLessThan(images === 'again' ? 1_000 : 10_000);
      expect(catalog.store.region(region)?.completed).toBeUndefined();
      expect(catalog.shown()).toEqual(images === 'none' ? [] : await catalog.listed());
      await catalog.download();
      expect(catalog.store.region(region)?.completed).toBeDefined();
      expect(catalog.shown()).toEqual(await catalog.listed());
    },
  );

  it('costs a part of the region only, where one part is listed so', async () => {
    await open({ images: 5_000 });
    const part = baseShards().find((shard) => belongs(shard, 'ami-0100000000000000'));
    const isBroken = ({ filters }: Parameters<Ask>[0]) => isDeepStrictEqual(filters, part?.filters);
    const broken: Ask = async (question, signal, ask) =>
      isBroken(question) ? { images: new SegmentBuilder(), nextToken: 'again' } : ask(question, signal);
    await expect(catalog.download({ ask: broken })).rejects.toMatchObject({ kind: 'listing-broken' });
    const shown = new Set(catalog.shown());
    const missing = (await catalog.listed()).filter((id) => !shown.has(id));
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.every((id) => part && belongs(part, id))).toBe(true);
  });

  it('leaves the age of the catalog as it is when a refresh fails', async () => {
    await open({ images: 3_000, now: () => new Date() });
    await catalog.server.account.publicImages(region).add(90);
    await catalog.download();
    const { completed, refreshed } = catalog.store.region(region) ?? {};
    const shown = catalog.shown();
    const again: Ask = async (question, signal, ask) => ({
      ...(await ask({ ...question, token: undefined }, signal)),
      nextToken: 'again',
    });
    await expect(catalog.download({ ask: again })).rejects.toMatchObject({ kind: 'listing-broken' });
    expect(catalog.store.region(region)).toMatchObject({ completed, refreshed });
    expect(catalog.shown()).toEqual(shown);
  });
});

describe('a stray image, which was not asked for', () => {
  it('is there once, and does not cost the parts of the region', async () => {
    await open({ images: 5_000 });
    const [stray = ''] = await catalog.listed();
    await catalog.download({
      ask: async (question, signal, ask) => {
        const page = await ask(question, signal);
        if (page.images.count > 2) {
          page.images.add(imageOf(stray));
        }
        return page;
      },
    });
    expect(catalog.store.shards(region, 1).length).toBeGreaterThan(20);
    expect(catalog.shown()).toEqual(await catalog.listed());
  });
});

describe('a refresh', () => {
  it('lists the whole again where the clock was ahead when it was listed', async () => {
    await open({ images: 3_000, now: () => new Date() });
    await catalog.download({ now: () => Date.now() + 365 * 86_400_000 });
    await catalog.server.account.publicImages(region).add(100);
    await catalog.download();
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it('stops all that it asks when a part of it fails', async () => {
    await open({ images: 3_000, now: () => new Date() });
    await catalog.download();
    let calls = 0;
    const failed = catalog.download({
      now: () => Date.now() + 5 * 86_400_000,
      ask: async (question, signal, ask) => {
        calls += 1;
        if (calls === 2) {
          throw new AmiError('No.', { kind: 'access-denied', operation: 'DescribeImages', region });
        }
        await delay(50, undefined, { signal });
        return ask(question, signal);
      },
    });
    await expect(failed).rejects.toMatchObject({ kind: 'access-denied' });
    const then = calls;
    await delay(300);
    expect(calls).toBe(then);
  });

  it('writes its heartbeat while an answer takes long', async () => {
    await open({ images: 3_000, now: () => new Date() });
    await catalog.download();
    let beat = 0;
    await catalog.download({
      ask: async (question, signal, ask) => {
        const before = catalog.store.download(region)?.beat ?? 0;
        await delay(5_000);
        beat = Math.max(beat, (catalog.store.download(region)?.beat ?? 0) - before);
        return ask(question, signal);
      },
    });
    expect(beat).toBeGreaterThan(3_000);
  });

  const newImagesAreOfToday = { now: () => new Date() };

  it('asks for the recent days only, adds new images and drops images that are gone', async () => {
    await open({ images: 20_000, ...newImagesAreOfToday });
    const images = catalog.server.account.publicImages(region);
    const recent = await images.add(30);
    await catalog.download();
    await images.add(20);
    await images.remove(recent.slice(0, 10));
    catalog.server.requests.length = 0;
    await catalog.download();
    expect(describeImagesRequests()).toBe(1);
    expect(catalog.shown()).toEqual(await catalog.listed());
  });

  it.each(['DELETE FROM segment', 'DELETE FROM shard', 'UPDATE region SET live = 7'])(
    'lists the whole again where the store has lost the images: %s',
    async (statement) => {
      await open({ images: 2_000 });
      await catalog.download();
      const other = new DatabaseSync(catalog.file);
      other.exec(statement);
      other.close();
      expect(catalog.shown()).toEqual([]);
      await catalog.download();
      expect(catalog.shown()).toEqual(await catalog.listed());
    },
  );

  it('of the whole region shows the old images until all new ones are there', async () => {
    await open({ images: 20_000, latency: 10 });
    await catalog.download();
    const before = catalog.shown();
    const images = catalog.server.account.publicImages(region);
    await images.remove(before.slice(0, 500));
    const during: number[] = [];
    await catalog.download({ whole: true, onProgress: () => during.push(catalog.store.segmentIds(region).length) });
    expect(new Set(during).size).toBe(1);
    expect(catalog.shown()).toEqual(await catalog.listed());
  });
});

const newest = {
  text: '',
  facets: {},
  newestOnly: false,
  sort: { column: 'created', descending: true },
} as const;

function imageOf(id: string): PublicImage {
  const texts = { name: '', description: '', ownerId: '', ownerAlias: '', architecture: '', platform: '' };
  const types = { rootDeviceType: '', virtualizationType: '', bootMode: '' };
  return { id, ...texts, ...types, size: undefined, created: undefined, deprecated: undefined };
}
