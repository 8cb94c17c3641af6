import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2Client, type Image, paginateDescribeImages } from '@aws-sdk/client-ec2';
import { downloadRegion } from '../../src/catalog/download/download.ts';
import type { RequestPage } from '../../src/catalog/download/downloadParts.ts';
import { RegionIndex } from '../../src/catalog/search/regionIndex.ts';
import { RegionSearch } from '../../src/catalog/search/regionSearch.ts';
import { SegmentBuilder } from '../../src/catalog/segmentBuilder.ts';
import type { DownloadProgress } from '../../src/catalog/store/downloadProgress.ts';
import { openStore } from '../../src/catalog/store/openStore.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import { ImagePages } from '../../src/ec2/imagePages.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import { type SampleServer, type SampleServerOptions, startSampleServer } from '../../src/sample/httpServer.ts';

export const region = 'us-east-1';

export interface DownloadOptions {
  readonly whole?: boolean;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
  readonly owner?: string;
  /** Called with every progress report. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Takes the place of the requests to EC2. */
  readonly ask?: (
    question: Parameters<RequestPage>[0],
    signal: AbortSignal,
    ask: RequestPage,
  ) => ReturnType<RequestPage>;
}

/** A catalog of one region of a sample server, in its own folder. */
export interface SampleCatalog {
  readonly server: SampleServer;
  readonly store: CatalogStore;
  readonly file: string;
  download(options?: DownloadOptions): Promise<void>;
  /** A search over the whole store. */
  search(): RegionSearch;
  /** The ids that the catalog shows, sorted; one that is shown twice is there twice. */
  shown(): readonly string[];
  /** The ids of all public images that EC2 lists now, sorted. */
  listed(): Promise<readonly string[]>;
  /** All public images as the plain SDK lists them. */
  images(): Promise<readonly Image[]>;
  close(): Promise<void>;
}

export async function openSampleCatalog(options: SampleServerOptions = {}): Promise<SampleCatalog> {
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-catalog-'));
  const server = await startSampleServer(options);
  const file = join(folder, 'aws.sqlite');
  const store = new CatalogStore(openStore(file).db);
  const pages = new ImagePages({
    sdk: await loadSdk(),
    region,
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
    config: { endpoint: server.url },
  });
  const search = () => {
    const index = new RegionIndex(region, 'aws', []);
    while (index.catchUp(store, 1_000).more) {
      // Repeats until the index has everything.
    }
    return new RegionSearch(index);
  };
  return {
    server,
    store,
    file,
    search,
    async download(given = {}) {
      const { owner = 'this window', now = Date.now, signal = new AbortController().signal } = given;
      const ask: RequestPage = (question, asked) => pages.page(question, asked, () => new SegmentBuilder());
      store.use(region, now());
      store.claim(region, owner, now(), { images: 0, share: 0, rate: 0, throttled: false, refreshing: false });
      try {
        await downloadRegion(
          {
            store,
            isStoreInPlace: () => true,
            region,
            owner,
            now,
            signal,
            ask: (question, asked) => (given.ask ? given.ask(question, asked, ask) : ask(question, asked)),
            onProgress: given.onProgress ?? (() => {}),
            idle: async () => {},
          },
          { whole: given.whole ?? false },
        );
      } finally {
        store.release(region, owner);
      }
    },
    shown: () => [...search().ids()].sort(),
    async listed() {
      const answer = await fetch(`${server.url}/_sample/public-images?region=${region}`);
      const ids: readonly string[] = JSON.parse(await answer.text());
      return [...ids].sort();
    },
    async images() {
      const client = new EC2Client({
        region,
        endpoint: server.url,
        credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
      });
      const images: Image[] = [];
      for await (const page of paginateDescribeImages({ client, pageSize: 1_000 }, { ExecutableUsers: ['all'] })) {
        images.push(...(page.Images ?? []));
      }
      client.destroy();
      return images;
    },
    async close() {
      pages.close();
      store.close();
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
