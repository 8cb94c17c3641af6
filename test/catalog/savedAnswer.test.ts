import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SegmentBuilder } from '../../src/catalog/segmentBuilder.ts';
import { noProgress } from '../../src/catalog/store/downloadProgress.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import type { StoredStatus } from '../../src/catalog/threads/contracts.ts';
import { SearchService } from '../../src/catalog/threads/searchService.ts';
import { type Publisher, readPublishers } from '../../src/core/publishers.ts';
import type { CatalogQuery } from '../../src/protocol/catalog.ts';
import { aPublicImage } from './aPublicImage.ts';
import { openSampleCatalog, region, type SampleCatalog } from './sampleCatalog.ts';

const reader = 1;
const count = 20;
const first: CatalogQuery = { text: '', facets: {}, newestOnly: false, sort: { column: 'created', descending: true } };

let catalog: SampleCatalog;
let now: number;
let told: StoredStatus[];
const opened: ReturnType<SearchService['handlers']>[] = [];

beforeEach(async () => {
  now = Date.now();
  told = [];
  catalog = await openSampleCatalog({ images: 5_000 });
  await catalog.download();
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const service of opened.splice(0)) {
    await service.close({ reader });
  }
  await catalog.close();
});

/** A panel in a window of its own. */
async function openPanel(publishers: readonly Publisher[] = []) {
  const service = new SearchService({
    now: () => now,
    status: (_, status) => told.push(status),
    failed: () => {},
  }).handlers();
  opened.push(service);
  const status = await service.open({ reader, file: catalog.file, region, partition: 'aws', publishers });
  if ('failure' in status) {
    throw new Error(JSON.stringify(status.failure));
  }
  const ask = (query: CatalogQuery) => service.query({ reader, query, start: 0, count });
  return { service, status, ask };
}

/** The answer of a panel that has read all images, which is saved by then. */
async function savedAnswer(query = first, publishers: readonly Publisher[] = []) {
  const { service, ask } = await openPanel(publishers);
  const answer = await ask(query);
  await expect.poll(() => catalog.store.answer(region)).toBeDefined();
  await service.close({ reader });
  return answer;
}

/** How many segments were read so far. */
function readSegments(): () => number {
  const read = vi.spyOn(CatalogStore.prototype, 'segment');
  return () => read.mock.calls.length;
}

function addImage(id: string): void {
  const segment = new SegmentBuilder();
  segment.add(aPublicImage({ id, name: 'the newest of all', created: Date.UTC(2030, 5, 1) }));
  const claim = { region, owner: 'another window' };
  catalog.store.claim(region, claim.owner, Date.now(), noProgress);
  const generation = catalog.store.region(region)?.live ?? 1;
  const shard = { key: `more ${id}`, kind: 'base', filters: [] } as const;
  const page = { images: 1, segment: segment.encode(), now: Date.now(), token: undefined, done: true };
  catalog.store.addShard(claim, generation, shard);
  catalog.store.addPage(claim, generation, shard, page, noProgress);
  catalog.store.release(region, claim.owner);
}

it('has rows and counts before any image was read, and the same afterwards', async () => {
  const saved = await savedAnswer();
  const segments = readSegments();
  const { service, status, ask } = await openPanel();
  expect(status.images).toBe(catalog.shown().length);
  expect(status.completed).toBeDefined();
  const before = segments();
  expect(await ask(first)).toEqual(saved);
  expect(segments()).toBe(before);
  const rows = await service.rows({ reader, start: 10, count: 40 });
  expect(segments()).toBeGreaterThan(before);
  expect(rows.slice(0, 10)).toEqual(saved.rows.slice(10));
  expect(rows).toHaveLength(40);
  // The page asks again by the version.
  await expect.poll(() => told.at(-1)?.version).toBeGreaterThan(status.version);
  expect(told.at(-1)?.images).toBe(status.images);
  expect(await ask(first)).toEqual(saved);
});

it('waits for the images with every other question', async () => {
  await savedAnswer();
  const whole = catalog.search();
  const { ask, service } = await openPanel();
  const ids = await Promise.all(
    ['ubuntu', 'windows', '-amazon'].map(async (text) => (await ask({ ...first, text })).rows.map(({ id }) => id)),
  );
  expect(ids).toEqual(
    ['ubuntu', 'windows', '-amazon'].map((text) =>
      whole.query({ ...first, text }, 0, count, now).rows.map(({ id }) => id),
    ),
  );
  const other = await openPanel();
  const [id = ''] = catalog.shown();
  expect(await other.service.byIds({ reader, ids: [id] })).toHaveLength(1);
  await service.close({ reader });
});

it('is made anew where images have changed meanwhile', async () => {
  const saved = await savedAnswer();
  addImage('ami-0fffffffffffffff1');
  const { ask, status } = await openPanel();
  const answer = await ask(first);
  expect(answer.rows[0]?.id).toBe('ami-0fffffffffffffff1');
  expect(answer.total).toBe(saved.total + 1);
  expect(status.images).toBe(answer.total);
  await expect.poll(async () => (await (await openPanel()).ask(first)).rows[0]?.id).toBe('ami-0fffffffffffffff1');
});

it('leaves out the counts that depend on the time in another hour', async () => {
  const saved = await savedAnswer();
  now += 3_600_000;
  const { ask, service } = await openPanel();
  const early = await ask(first);
  expect(early.rows).toEqual(saved.rows);
  expect(early.facets).toEqual(saved.facets.filter(({ id }) => id !== 'deprecated'));
  await service.rows({ reader, start: 0, count });
  expect((await ask(first)).facets.map(({ id }) => id)).toEqual(saved.facets.map(({ id }) => id));
});

it('is to the question that the panel asks first', async () => {
  const query: CatalogQuery = { ...first, text: 'ubuntu', facets: { deprecated: ['never'] } };
  const saved = await savedAnswer(query);
  const segments = readSegments();
  const { ask } = await openPanel();
  const before = segments();
  expect(await ask(query)).toEqual(saved);
  expect(segments()).toBe(before);
  now += 3_600_000;
  const later = await openPanel();
  expect((await later.ask(query)).rows).toEqual(saved.rows);
  expect(segments()).toBeGreaterThan(before);
});

it('has the publishers of the settings in force', async () => {
  const saved = await savedAnswer();
  const owner = saved.rows.find(({ publisher }) => publisher === undefined)?.ownerId ?? '';
  const { publishers } = readPublishers([{ name: 'Acme Images', ownerIds: [owner] }]);
  const { ask } = await openPanel(publishers);
  expect((await ask(first)).rows.find(({ ownerId }) => ownerId === owner)?.publisher?.name).toBe('Acme Images');
});

it('is not used where it is damaged', async () => {
  const saved = await savedAnswer();
  const db = new DatabaseSync(catalog.file);
  db.exec("UPDATE answer SET answer = replace(answer, 'ami-', 'bmi-')");
  db.close();
  expect(await (await openPanel()).ask(first)).toEqual(saved);
});

it('is not needed: a store that takes none is searched all the same', async () => {
  const save = vi.spyOn(CatalogStore.prototype, 'saveAnswer').mockImplementation(() => {
    throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
  });
  const { ask } = await openPanel();
  const answer = await ask(first);
  await expect.poll(() => save.mock.calls.length).toBe(1);
  expect(await (await openPanel()).ask(first)).toEqual(answer);
});

it('is gone with its region', async () => {
  await savedAnswer();
  catalog.store.drop(region);
  expect(catalog.store.answer(region)).toBeUndefined();
});
