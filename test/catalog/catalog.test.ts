import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Catalog } from '../../src/catalog/catalog.ts';
import type { CatalogQuestion } from '../../src/catalog/port.ts';
import { AmiError } from '../../src/core/errors.ts';
import type { Connection } from '../../src/ec2/port.ts';
import type { CatalogQuery } from '../../src/protocol/catalog.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
import { allOf } from '../ec2/allOf.ts';
import { catalogThreads } from './catalogThreads.ts';
import { openConnection } from './openConnection.ts';
import { region } from './sampleCatalog.ts';

const everything: CatalogQuery = {
  text: '',
  facets: {},
  newestOnly: false,
  sort: { column: 'created', descending: true },
};

let base: string;
let server: SampleServer;
let catalog: Catalog;
/** The threads in the order of their start. */
let threads: Worker[];
let connect: () => Promise<Connection>;

const started = (thread: Worker) => {
  threads.push(thread);
};
const running = () => threads.filter(({ threadId }) => threadId >= 0).length;

function connectTo({ url }: SampleServer): Promise<Connection> {
  vi.stubEnv('AWS_ENDPOINT_URL_EC2', url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  return openConnection();
}

function openCatalog(threads: { readonly search?: URL }, includeDeprecated = () => false): Catalog {
  return new Catalog({
    folder: join(base, 'catalog'),
    threads: { ...catalogThreads, ...threads },
    connection: () => connect(),
    quietConnection: () => connect(),
    includeDeprecated,
    maxSize: () => 1e9,
    searchIdle: 300,
    downloadIdle: 300,
  });
}

beforeEach(async () => {
  threads = [];
  process.on('worker', started);
  base = await mkdtemp(join(tmpdir(), 'ami-explorer-catalog-'));
  server = await startSampleServer({ images: 3_000 });
  const connection = await connectTo(server);
  connect = async () => connection;
  catalog = openCatalog({});
});
afterEach(async () => {
  process.off('worker', started);
  vi.unstubAllEnvs();
  await catalog.dispose();
  await server.close();
  await rm(base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

it('opens a catalog that could not be opened when the user asks for the download again', async () => {
  await writeFile(join(base, 'catalog'), 'a file where the folder is to be');
  const reader = catalog.open(region, []);
  await expect
    .poll(() => reader.status.failure)
    .toMatchObject({ kind: 'place', code: 'EEXIST', folder: join(base, 'catalog') });
  await expect(reader.query(everything, 0, 10)).rejects.toThrow(/EEXIST|ENOTDIR/);
  await rm(join(base, 'catalog'));
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  expect(reader.status.failure).toBeUndefined();
  expect((await reader.query(everything, 0, 10)).matches).toBeGreaterThan(3_000);
});

it('asks for the connection again after it was missing', async () => {
  const connected = connect;
  connect = () => Promise.reject(new Error('no such profile'));
  const reader = catalog.open(region, []);
  await expect.poll(() => reader.status.failure).toEqual({ kind: 'other', message: 'no such profile' });
  connect = connected;
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  expect(reader.status.failure).toBeUndefined();
});

it('says that a region is not opted in where the thread only knows that it was refused', async () => {
  const reader = catalog.open('af-south-1', []);
  reader.download();
  await expect
    .poll(() => reader.status.failure)
    .toMatchObject({ kind: 'ami', error: { kind: 'not-opted-in', region: 'af-south-1' } });
});

it('ends its threads when no download runs and no catalog is open, and starts them again when needed', async () => {
  const reader = catalog.open(region, []);
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  const { images } = reader.status;
  await expect.poll(running).toBe(1);
  expect(threads).toHaveLength(2);
  expect((await reader.query(everything, 0, 10)).matches).toBe(images);
  reader.download({ whole: true });
  await expect.poll(() => threads).toHaveLength(3);
  await expect.poll(running).toBe(1);
  expect(reader.status.failure).toBeUndefined();
  reader.close();
  await expect.poll(running).toBe(0);
  const listing = await catalog.list(region, { kind: 'text', text: 'ubuntu', publishers: [] });
  expect((await allOf(listing?.pages ?? [])).length).toBeGreaterThan(100);
  await expect.poll(running).toBe(0);
  const again = catalog.open(region, []);
  expect((await again.query(everything, 0, 10)).matches).toBe(images);
  again.close();
});

it('answers questions without a panel again once the file can be read', async () => {
  const reader = catalog.open(region, []);
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  const { rows } = await reader.query(everything, 0, 3);
  reader.close();
  await expect.poll(running).toBe(0);
  const [name = ''] = (await readdir(join(base, 'catalog'))).filter((file) => file.endsWith('.sqlite'));
  const other = new DatabaseSync(join(base, 'catalog', name));
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  await expect(catalog.byIds(region, ['ami-1'])).rejects.toThrow(/locked/);
  other.close();
  const ids = rows.map(({ id }) => id);
  expect(await catalog.byIds(region, ids)).toEqual(rows);
  expect(await catalog.list(region, { kind: 'text', text: '', publishers: [] })).toBeDefined();
  expect(await catalog.byIds('eu-west-1', ids)).toEqual([]);
});

it('searches in another thread after the first has died, with a new version', async () => {
  const reader = catalog.open(region, []);
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  const { images, version } = reader.status;
  await threads[0]?.terminate();
  await expect.poll(() => reader.status.version).not.toBe(version);
  expect(reader.status.failure).toBeUndefined();
  expect((await reader.query(everything, 0, 10)).matches).toBe(images);
  reader.close();
});

it('starts a thread that cannot start again only when the user asks', async () => {
  const file = join(base, 'broken.mjs');
  await writeFile(file, 'throw new Error("cannot start");');
  const broken = openCatalog({ search: pathToFileURL(file) });
  const reader = broken.open(region, []);
  await expect.poll(() => reader.status.failure).toEqual({ kind: 'other', message: 'cannot start' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  // One that searches, and one for the download that is likely to come.
  expect(threads).toHaveLength(2);
  await writeFile(file, `export * from '${catalogThreads.search.href}';`);
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  expect(reader.status.failure).toBeUndefined();
  await broken.dispose();
});

it('keeps the catalogs of two endpoints apart', async () => {
  const other = await startSampleServer({ images: 3_000 });
  try {
    const first = catalog.open(region, []);
    first.download();
    await expect.poll(() => first.status.completed).toBeDefined();
    first.close();
    const connection = await connectTo(other);
    connect = async () => connection;
    const second = catalog.open(region, []);
    expect(second.status.version).toBe(0);
    second.download();
    await expect.poll(() => second.status.completed).toBeDefined();
    expect(second.status.version).toBeGreaterThan(first.status.version);
    second.close();
  } finally {
    await other.close();
  }
});

it('reports the error of missing credentials as it is', async () => {
  const connection = await connect();
  connect = async () => ({
    ...connection,
    credentials: () =>
      Promise.reject(new AmiError('Sign in again.', { kind: 'credentials-expired', operation: 'GetCallerIdentity' })),
  });
  const reader = catalog.open(region, []);
  reader.download();
  await expect
    .poll(() => reader.status.failure)
    .toMatchObject({ kind: 'ami', error: { kind: 'credentials-expired', said: 'Sign in again.' } });
  reader.close();
});

it('asks for the credentials of the connection with which a download has begun', async () => {
  const connection = await connect();
  const asked: string[] = [];
  const named = (name: string) => ({
    ...connection,
    credentials: (refusedKeyId?: string) => {
      asked.push(name);
      return connection.credentials(refusedKeyId);
    },
  });
  server.faults.add({ kind: 'expired-credentials', action: 'DescribeImages', count: 1 });
  const [first, second] = [named('first'), named('second')];
  connect = async () => first;
  const reader = catalog.open(region, []);
  reader.download();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  connect = async () => second;
  await expect.poll(() => reader.status.completed ?? reader.status.failure).toBeDefined();
  expect(new Set(asked)).toEqual(new Set(['first']));
  reader.close();
});

it('puts no image of another endpoint into a store when the connection changes before the download begins', async () => {
  const other = await startSampleServer({ images: 3_000 });
  try {
    const first = await connect();
    const second = await connectTo(other);
    const reader = catalog.open(region, []);
    await expect.poll(() => reader.status.images).toBe(0);
    connect = async () => second;
    reader.download();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(reader.status).toMatchObject({ images: 0, download: undefined, failure: undefined });
    expect(other.requests).toEqual([]);
    connect = async () => first;
    reader.download();
    await expect.poll(() => reader.status.completed).toBeDefined();
    reader.close();
  } finally {
    await other.close();
  }
});

it('does not begin a download that was cancelled while the connection was opened', async () => {
  const connection = await connect();
  const reader = catalog.open(region, []);
  await expect.poll(() => reader.status.images).toBe(0);
  let go = () => {};
  connect = async () => {
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    return connection;
  };
  reader.download();
  await new Promise((resolve) => setTimeout(resolve, 100));
  reader.cancel();
  go();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(server.requests).toEqual([]);
  reader.close();
});

it('opens nothing for a reader that is closed before its place is known', async () => {
  const connection = await connect();
  let go = () => {};
  connect = async () => {
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    return connection;
  };
  const reader = catalog.open(region, []);
  reader.close();
  go();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(threads).toEqual([]);
});

it('has deprecated images if they are included, and never takes a catalog without them for complete', async () => {
  await catalog.dispose();
  let includeDeprecated = false;
  catalog = openCatalog({}, () => includeDeprecated);
  const download = async () => {
    const reader = catalog.open(region, []);
    await expect.poll(() => reader.status.images).toBeDefined();
    const before = reader.status.completed;
    reader.download();
    await expect.poll(() => reader.status.completed, { timeout: 20_000 }).toBeDefined();
    const { matches, facets } = await reader.query(everything, 0, 1);
    const values = facets.find(({ id }) => id === 'deprecated')?.values ?? [];
    const deprecated = values.find(({ key }) => key === 'deprecated')?.count ?? 0;
    reader.close();
    return { before, matches, deprecated };
  };
  const found = async (question: CatalogQuestion) => {
    const listing = await catalog.list(region, question);
    return { includesDeprecated: listing?.includesDeprecated, rows: await allOf(listing?.pages ?? []) };
  };
  const amazonLinux2 = { owners: ['amazon'], namePatterns: ['amzn2-ami-kernel-*'], architecture: 'x86_64' };
  const words: CatalogQuestion = { kind: 'text', text: 'amzn2-ami-kernel', publishers: [] };

  const without = await download();
  expect(without.before).toBeUndefined();
  expect(await found(words)).toMatchObject({ includesDeprecated: false });

  includeDeprecated = true;
  expect(await catalog.list(region, words)).toBeUndefined();
  const withThem = await download();
  expect(withThem.before).toBeUndefined();
  expect(withThem.deprecated).toBeGreaterThan(300);
  expect(withThem.matches - withThem.deprecated).toBe(without.matches - without.deprecated);
  const all = await found(words);
  expect(all.includesDeprecated).toBe(true);
  expect(all.rows.some(({ deprecated }) => (deprecated ?? Number.NaN) <= Date.now())).toBe(true);
  // As EC2 lists the families of a publisher.
  const family = await found({ kind: 'family', ...amazonLinux2 });
  expect(family.rows.filter(({ deprecated }) => (deprecated ?? Number.NaN) <= Date.now())).toEqual([]);

  includeDeprecated = false;
  expect((await download()).before).toBeDefined();
});
