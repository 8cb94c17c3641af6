import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { Catalog } from '../../src/catalog/catalog.ts';
import { downloadRegion } from '../../src/catalog/download/download.ts';
import type { RegionCatalog } from '../../src/catalog/port.ts';
import { RegionIndex } from '../../src/catalog/search/regionIndex.ts';
import { RegionSearch } from '../../src/catalog/search/regionSearch.ts';
import { openStore } from '../../src/catalog/store/openStore.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import { Connections } from '../../src/ec2/connection.ts';
import { ImagePages } from '../../src/ec2/imagePages.ts';
import { loadSdk } from '../../src/ec2/loadSdk.ts';
import { root } from '../../test/vscode/install.ts';
import { median } from '../table.ts';

/** ms of the thread that downloads, for a page of 1,000 images. */
export interface CatalogCosts {
  readonly cpuPerPage: number;
  readonly tokenizerPerPage: number;
}

/** ms, MB */
export interface CatalogReport {
  readonly folder: string;
  readonly images: number;
  readonly wall: number;
  readonly firstRows: number;
  readonly longestBlock: number;
  readonly keystroke: number;
  readonly keystrokeMedian: number;
  readonly open: number;
  readonly memory: number;
  readonly disk: number;
}

const region = 'us-east-1';
const query = { facets: {}, newestOnly: false, sort: { column: 'created', descending: true } } as const;

/** What people type, one key after the other. */
const typed = [
  'ubuntu noble arm64',
  'amazon linux 2023',
  'windows 2022 core',
  'ami-0a1',
  'debian -arm64',
  'owner:canonical 24.04',
  'eks 1.33',
  'packer 2025',
  'deep learning pytorch',
  'e',
  'after:2025 kafka',
];

const [, , folder = '', what = 'search'] = process.argv;

/** The host's side of a catalog in a process of its own, with the threads that ship. */
async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (what === 'costs') {
    console.log(JSON.stringify(await costs()));
    return;
  }
  const catalog = await openCatalog();
  const alive = setInterval(() => {}, 1_000);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const reader = catalog.open(region, []);
  const first = firstRows(reader, start);
  reader.download();
  await completed(reader);
  const wall = performance.now() - start;
  delay.disable();
  const { total } = await reader.query({ ...query, text: '' }, 0, 100);
  let report = {
    folder,
    images: total,
    wall,
    firstRows: await first,
    longestBlock: delay.max / 1e6,
    keystroke: Number.NaN,
    keystrokeMedian: Number.NaN,
    open: Number.NaN,
    memory: Number.NaN,
    disk: Number.NaN,
  };
  if (what === 'search') {
    const times = await keystrokes(reader);
    report = {
      ...report,
      keystroke: times[Math.floor(times.length * 0.95)] ?? Number.NaN,
      keystrokeMedian: median(times),
    };
  }
  reader.close();
  await catalog.dispose();
  if (what === 'search') {
    report = { ...report, open: await opening(), ...(await memoryAndDisk()) };
  }
  clearInterval(alive);
  console.log(JSON.stringify(report));
}

async function openCatalog(): Promise<Catalog> {
  const connections = new Connections({
    env: process.env,
    mfaCodeProvider: () => Promise.reject(new Error('no MFA here')),
    sampleRequestHandler: () => Promise.reject(new Error('not the sample account in process')),
    onCall: () => {},
  });
  const connection = await connections.open({ kind: 'aws', profile: undefined, endpointUrl: undefined });
  return new Catalog({
    folder,
    threads: {
      search: join(root, 'dist', 'catalog-search.cjs'),
      download: join(root, 'dist', 'catalog-download.cjs'),
    },
    connection: async () => connection,
    maxSize: () => 1e10,
    proxyEnv: () => ({}),
  });
}

async function firstRows(reader: RegionCatalog, start: number): Promise<number> {
  for (;;) {
    const { rows } = await reader.query({ ...query, text: '' }, 0, 50);
    if (rows.length > 0) {
      return performance.now() - start;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function completed(reader: RegionCatalog): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    reader.onDidChange(() => {
      const { status } = reader;
      if (status.failure) {
        reject(new Error(JSON.stringify(status.failure)));
      } else if (status.completed !== undefined && !status.download) {
        resolve();
      }
    });
  });
}

/** Sorted, ms: from the question to the answer with rows and counts, thread and back. */
async function keystrokes(reader: RegionCatalog): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const text of typed) {
      await reader.query({ ...query, text: '' }, 0, 100);
      for (let length = 1; length <= text.length; length += 1) {
        const start = performance.now();
        await reader.query({ ...query, text: text.slice(0, length) }, 0, 100);
        times.push(performance.now() - start);
      }
    }
  }
  return times.sort((a, b) => a - b);
}

/** ms from nothing, threads not started yet, to rows and counts; median. */
async function opening(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const catalog = await openCatalog();
    const start = performance.now();
    const reader = catalog.open(region, []);
    await reader.query({ ...query, text: '' }, 0, 100);
    times.push(performance.now() - start);
    reader.close();
    await catalog.dispose();
  }
  return median(times);
}

async function memoryAndDisk(): Promise<{ readonly memory: number; readonly disk: number }> {
  const file = (await readdir(folder)).find((name) => name.endsWith('.sqlite')) ?? '';
  const store = new CatalogStore(openStore(join(folder, file)).db);
  const collect = () => {
    for (let round = 0; round < 4; round += 1) {
      globalThis.gc?.();
    }
    return process.memoryUsage().rss;
  };
  const before = collect();
  const index = new RegionIndex(region, 'aws', []);
  while (index.catchUp(store, 1_000).more) {
    // Until all is taken up.
  }
  const search = new RegionSearch(index, store);
  search.query({ ...query, text: 'ubuntu' }, 0, 100, Date.now());
  const memory = (collect() - before) / 1e6;
  const disk = store.size() / 1e6;
  const names = Array.from({ length: index.count }, (_, row) => index.line(row).split('\0').slice(0, 2).join(' '));
  await writeFile(join(folder, 'names.txt'), names.join('\n'));
  store.close();
  return { memory, disk };
}

/** CPU a page of all that the thread that downloads does, beside the tokenizer alone on the same bytes. */
async function costs(): Promise<CatalogCosts> {
  const sdk = await loadSdk();
  const store = new CatalogStore(openStore(join(folder, 'costs.sqlite')).db);
  const bodies: Buffer[] = [];
  let tokenizer = 0;
  let tokenized = 0;
  const download = async (keep: boolean): Promise<number> => {
    let pages = 0;
    const config = { endpoint: process.env['AWS_ENDPOINT_URL_EC2'] ?? '' };
    const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });
    const source = new ImagePages({ sdk, region, credentials, config });
    store.drop(region);
    store.use(region, Date.now());
    store.claim(region, 'bench', Date.now(), { images: 0, share: 0, rate: 0, throttled: false, refreshing: false });
    await downloadRegion(
      {
        store,
        region,
        owner: 'bench',
        now: Date.now,
        signal: new AbortController().signal,
        idle: async () => {},
        onProgress: () => {},
        ask: async (question, signal) => {
          const page = await source.page(question, signal);
          pages += page.images.length / 1_000;
          if (keep && page.images.length === 1_000 && bodies.length < 40) {
            bodies.push(await rawPage(question));
          } else if (!keep) {
            // In turn with our own work, so that both meet the same machine.
            const before = process.threadCpuUsage();
            tokenize(bodies[tokenized % bodies.length] ?? Buffer.alloc(0));
            const { user, system } = process.threadCpuUsage(before);
            tokenizer += (user + system) / 1_000;
            tokenized += 1;
          }
          return page;
        },
      },
      { whole: true },
    );
    source.close();
    return pages;
  };
  await download(true);
  await download(false);
  tokenizer = 0;
  tokenized = 0;
  const used = process.threadCpuUsage();
  const pages = await download(false);
  const { user, system } = process.threadCpuUsage(used);
  store.close();
  return {
    cpuPerPage: ((user + system) / 1_000 - tokenizer) / pages,
    tokenizerPerPage: tokenizer / tokenized,
  };
}

/** The bytes of a page as they come. */
async function rawPage(question: {
  readonly filters: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly token: string | undefined;
}): Promise<Buffer> {
  const body = new URLSearchParams({
    Action: 'DescribeImages',
    Version: '2016-11-15',
    MaxResults: '1000',
    'ExecutableBy.1': 'all',
  });
  for (const [index, { name, values }] of question.filters.entries()) {
    body.set(`Filter.${index + 1}.Name`, name);
    for (const [place, value] of values.entries()) {
      body.set(`Filter.${index + 1}.Value.${place + 1}`, value);
    }
  }
  if (question.token !== undefined) {
    body.set('NextToken', question.token);
  }
  const answer = await fetch(process.env['AWS_ENDPOINT_URL_EC2'] ?? '', {
    method: 'POST',
    body,
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/${region}/ec2/aws4_request` },
  });
  return Buffer.from(await answer.arrayBuffer());
}

function tokenize(body: Buffer): number {
  const parser = new SaxesParser();
  let tokens = 0;
  const count = () => {
    tokens += 1;
  };
  parser.on('opentag', count);
  parser.on('closetag', count);
  parser.on('text', count);
  const decoder = new StringDecoder('utf8');
  for (let at = 0; at < body.length; at += 65_536) {
    parser.write(decoder.write(body.subarray(at, at + 65_536)));
  }
  parser.close();
  return tokens;
}

await main();
