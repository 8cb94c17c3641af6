import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/catalog/store/openStore.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import { DownloadService } from '../../src/catalog/threads/downloadService.ts';
import { noVariants } from '../../src/ec2/endpoint.ts';
import { ImagePages } from '../../src/ec2/imagePages.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import { noNetwork } from '../../src/ec2/network/network.ts';
import { type SampleServer, startSampleServer } from '../../src/sample/httpServer.ts';

let folder: string;
let file: string;
let server: SampleServer;
let asked: (string | undefined)[];
let service: DownloadService;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-service-'));
  file = join(folder, 'aws.sqlite');
  server = await startSampleServer({ images: 20_000, latency: 20 });
  asked = [];
  const sdk = await loadSdk();
  service = new DownloadService({
    now: Date.now,
    credentials: async (_, refusedKeyId) => {
      asked.push(refusedKeyId);
      return { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' };
    },
    openPages: async ({ region, credentials }) =>
      new ImagePages({ sdk, region, credentials, config: { endpoint: server.url } }),
    progress: () => {},
  });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

const download = (region = 'us-east-1', more: { readonly owner?: string; readonly maxSize?: number } = {}) =>
  service.handlers().download({
    file,
    region,
    owner: 'this window',
    whole: false,
    includeDeprecated: false,
    maxSize: 1e9,
    network: noNetwork,
    access: { kind: 'aws', endpoint: server.url, variants: noVariants, profile: undefined },
    ...more,
  });

function inStore<T>(read: (store: CatalogStore) => T): T {
  const store = new CatalogStore(openStore(file).db);
  try {
    return read(store);
  } finally {
    store.close();
  }
}

describe('the thread that downloads', () => {
  it('sets aside a store that is damaged during a download, and fills a new one', async () => {
    const done = download();
    await expect.poll(() => inStore((store) => store.images('us-east-1', 1))).toBeGreaterThan(2_000);
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE segment');
    other.close();
    expect(await done).toEqual({ kind: 'done' });
    expect(inStore((store) => store.images('us-east-1', 1))).toBeGreaterThan(20_000);
    await stat(`${file}.damaged`);
  });

  it.each([
    ['file', () => rm(file)],
    ['folder', () => rm(folder, { recursive: true })],
  ])('fills another store where the %s of the one that it fills is removed', async (_, remove) => {
    const done = download();
    await expect.poll(() => inStore((store) => store.images('us-east-1', 1))).toBeGreaterThan(2_000);
    await remove();
    expect(await done).toEqual({ kind: 'done' });
    expect(inStore((store) => store.images('us-east-1', 1))).toBeGreaterThan(20_000);
  });

  it('says which folder it cannot write to', async () => {
    const folderOfFile = join(folder, 'file');
    await writeFile(folderOfFile, '');
    file = join(folderOfFile, 'aws.sqlite');
    expect(await download()).toMatchObject({
      kind: 'failed',
      failure: { kind: 'place', folder: folderOfFile, code: 'EEXIST' },
    });
  });

  it('does not take an endpoint without an answer for a problem of the folder', async () => {
    server.faults.add({ kind: 'cut', action: 'DescribeImages' });
    expect(await download()).toMatchObject({ kind: 'failed', failure: { kind: 'ami', error: { kind: 'network' } } });
  });

  it('lets the editor’s own calls go first', async () => {
    await service.handlers().busy({ busy: true });
    const done = download();
    await delay(400);
    expect(server.requests).toEqual([]);
    await service.handlers().busy({ busy: false });
    expect(await done).toEqual({ kind: 'done' });
  });

  it('asks for other credentials when EC2 refuses the first, and resumes', async () => {
    server.faults.add({ kind: 'expired-credentials', action: 'DescribeImages', skip: 5, count: 30 });
    const done = download();
    await delay(600);
    server.faults.clear();
    const outcome = await done;
    if (outcome.kind === 'failed') {
      expect(outcome.failure).toMatchObject({ kind: 'ami', error: { kind: 'credentials-expired' } });
      expect(await download()).toEqual({ kind: 'done' });
    }
    // The first credentials are requested without a refused key, others once for the key that EC2 has refused.
    expect(asked.filter((refusedKeyId) => refusedKeyId === 'AKIAEXAMPLE')).toHaveLength(1);
    expect(asked[0]).toBeUndefined();
    expect(inStore((store) => store.region('us-east-1')?.completed)).toBeDefined();
  });

  it('reports what failed, and keeps its pages for the next download', async () => {
    server.faults.add({ kind: 'access-denied', action: 'DescribeImages', skip: 12 });
    expect(await download()).toMatchObject({
      kind: 'failed',
      failure: { kind: 'ami', error: { kind: 'access-denied' } },
    });
    expect(inStore((store) => store.images('us-east-1', 1))).toBeGreaterThan(0);
    server.faults.clear();
    expect(await download()).toEqual({ kind: 'done' });
  });

  it('is cancelled, and leaves a region that others may download', async () => {
    const done = download();
    await delay(250);
    await service.handlers().cancel({ file, region: 'us-east-1' });
    expect(await done).toEqual({ kind: 'cancelled' });
    expect(inStore((store) => store.download('us-east-1'))).toBeUndefined();
  });

  it('leaves a region to the window that downloads it', async () => {
    inStore((store) => {
      store.use('us-east-1', 1);
      const nothing = { images: 0, share: 0, rate: 0, throttled: false, refreshing: false };
      return store.claim('us-east-1', 'another window', Date.now(), nothing);
    });
    expect(await download()).toEqual({ kind: 'elsewhere' });
    expect(server.requests).toEqual([]);
  });

  it('drops the regions that nobody looked at for longest where the store grows too big', async () => {
    await download('us-east-1');
    await download('eu-west-1');
    expect(inStore((store) => store.regions().map(({ name }) => name))).toEqual(['eu-west-1', 'us-east-1']);
    expect(await download('ap-southeast-2', { maxSize: 5_000_000 })).toEqual({ kind: 'done' });
    expect(inStore((store) => store.regions().map(({ name }) => name))).toEqual(['ap-southeast-2']);
  });
});
