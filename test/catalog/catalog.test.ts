import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Catalog } from '../../src/catalog/catalog.ts';
import type { Connection } from '../../src/ec2/port.ts';
import type { CatalogQuery } from '../../src/protocol/catalog.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';
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
/** The threads, in the order in which they were started. */
let threads: Worker[];
let connect: () => Promise<Connection>;

const started = (thread: Worker) => {
  threads.push(thread);
};
const running = () => threads.filter(({ threadId }) => threadId >= 0).length;

beforeEach(async () => {
  threads = [];
  process.on('worker', started);
  base = await mkdtemp(join(tmpdir(), 'ami-explorer-catalog-'));
  server = await startSampleServer({ images: 3_000 });
  const connection = await openConnection({
    AWS_ENDPOINT_URL_EC2: server.url,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  connect = async () => connection;
  const source = new URL('../../src/', import.meta.url);
  catalog = new Catalog({
    folder: join(base, 'catalog'),
    threads: {
      search: new URL('catalog/threads/searchThread.ts', source),
      download: new URL('catalogDownload.ts', source),
    },
    connection: () => connect(),
    maxSize: () => 1e9,
    proxyEnv: () => ({}),
    searchIdle: 300,
    downloadIdle: 300,
  });
});
afterEach(async () => {
  process.off('worker', started);
  await catalog.dispose();
  await server.close();
  await rm(base, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

it('opens what could not be opened before when the download is asked for again', async () => {
  await writeFile(join(base, 'catalog'), 'a file where the folder is to be');
  const reader = catalog.open(region, []);
  await expect.poll(() => reader.status.failure).toMatchObject({ kind: 'other', message: /EEXIST|ENOTDIR/ });
  await expect(reader.query(everything, 0, 10)).rejects.toThrow(/EEXIST|ENOTDIR/);
  await rm(join(base, 'catalog'));
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  expect(reader.status.failure).toBeUndefined();
  expect((await reader.query(everything, 0, 10)).matches).toBeGreaterThan(3_000);
});

it('asks for the connection once more that could not be had', async () => {
  const connected = connect;
  connect = () => Promise.reject(new Error('no such profile'));
  const reader = catalog.open(region, []);
  await expect.poll(() => reader.status.failure).toEqual({ kind: 'other', message: 'no such profile' });
  connect = connected;
  reader.download();
  await expect.poll(() => reader.status.completed).toBeDefined();
  expect(reader.status.failure).toBeUndefined();
});

it('gives its threads up when nobody downloads and nobody looks, and starts them when they are needed', async () => {
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
  const pages = await catalog.list(region, { kind: 'words', words: ['ubuntu'] });
  let found = 0;
  for await (const page of pages ?? []) {
    found += page.length;
  }
  expect(found).toBeGreaterThan(100);
  await expect.poll(running).toBe(0);
  const again = catalog.open(region, []);
  expect((await again.query(everything, 0, 10)).matches).toBe(images);
  again.close();
});
