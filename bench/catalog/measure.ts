import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import { type Catalog, downloadLimits } from '../../src/catalog/catalog.ts';
import { baseShards } from '../../src/catalog/download/shards.ts';
import type { RegionCatalog } from '../../src/catalog/port.ts';
import { RegionIndex } from '../../src/catalog/search/regionIndex.ts';
import { openStore } from '../../src/catalog/store/openStore.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import { noVariants } from '../../src/ec2/endpoint.ts';
import { noNetwork } from '../../src/ec2/network/network.ts';
import { startDownloadThread } from '../../test/catalog/downloadThread.ts';
import { median } from '../table.ts';
import { region } from './endpoint.ts';
import { completed, downloadThread, openCatalog } from './openCatalog.ts';

/** CPU time (ms) of the download thread for a page of 1,000 images. */
export interface CatalogCosts {
  readonly cpuPerPage: number;
  readonly tokenizerPerPage: number;
}

/** Times in ms, memory in MB. */
export interface CatalogReport {
  readonly folder: string;
  readonly images: number;
  readonly wall: number;
  readonly firstRows: number;
  readonly longestBlock: number;
  readonly keystroke: number;
  readonly keystrokeMedian: number;
  /** One page, while two listings are read in turns. */
  readonly listed: number;
  /** One image by id, including both messages to and from the thread. */
  readonly byId: number;
  /** From opening to the first rows and counts, where the answer is saved. */
  readonly open: number;
  /** The same where no answer is saved. */
  readonly openUnsaved: number;
  /** From opening to the answer to a question that needs all images. */
  readonly openWhole: number;
  /** Memory (MB) that the downloading process has gained once its download thread has ended. */
  readonly memoryAfter: number;
}

/** MB, measured in a fresh process. */
export interface CatalogSize {
  readonly memory: number;
  readonly disk: number;
}

const query = { facets: {}, newestOnly: false, sort: { column: 'created', descending: true } } as const;

/** Search texts, typed key by key. */
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

/** Measures the host's side of a catalog in its own process, with the threads that ship. */
async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (what === 'costs' || what === 'size') {
    console.log(JSON.stringify(await (what === 'costs' ? costs() : memoryAndDisk())));
    return;
  }
  const catalog = await openCatalog(folder);
  const alive = setInterval(() => {}, 1_000);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const before = residentMemory();
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
    listed: Number.NaN,
    byId: Number.NaN,
    open: Number.NaN,
    openUnsaved: Number.NaN,
    openWhole: Number.NaN,
    memoryAfter: Number.NaN,
  };
  if (what === 'search') {
    const times = await keystrokes(reader);
    report = {
      ...report,
      keystroke: times[Math.floor(times.length * 0.95)] ?? Number.NaN,
      keystrokeMedian: median(times),
      listed: await listingsInTurn(catalog),
      byId: await imagesById(catalog, reader),
    };
    await new Promise((resolve) => setTimeout(resolve, untilReleased));
    report = { ...report, memoryAfter: (residentMemory() - before) / 1e6 };
  }
  reader.close();
  await catalog.dispose();
  if (what === 'search') {
    report = { ...report, ...(await openings()) };
  }
  clearInterval(alive);
  console.log(JSON.stringify(report));
}

/** In bytes. */
function residentMemory(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

/** V8 keeps the pages of an ended thread for this long (ms). */
const untilReleased = 12_000;

async function firstRows(reader: RegionCatalog, start: number): Promise<number> {
  for (;;) {
    const { rows } = await reader.query({ ...query, text: '' }, 0, 50);
    if (rows.length > 0) {
      return performance.now() - start;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Sorted times (ms) from a question to its answer with rows and counts, including both messages. */
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

/** Time (ms) per page, including the search. */
async function listingsInTurn(catalog: Catalog): Promise<number> {
  const pages = 10;
  const words = ['ubuntu', 'a'];
  const start = performance.now();
  const listings = await Promise.all(
    words.map((word) => catalog.list(region, { kind: 'text', text: word, publishers: [] })),
  );
  const readers = listings.map((listing) => listing?.pages[Symbol.asyncIterator]());
  for (let page = 0; page < pages; page += 1) {
    for (const each of readers) {
      await each?.next();
    }
  }
  return (performance.now() - start) / pages / words.length;
}

/** The median (ms), including the first look-up, which builds the index of ids. */
async function imagesById(catalog: Catalog, reader: RegionCatalog): Promise<number> {
  const { rows } = await reader.query({ ...query, text: '' }, 0, 300);
  const times: number[] = [];
  for (const { id } of rows) {
    const start = performance.now();
    await catalog.byIds(region, [id]);
    times.push(performance.now() - start);
  }
  return median(times);
}

async function openings(): Promise<Pick<CatalogReport, 'open' | 'openUnsaved' | 'openWhole'>> {
  const openUnsaved = await medianOpening(async () => {
    const { db } = openStore(await storeFile());
    db.exec('DELETE FROM answer');
    db.close();
    return '';
  });
  // Opened for long enough to save the answer.
  await opening('', 1_000);
  return {
    open: await medianOpening(async () => ''),
    openWhole: await medianOpening(async (round) => `nothing ${round}`),
    openUnsaved,
  };
}

/** @param textOf the text to search for at first */
async function medianOpening(textOf: (round: number) => Promise<string>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    times.push(await opening(await textOf(round)));
  }
  return median(times);
}

/** The time (ms) until rows and counts are there, including the start of the thread. The catalog stays open for a while (ms). */
async function opening(text: string, stays = 0): Promise<number> {
  const catalog = await openCatalog(folder);
  const start = performance.now();
  const reader = catalog.open(region, []);
  await reader.query({ ...query, text }, 0, 100);
  const time = performance.now() - start;
  await new Promise((resolve) => setTimeout(resolve, stays));
  reader.close();
  await catalog.dispose();
  return time;
}

async function storeFile(): Promise<string> {
  return join(folder, (await readdir(folder)).find((name) => name.endsWith('.sqlite')) ?? '');
}

/** Memory that the process gains with a search thread that has answered, and the size of the store. */
async function memoryAndDisk(): Promise<CatalogSize> {
  const catalog = await openCatalog(folder);
  const before = residentMemory();
  const reader = catalog.open(region, []);
  await reader.query({ ...query, text: 'ubuntu' }, 0, 100);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const memory = (residentMemory() - before) / 1e6;
  reader.close();
  await catalog.dispose();
  const store = new CatalogStore(openStore(await storeFile()).db);
  const disk = store.size() / 1e6;
  const index = new RegionIndex(region, 'aws', []);
  while (index.catchUp(store, 1_000).more) {
    // Repeats until all rows are in the index.
  }
  const names = Array.from({ length: index.count }, (_, row) =>
    index.texts.text(row).split('\0').slice(0, 2).join(' '),
  );
  await writeFile(join(folder, 'names.txt'), names.join('\n'));
  store.close();
  return { memory, disk };
}

/** CPU time per page of the whole download thread, as it ships, and of the tokenizer alone on the same bytes. */
async function costs(): Promise<CatalogCosts> {
  const { worker, requests } = startDownloadThread(downloadThread, downloadLimits);
  const file = join(folder, 'costs.sqlite');
  const download = async (): Promise<void> => {
    const outcome = await requests.send('download', {
      file,
      region,
      owner: 'bench',
      whole: true,
      includeDeprecated: false,
      maxSize: 1e10,
      network: noNetwork,
      access: {
        kind: 'aws',
        endpoint: process.env['AWS_ENDPOINT_URL_EC2'],
        variants: noVariants,
        profile: undefined,
      },
    });
    if (outcome.kind !== 'done') {
      throw new Error(JSON.stringify(outcome));
    }
  };
  // Both are measured after a warm-up.
  await download();
  const before = await worker.cpuUsage();
  await download();
  const after = await worker.cpuUsage(before);
  await worker.terminate();
  const store = new CatalogStore(openStore(file).db);
  const pages = store.images(region, store.region(region)?.live ?? 1) / 1_000;
  store.close();
  return { cpuPerPage: (after.user + after.system) / 1_000 / pages, tokenizerPerPage: await tokenizing() };
}

/** CPU time (ms) of the tokenizer alone for a page of 1,000 images. */
async function tokenizing(): Promise<number> {
  const bodies: { readonly body: Buffer; readonly images: number }[] = [];
  for (const { filters } of baseShards()) {
    const body = await rawPage({ filters, token: undefined });
    bodies.push({ body, images: body.toString('latin1').split('<imageId>').length - 1 });
  }
  const full = bodies.filter(({ images }) => images === 1_000);
  for (const { body } of full) {
    tokenize(body);
  }
  const rounds = 8;
  const before = process.threadCpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    for (const { body } of full) {
      tokenize(body);
    }
  }
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000 / full.length / rounds;
}

/** A page's bytes as sent. */
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
