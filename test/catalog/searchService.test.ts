import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CatalogFailure, CatalogQuestion } from '../../src/catalog/port.ts';
import { RegionIndex } from '../../src/catalog/search/regionIndex.ts';
import { SegmentBuilder } from '../../src/catalog/segmentBuilder.ts';
import { noProgress } from '../../src/catalog/store/downloadProgress.ts';
import type { Shard } from '../../src/catalog/store/shard.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import type { StoredStatus } from '../../src/catalog/threads/contracts.ts';
import { SearchService } from '../../src/catalog/threads/searchService.ts';
import { aPublicImage } from './aPublicImage.ts';
import { openSampleCatalog, region, type SampleCatalog } from './sampleCatalog.ts';

const reader = 1;
const ubuntu: CatalogQuestion = { kind: 'text', text: 'ubuntu', publishers: [] };
const amazon: CatalogQuestion = { kind: 'text', text: 'amzn', publishers: [] };

let catalog: SampleCatalog;
let told: StoredStatus[];
let failures: (CatalogFailure | undefined)[];
let service: ReturnType<SearchService['handlers']>;

beforeEach(async () => {
  catalog = await openSampleCatalog({ images: 3_000 });
  await catalog.download();
  told = [];
  failures = [];
  service = new SearchService({
    now: Date.now,
    status: (_, status) => told.push(status),
    failed: (_, failure) => failures.push(failure),
  }).handlers();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await service.close({ reader });
  await catalog.close();
});

const open = () => service.open({ reader, file: catalog.file, region, partition: 'aws', publishers: [] });
const list = (listing: number, question: CatalogQuestion, start: number, count: number) =>
  service.list({ reader, listing, question, start, count });
const idsOf = async (listing: number, question: CatalogQuestion) =>
  (await list(listing, question, 0, 1_000_000)).rows.map(({ id }) => id);

/** Lets one read fail as if another process had locked the file. */
function failOnce(after: number): void {
  const { segment } = CatalogStore.prototype;
  let read = 0;
  vi.spyOn(CatalogStore.prototype, 'segment').mockImplementation(function (this: CatalogStore, id) {
    read += 1;
    if (read === after) {
      throw Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 });
    }
    return segment.call(this, id);
  });
}

/** Later than all images of the sample account. */
const later = Date.UTC(2030, 5, 1);

/** Adds an image, as another window does when it refreshes the catalog. */
function add(id: string, name: string, shard: Shard = { key: `more ${id}`, kind: 'base', filters: [] }): void {
  const segment = new SegmentBuilder();
  segment.add(aPublicImage({ id, name, created: later }));
  const claim = { region, owner: 'another window' };
  const generation = catalog.store.region(region)?.live ?? 1;
  catalog.store.claim(region, claim.owner, Date.now(), noProgress);
  const page = { images: 1, segment: segment.encode(), now: Date.now() };
  catalog.store.addShard(claim, generation, shard);
  catalog.store.addPage(claim, generation, shard, { ...page, token: undefined, done: true }, noProgress);
  catalog.store.release(region, claim.owner);
}

it('takes a region for read only once all of it was read', async () => {
  failOnce(7);
  expect(await open()).toMatchObject({ failure: { message: 'database is locked' } });
  expect(await open()).toMatchObject({ images: catalog.shown().length });
  expect((await idsOf(1, { kind: 'text', text: '', publishers: [] })).sort()).toEqual(catalog.shown());
});

it('reads again what it could not read, and says that the failure has passed', async () => {
  await open();
  add('ami-00000000000000001', 'ubuntu of another window');
  failOnce(1);
  await expect.poll(() => failures.at(0)).toMatchObject({ message: 'database is locked' });
  await expect.poll(() => failures.at(-1)).toBeUndefined();
  expect(failures).toHaveLength(2);
  expect(told.at(-1)).toMatchObject({ images: catalog.shown().length });
  expect(await service.byIds({ reader, ids: ['ami-00000000000000001'] })).toHaveLength(1);
});

it('continues two listings in turn without searching again', async () => {
  await open();
  const whole = [await idsOf(1, ubuntu), await idsOf(2, amazon)];
  const text = vi.spyOn(RegionIndex.prototype, 'ownLine');
  const found: string[][] = [[], []];
  const nexts: (number | undefined)[] = [0, 0];
  let looks = 0;
  for (let turn = 0; nexts.some((next) => next !== undefined); turn += 1) {
    const which = turn % 2;
    const next = nexts[which];
    if (next !== undefined) {
      const before = text.mock.calls.length;
      const answer = await list(10 + which, which === 0 ? ubuntu : amazon, next, 40);
      found[which]?.push(...answer.rows.map(({ id }) => id));
      nexts[which] = answer.next;
      looks = Math.max(looks, next === 0 ? 0 : text.mock.calls.length - before);
    }
  }
  expect(found).toEqual(whole);
  expect(whole.every((ids) => ids.length > 80)).toBe(true);
  // Only the rows of the answer are checked.
  expect(looks).toBeLessThanOrEqual(40);
});

it('lists the images as of the beginning of the listing, whatever changes meanwhile', async () => {
  await open();
  const before = await idsOf(1, ubuntu);
  const first = await list(2, ubuntu, 0, 40);
  add('ami-00000000000000002', 'ubuntu of this moment');
  await expect.poll(() => told.at(-1)?.images).toBe(catalog.shown().length);
  const rest = await list(2, ubuntu, first.next ?? 0, 1_000_000);
  expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(before);
  const now = await idsOf(3, ubuntu);
  expect(now.toSorted()).toEqual(['ami-00000000000000002', ...before].toSorted());
  // It is nobody's whose images come first.
  expect(now.indexOf('ami-00000000000000002')).toBeGreaterThan(now.indexOf(before[0] ?? ''));
});

it('begins a listing again that is no longer cached, and leaves nothing out', async () => {
  await open();
  const all = await idsOf(1, ubuntu);
  const anew = await list(99, ubuntu, 40, 40);
  expect(anew.rows.map(({ id }) => id)).toEqual(all.slice(0, 80));
  expect(anew.next).toBe(80);
});

it('finds an image by its id that was added or replaced since', async () => {
  await open();
  const id = 'ami-00000000000000003';
  const byId = async () => (await service.byIds({ reader, ids: [id] })).map(({ name }) => name);
  expect(await byId()).toEqual([]);
  add(id, 'first');
  await expect.poll(byId).toEqual(['first']);
  // A refresh lists the day again.
  add(id, 'second', { key: '2030-06-01', kind: 'recent', filters: [] });
  await expect.poll(byId).toEqual(['second']);
});
