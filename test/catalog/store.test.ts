import { mkdir, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toCatalogFailure, toStoreFailure } from '../../src/catalog/failure.ts';
import type { CatalogFailure } from '../../src/catalog/port.ts';
import { decodeSegment, linesOf } from '../../src/catalog/segment.ts';
import { SegmentBuilder } from '../../src/catalog/segmentBuilder.ts';
import { noProgress } from '../../src/catalog/store/downloadProgress.ts';
import { isDamage, isFull, openStore } from '../../src/catalog/store/openStore.ts';
import { heartbeatTimeout } from '../../src/catalog/store/records.ts';
import type { Shard } from '../../src/catalog/store/shard.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import { DownloadLostError } from '../../src/catalog/store/storeErrors.ts';
import type { StoredStatus } from '../../src/catalog/threads/contracts.ts';
import { SearchService } from '../../src/catalog/threads/searchService.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';
import { aPublicImage } from './aPublicImage.ts';
import { openSampleCatalog, region, type SampleCatalog } from './sampleCatalog.ts';

let folder: string;
let catalog: SampleCatalog | undefined;
const progress = { images: 0, share: 0, rate: 0, throttled: false, refreshing: false };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-store-'));
});
afterEach(async () => {
  await catalog?.close();
  catalog = undefined;
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

const image = (id: string, more: Partial<PublicImage> = {}) => aPublicImage({ id, ...more });

function buildSegment(images: readonly PublicImage[]): SegmentBuilder {
  const segment = new SegmentBuilder();
  for (const each of images) {
    segment.add(each);
  }
  return segment;
}

describe('a segment', () => {
  it('gives back what was put in, whatever characters there are', () => {
    const images = [
      image('ami-1', { name: 'Naïve 🚀 \u202eRTL', description: 'Two\nlines', size: undefined, created: undefined }),
      image('ami-2', { size: 20_000, deprecated: Date.UTC(2030, 0, 1) }),
    ];
    const { data, checksum } = buildSegment(images).encode();
    const segment = decodeSegment(data, checksum);
    expect(segment.text.toString()).toBe('ami-1\0naïve 🚀 \u202ertl\0two lines\nami-2\0image ami-2\0\n');
    expect(linesOf(segment)).toEqual(['ami-1\0Naïve 🚀 \u202eRTL\0Two lines', 'ami-2\0image ami-2\0']);
    expect([...segment.sizes]).toEqual([0xffff_ffff, 20_000]);
    expect(segment.created[0]).toBeNaN();
    expect(segment.deprecated[1]).toBe(Date.UTC(2030, 0, 1));
    expect(segment.dictionaries.ownerId).toEqual(['123456789012']);
  });

  it('drops the images that were seen before, and values that only they had', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      image(`ami-${index}`, {
        ownerId: String(index % 7),
        size: index,
        created: index,
        description: 'ä'.repeat(index % 90),
      }),
    );
    const segment = buildSegment(many);
    expect(segment.newest).toBe(4_999);
    const seen = new Set(many.filter((_, index) => index % 7 === 3 || index > 4_000).map(({ id }) => id));
    segment.dropSeen(seen);
    expect(seen.size).toBe(5_000);
    const left = many.filter((_, index) => index % 7 !== 3 && index <= 4_000);
    expect(segment.ids()).toEqual(left.map(({ id }) => id));
    const { data, checksum } = segment.encode();
    expect(data).toEqual(buildSegment(left).encode().data);
    expect(decodeSegment(data, checksum).dictionaries.ownerId).toHaveLength(6);
    segment.dropSeen(seen);
    expect(segment.count).toBe(0);
  });

  it('has room for more values than a page of EC2’s has images', () => {
    const many = Array.from({ length: 70_000 }, (_, index) => image(`ami-${index}`, { ownerId: String(index) }));
    const { data, checksum } = buildSegment(many).encode();
    const { dictionaries, codes } = decodeSegment(data, checksum);
    const owners = Array.from(codes.ownerId, (code) => dictionaries.ownerId[code]);
    expect(owners).toEqual(many.map(({ ownerId }) => ownerId));
  });

  it('that was changed is not read', () => {
    const { data, checksum } = buildSegment([image('ami-1')]).encode();
    data[data.length - 3] = 0;
    expect(() => decodeSegment(data, checksum)).toThrow(/damaged/);
  });
});

/** The status of a catalog that could be opened. */
function statusOf(opened: StoredStatus | { readonly failure: CatalogFailure }): StoredStatus {
  if ('failure' in opened) {
    throw new Error(JSON.stringify(opened.failure));
  }
  return opened;
}

function versionOf(file: string): number {
  const db = new DatabaseSync(file);
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  db.close();
  return version;
}

/** Changes after which a file of the right version has other tables than a store. */
const otherForms = [
  'DROP TABLE segment',
  'DROP TABLE download',
  'ALTER TABLE region DROP COLUMN used',
  'ALTER TABLE shard RENAME TO shards',
  'DROP INDEX segment_of',
  'CREATE TABLE more (something TEXT)',
  'DROP TABLE region; CREATE VIEW region AS SELECT 1 AS name',
] as const;

describe('the store', () => {
  it.each(otherForms)('sets aside a file of the right version with other tables: %s', async (statement) => {
    const file = join(folder, 'aws.sqlite');
    openStore(file).db.close();
    const other = new DatabaseSync(file);
    other.exec(statement);
    other.close();
    const { db, setAside } = openStore(file);
    expect(setAside).toBe(`${file}.damaged`);
    const store = new CatalogStore(db);
    store.use(region, 1);
    expect(store.regions()).toHaveLength(1);
    store.close();
    expect(openStore(file).setAside).toBeUndefined();
  });

  it.each([
    ['a region', "UPDATE region SET live = 'x'"],
    ['a time', "UPDATE region SET completed = 'yesterday'"],
    ['a number that is none', 'UPDATE region SET version = 9223372036854775807'],
    ['the filters of a part', "UPDATE shard SET filters = 'nonsense'; UPDATE region SET completed = NULL"],
    ['the filters of a part, as other JSON', "UPDATE shard SET filters = '[1]'; UPDATE region SET completed = NULL"],
    ['the kind of a part', "UPDATE shard SET kind = 'nonsense'"],
    ['when a part was asked for', "UPDATE shard SET asked = 'x', done = 0; UPDATE region SET completed = NULL"],
    ['a page that is a text', "UPDATE segment SET data = 'text'"],
    ['the checksum of a page', "UPDATE segment SET checksum = 'x'"],
  ])('is set aside where what it holds of %s is damaged, and fills again', async (_, statement) => {
    catalog = await openSampleCatalog({ images: 1_000 });
    await catalog.download();
    const { file } = catalog;
    const other = new DatabaseSync(file);
    other.exec(statement);
    other.close();
    const handlers = new SearchService({ now: Date.now, status: () => {}, failed: () => {} }).handlers();
    expect(await handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] })).toMatchObject({
      images: 0,
      completed: undefined,
      setAside: `${file}.damaged`,
    });
    await handlers.close({ reader: 1 });
  });

  it('reads the progress that another version of the extension has written', () => {
    const file = join(folder, 'aws.sqlite');
    const store = new CatalogStore(openStore(file).db);
    store.use(region, 1);
    store.claim(region, 'me', 5, progress);
    const other = new DatabaseSync(file);
    other.exec(`UPDATE download SET progress = '{"images":7,"more":1}'`);
    expect(store.download(region)).toEqual({ ...noProgress, images: 7, owner: 'me', beat: 5 });
    other.exec(`UPDATE download SET progress = 'nonsense'`);
    expect(store.download(region)).toEqual({ ...noProgress, owner: 'me', beat: 5 });
    other.close();
    store.close();
  });

  it.each([1, 100, 4_095])('is set aside where its file lacks the last %i bytes', async (bytes) => {
    catalog = await openSampleCatalog({ images: 1_000 });
    await catalog.download();
    const file = join(folder, 'aws.sqlite');
    const whole = new DatabaseSync(catalog.file);
    whole.exec(`VACUUM INTO '${file}'`);
    whole.close();
    const copy = new DatabaseSync(file);
    copy.exec(`PRAGMA user_version = ${versionOf(catalog.file)}`);
    copy.close();
    await truncate(file, (await stat(file)).size - bytes);
    const handlers = new SearchService({ now: Date.now, status: () => {}, failed: () => {} }).handlers();
    const status = await handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] });
    expect(status).toMatchObject({ images: 0, setAside: `${file}.damaged` });
    await handlers.close({ reader: 1 });
  });

  it('is set aside whatever stands in the way of that', async () => {
    const file = join(folder, 'aws.sqlite');
    await mkdir(join(`${file}.damaged`, 'below'), { recursive: true });
    await writeFile(file, 'no database'.repeat(100));
    const { db, setAside } = openStore(file);
    expect(setAside).toBe(`${file}.damaged`);
    db.close();
  });

  it('reports its place when another program keeps it locked', () => {
    const file = join(folder, 'aws.sqlite');
    const { db } = openStore(file);
    db.exec('BEGIN EXCLUSIVE');
    const other = new DatabaseSync(file, { timeout: 0 });
    try {
      other.exec('DELETE FROM region');
      expect.unreachable();
    } catch (error) {
      expect(toStoreFailure(error, file)).toMatchObject({ kind: 'place', folder, code: 'EBUSY' });
    }
    other.close();
    db.close();
  });

  it('is set aside when its tables vanish while it is read, and is filled again', async () => {
    catalog = await openSampleCatalog({ images: 3_000 });
    await catalog.download();
    const { file } = catalog;
    const told: StoredStatus[] = [];
    const failures: (CatalogFailure | undefined)[] = [];
    const service = new SearchService({
      now: Date.now,
      status: (_, status) => told.push(status),
      failed: (_, failure) => failures.push(failure),
    });
    const handlers = service.handlers();
    await handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] });
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE segment');
    other.close();
    await expect.poll(() => told.at(-1)).toMatchObject({ images: 0, setAside: `${file}.damaged` });
    expect(failures).toEqual([]);
    expect(openStore(file).setAside).toBeUndefined();
    await handlers.close({ reader: 1 });
  });

  it('reports its place when a file or a folder is in the way', async () => {
    const inTheWay = join(folder, 'a file');
    await writeFile(inTheWay, '');
    const failure = (file: string) => {
      try {
        openStore(file);
      } catch (error) {
        return toCatalogFailure(error);
      }
      throw new Error('It was opened.');
    };
    expect(failure(join(inTheWay, 'aws.sqlite'))).toMatchObject({ kind: 'place', folder: inTheWay, code: 'EEXIST' });
    const below = join(inTheWay, 'catalog');
    expect(failure(join(below, 'aws.sqlite'))).toMatchObject({ kind: 'place', folder: below, code: 'ENOTDIR' });
    await mkdir(join(folder, 'aws.sqlite'));
    expect(failure(join(folder, 'aws.sqlite'))).toMatchObject({ kind: 'place', folder, code: 'EISDIR' });
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'reports a folder that may not be written to',
    async () => {
      const file = join(folder, 'read-only', 'aws.sqlite');
      await mkdir(dirname(file), { mode: 0o555 });
      const handlers = new SearchService({ now: Date.now, status: () => {}, failed: () => {} }).handlers();
      expect(await handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] })).toMatchObject({
        failure: { kind: 'place', folder: dirname(file), code: 'EACCES' },
      });
    },
  );

  it('sets aside a file that is none of SQLite’s, and begins a new one', async () => {
    const file = join(folder, 'aws.sqlite');
    await writeFile(file, 'this is not a database, but long enough to be taken for one'.repeat(20));
    const { db, setAside } = openStore(file);
    expect(setAside).toBe(`${file}.damaged`);
    await stat(`${file}.damaged`);
    const store = new CatalogStore(db);
    store.use(region, 1);
    expect(store.regions()).toHaveLength(1);
    store.close();
    expect(openStore(file).setAside).toBeUndefined();
  });

  it('is opened without being written to: a full disk has no room for that', () => {
    const file = join(folder, 'aws.sqlite');
    const first = new CatalogStore(openStore(file).db);
    const before = first.dataVersion();
    const second = new CatalogStore(openStore(file).db);
    expect(first.dataVersion()).toBe(before);
    second.use(region, 1);
    expect(first.dataVersion()).not.toBe(before);
    first.close();
    second.close();
  });

  it('empties a store of another version', () => {
    const file = join(folder, 'aws.sqlite');
    const old = new DatabaseSync(file);
    old.exec('CREATE TABLE region (something TEXT); PRAGMA user_version = 1');
    old.close();
    const { db, setAside } = openStore(file);
    expect(setAside).toBeUndefined();
    const store = new CatalogStore(db);
    store.use(region, 1);
    expect(store.region(region)).toMatchObject({ name: region, completed: undefined });
    store.close();
  });

  it('sets aside a file whose content is damaged when it is read, tells the reader, and fills again', async () => {
    catalog = await openSampleCatalog({ images: 3_000 });
    await catalog.download();
    const { file } = catalog;
    const db = new DatabaseSync(file);
    db.exec('UPDATE segment SET data = zeroblob(length(data)) WHERE id = (SELECT max(id) FROM segment)');
    db.close();
    const told: StoredStatus[] = [];
    const service = new SearchService({ now: Date.now, status: (_, status) => told.push(status), failed: () => {} });
    const handlers = service.handlers();
    const status = await handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] });
    expect(status).toMatchObject({ images: 0, completed: undefined, setAside: `${file}.damaged` });
    await handlers.close({ reader: 1 });
  });

  it('is not set aside again by a window that had opened the damaged one', async () => {
    catalog = await openSampleCatalog({ images: 3_000 });
    await catalog.download();
    const { file } = catalog;
    const windows = [1, 2].map(() =>
      new SearchService({ now: Date.now, status: () => {}, failed: () => {} }).handlers(),
    );
    const open = (window: number, reader: number, of: string) =>
      windows[window]?.open({ reader, file, region: of, partition: 'aws', publishers: [] });
    // Both windows have the file open for another region.
    await open(0, 1, 'eu-west-1');
    await open(1, 1, 'eu-west-1');
    const db = new DatabaseSync(file);
    db.exec('UPDATE segment SET data = zeroblob(length(data)) WHERE id = (SELECT max(id) FROM segment)');
    db.close();
    expect(await open(0, 2, region)).toMatchObject({ images: 0, setAside: `${file}.damaged` });
    const anew = new CatalogStore(openStore(file).db);
    anew.use('ap-southeast-2', 5);
    expect(await open(1, 2, region)).toMatchObject({ images: 0, setAside: undefined });
    expect(anew.regions().map(({ name }) => name)).toContain('ap-southeast-2');
    await expect
      .poll(() => new CatalogStore(openStore(file).db).regions().map(({ name }) => name))
      .toContain('ap-southeast-2');
    // Clearing removes the regions of both.
    await windows[1]?.clear({ files: [file] });
    expect(anew.regions()).toEqual([]);
    await expect(stat(`${file}.damaged`)).rejects.toThrow(/ENOENT/);
    anew.close();
    for (const window of windows) {
      await window.close({ reader: 1 });
      await window.close({ reader: 2 });
    }
  });

  it('is not called complete before all of its images are in memory', async () => {
    catalog = await openSampleCatalog({ images: 60_000 });
    await catalog.download();
    const { file } = catalog;
    const db = new DatabaseSync(file);
    db.exec('UPDATE region SET completed = NULL');
    const told: StoredStatus[] = [];
    const service = new SearchService({ now: Date.now, status: (_, status) => told.push(status), failed: () => {} });
    const handlers = service.handlers();
    const opening = handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] });
    // The last page is added while the others are read.
    db.exec(`INSERT INTO segment (region, generation, shard, seen, images, checksum, data)
      SELECT region, generation, shard, seen, images, checksum, data FROM segment LIMIT 1;
      UPDATE region SET completed = 1`);
    db.close();
    const { images, completed } = statusOf(await opening);
    expect(completed).toBeUndefined();
    await expect.poll(() => told.at(-1)?.completed).toBe(1);
    expect(told.at(-1)?.images).toBe(images);
    await handlers.close({ reader: 1 });
  });

  it('is damaged for one region, and read again for another that was being read', async () => {
    catalog = await openSampleCatalog({ images: 60_000 });
    await catalog.download();
    const { file } = catalog;
    const db = new DatabaseSync(file);
    // The catalog of another region consists of one damaged page.
    db.exec(`INSERT INTO region (name, live, used, completed) VALUES ('eu-west-1', 1, 1, 1);
      INSERT INTO shard (region, generation, key, kind, filters, done) VALUES ('eu-west-1', 1, 'a', 'base', '[]', 1);
      INSERT INTO segment (region, generation, shard, seen, images, checksum, data)
        VALUES ('eu-west-1', 1, 'a', 1, 1, 1, zeroblob(50))`);
    db.close();
    const handlers = new SearchService({ now: Date.now, status: () => {}, failed: () => {} }).handlers();
    const open = (reader: number, of: string) =>
      handlers.open({ reader, file, region: of, partition: 'aws', publishers: [] });
    const [first, second] = await Promise.all([open(1, region), open(2, 'eu-west-1')]);
    expect(first).toMatchObject({ images: 0, setAside: `${file}.damaged` });
    expect(second).toMatchObject({ images: 0, setAside: `${file}.damaged` });
    await handlers.clear({ files: [file] });
    await expect(stat(`${file}.damaged`)).rejects.toThrow(/ENOENT/);
    await handlers.close({ reader: 1 });
    await handlers.close({ reader: 2 });
  });

  it('is closed with a reader that is closed while it is opened', async () => {
    catalog = await openSampleCatalog({ images: 60_000 });
    await catalog.download();
    const { file } = catalog;
    const handlers = new SearchService({ now: Date.now, status: () => {}, failed: () => {} }).handlers();
    const opening = handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] });
    await handlers.close({ reader: 1 });
    await opening;
    const query = { text: '', facets: {}, newestOnly: false, sort: { column: 'created', descending: true } } as const;
    expect(() => handlers.query({ reader: 1, query, start: 0, count: 10 })).toThrow(/closed/);
  });

  it('gives back all that it takes when it is cleared, and the reader sees nothing any more', async () => {
    catalog = await openSampleCatalog({ images: 20_000 });
    await catalog.download();
    const { file } = catalog;
    const size = async () => (await stat(file)).size;
    const before = await size();
    const told: StoredStatus[] = [];
    const service = new SearchService({ now: Date.now, status: (_, status) => told.push(status), failed: () => {} });
    const handlers = service.handlers();
    const { images } = statusOf(await handlers.open({ reader: 1, file, region, partition: 'aws', publishers: [] }));
    expect(images).toBeGreaterThan(20_000);
    await handlers.clear({ files: [file] });
    await expect.poll(() => told.at(-1)).toMatchObject({ images: 0, completed: undefined, asOf: undefined });
    expect(catalog.store.regions()).toEqual([]);
    expect(before).toBeGreaterThan(2_000_000);
    expect(await size()).toBeLessThan(200_000);
    await catalog.download();
    await expect.poll(() => told.at(-1)?.completed).toBeDefined();
    await expect.poll(() => told.at(-1)?.images).toBe(images);
    await handlers.close({ reader: 1 });
  });

  it('says that the disk is full, and keeps what was there', async () => {
    catalog = await openSampleCatalog({ images: 8_000 });
    const file = join(folder, 'small.sqlite');
    const { db } = openStore(file);
    db.exec('PRAGMA max_page_count = 60');
    const store = new CatalogStore(db);
    store.use(region, 1);
    store.claim(region, 'me', 1, progress);
    const me = { region, owner: 'me' };
    store.begin(me, 1, [{ key: 'all', kind: 'base', filters: [] }]);
    const page = (from: number) => Array.from({ length: 500 }, (_, index) => image(`ami-${from + index}`));
    let failure: unknown;
    let pages = 0;
    try {
      for (; pages < 100; pages += 1) {
        store.addPage(
          me,
          1,
          { key: 'all', kind: 'base', filters: [] },
          { images: 500, segment: buildSegment(page(pages * 500)).encode(), token: 'more', done: false, now: 2 },
          progress,
        );
      }
    } catch (error) {
      failure = error;
    }
    expect(isFull(failure)).toBe(true);
    expect(isDamage(failure)).toBe(false);
    expect(store.images(region, 1)).toBe(pages * 500);
    expect(pages).toBeGreaterThan(0);
    store.close();
  });

  it('lets one window download a region, and another one only once the heartbeat has stopped', () => {
    const file = join(folder, 'aws.sqlite');
    const first = new CatalogStore(openStore(file).db);
    const second = new CatalogStore(openStore(file).db);
    first.use(region, 1);
    expect(first.claim(region, 'first', 1_000, progress)).toBe(true);
    expect(second.claim(region, 'second', 2_000, progress)).toBe(false);
    expect(second.download(region)).toMatchObject({ owner: 'first' });
    expect(second.claim(region, 'second', 1_000 + heartbeatTimeout + 1, progress)).toBe(true);
    expect(() => first.beat({ region, owner: 'first' }, 20_000, progress)).toThrow(/another window/);
    first.close();
    second.close();
  });

  it('lets a window that has lost a download, or whose catalog was cleared, write nothing', () => {
    const store = new CatalogStore(openStore(join(folder, 'aws.sqlite')).db);
    const shards: readonly Shard[] = [
      { key: 'a', kind: 'base', filters: [] },
      { key: 'b', kind: 'base', filters: [] },
    ];
    const page = { images: 1, segment: buildSegment([image('ami-1')]).encode(), token: undefined, done: true, now: 3 };
    const lost = { region, owner: 'first' };
    const [shard = { key: 'a', kind: 'base', filters: [] }] = shards;
    const writes: readonly (() => void)[] = [
      () => store.begin(lost, 1, shards),
      () => store.addShard(lost, 1, { key: 'c', kind: 'base', filters: [] }),
      () => store.replaceShards(lost, 1, undefined, []),
      () => store.addPage(lost, 1, shard, page, progress),
      () => store.replaceRecent(lost, 1, [], 3),
      () => store.restartShard(lost, 1, 'a'),
      () => store.complete(lost, 1, 3),
      () => store.refreshed(lost, 3),
    ];
    const refused = () => {
      const before = JSON.stringify([store.shards(region, 1), store.images(region, 1), store.regions()]);
      for (const write of writes) {
        expect(write).toThrow(DownloadLostError);
      }
      expect(JSON.stringify([store.shards(region, 1), store.images(region, 1), store.regions()])).toBe(before);
    };
    store.use(region, 1);
    store.claim(region, 'first', 1, progress);
    store.begin(lost, 1, shards);
    store.addPage(lost, 1, shard, page, progress);
    expect(store.claim(region, 'second', 3 + heartbeatTimeout, progress)).toBe(true);
    refused();
    store.clear();
    refused();
    expect(store.shards(region, 1)).toEqual([]);
    store.close();
  });

  it('ignores a heartbeat from the future: a clock was put right', () => {
    const store = new CatalogStore(openStore(join(folder, 'aws.sqlite')).db);
    store.use(region, 1);
    const year = 365 * 86_400_000;
    expect(store.claim(region, 'first', 2 * year, progress)).toBe(true);
    expect(store.claim(region, 'second', year, progress)).toBe(true);
    store.close();
  });

  it('gives the space of a dropped region back to the disk', async () => {
    catalog = await openSampleCatalog({ images: 20_000 });
    await catalog.download();
    const before = catalog.store.size();
    expect(before).toBeGreaterThan(2_000_000);
    catalog.store.drop(region);
    expect(catalog.store.size()).toBeLessThan(before / 10);
    expect(catalog.shown()).toEqual([]);
  });
});
