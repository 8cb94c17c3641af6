import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildExtension } from '../scripts/build.ts';
import { root } from '../test/vscode/install.ts';
import { type Endpoint, startEndpoint } from './catalog/endpoint.ts';
import type { CatalogCosts, CatalogReport, CatalogSize } from './catalog/measure.ts';
import type { RefreshReport } from './catalog/refresh.ts';
import type { Table } from './table.ts';

/** The setups of the whole-region tables: `npm run sample-server -- --images 200000 --latency 300 --throttle`. */
const distances = [
  { images: 200_000, latency: 300, toReach: '≥ 13 times; ≤ 1,800 ms; ≤ 50 ms', peers: true },
  { images: 100_000, latency: 600, toReach: '≥ 14 times; ≤ 1,800 ms; ≤ 50 ms', peers: false },
];

/** Approximate sizes, since the sample account has images of its own. */
const figureSize = 250_000;
const sizes = [50_000, 100_000, figureSize, 500_000];

/** Measures the download of all of a region's public images, and searches among them. */
export async function publicCatalog(): Promise<readonly Table[]> {
  await buildExtension();
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-bench-catalog-'));
  try {
    const whole: Table[] = [];
    for (const distance of distances) {
      whole.push(await wholeRegion(join(folder, `far ${distance.latency}`), distance));
    }
    const reports: (CatalogReport & CatalogSize & CatalogCosts)[] = [];
    for (const size of sizes) {
      reports.push(await nearRegion(join(folder, String(size)), size));
    }
    const figures = reports.find(({ images }) => images >= figureSize && images < figureSize * 1.1);
    return [...whole, ...(figures ? [await searchFigures(figures)] : []), growth(reports)];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

async function wholeRegion(
  folder: string,
  { images, latency, toReach, peers: withOthers }: (typeof distances)[number],
): Promise<Table> {
  const rows: string[][] = [];
  const peers: number[] = [];
  const withEndpoint = async <T>(run: (endpoint: Endpoint) => Promise<T>): Promise<T> => {
    // Each run needs a new endpoint, whose request limits are unused.
    const endpoint = await startEndpoint(images, ['--latency', String(latency), '--throttle']);
    try {
      return await run(endpoint);
    } finally {
      endpoint.stop();
    }
  };
  const { ours, refresh } = await withEndpoint(async (endpoint) => ({
    ours: await measure<CatalogReport>(endpoint, folder, 'whole'),
    refresh: await measureRefresh(endpoint, folder),
  }));
  for (const [name, command, args] of withOthers ? wholeRegionPeers : wholeRegionPeers.slice(0, 1)) {
    const seconds = await withEndpoint(async ({ env }) => timed(command, args, env));
    if (seconds !== undefined) {
      peers.push(seconds);
      rows.push([name, seconds.toFixed(1), '', '', '', '']);
    }
  }
  const fastest = Math.min(...peers);
  return {
    title: `Whole region, ${ours.images.toLocaleString('en')} public images, ${latency} ms a page, EC2's request limits`,
    columns: ['', 'wall, s', 'first rows, ms', 'longest block of the host, ms', 'times faster', 'to reach'],
    rows: [
      [
        'AMI Explorer, in threads, into its store',
        (ours.wall / 1_000).toFixed(1),
        ours.firstRows.toFixed(0),
        ours.longestBlock.toFixed(0),
        (fastest / (ours.wall / 1_000)).toFixed(1),
        toReach,
      ],
      limitsRow(ours, latency),
      [
        `  a refresh, nothing new: ${refresh.requests} requests`,
        (refresh.time / 1_000).toFixed(2),
        '',
        '',
        '',
        '≤ 3 requests, ≤ 1 s',
      ],
      ...rows,
    ],
  };
}

/** How long EC2's limits alone make it take: full pages, the first 100 at once, then 20 a second. */
function limitsRow({ images, wall }: CatalogReport, latency: number): readonly string[] {
  const seconds = Math.max(0, Math.ceil(images / 1_000) - 100) / 20;
  const times = seconds > 0 ? `, ${(wall / 1_000 / seconds).toFixed(2)} times` : '';
  return [
    `  what EC2's limits allow${times}`,
    Math.max(seconds, latency / 1_000).toFixed(1),
    '',
    '',
    '',
    seconds > 0 ? '≤ 1.15 times' : '',
  ];
}

const wholeRegionPeers: readonly (readonly [string, string, readonly string[]])[] = [
  ['plain SDK, its paginator', process.execPath, [join(root, 'bench', 'catalog', 'paginate.ts')]],
  [
    'boto3, its paginator',
    'python3',
    [
      '-c',
      `import boto3
pages = boto3.client('ec2').get_paginator('describe_images').paginate(ExecutableUsers=['all'], PaginationConfig={'PageSize': 1000})
print(sum(len(page['Images']) for page in pages))`,
    ],
  ],
  [
    'aws ec2 describe-images',
    'aws',
    ['ec2', 'describe-images', '--executable-users', 'all', '--page-size', '1000', '--query', 'length(Images)'],
  ],
];

/** In seconds; undefined where the command is not installed or fails. */
async function timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | undefined> {
  const start = performance.now();
  try {
    await promisify(execFile)(command, args, { env, maxBuffer: 100_000_000 });
    return (performance.now() - start) / 1_000;
  } catch {
    return undefined;
  }
}

async function nearRegion(folder: string, size: number): Promise<CatalogReport & CatalogSize & CatalogCosts> {
  const endpoint = await startEndpoint(size, []);
  try {
    const report = await measure<CatalogReport>(endpoint, folder, 'search');
    const size = await measure<CatalogSize>(endpoint, folder, 'size');
    return { ...report, ...size, ...(await measure<CatalogCosts>(endpoint, folder, 'costs')) };
  } finally {
    endpoint.stop();
  }
}

async function measure<T>(endpoint: Endpoint, folder: string, what: 'whole' | 'search' | 'size' | 'costs'): Promise<T> {
  const program = join(root, 'bench', 'catalog', 'measure.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, folder, what], {
    env: endpoint.env,
    maxBuffer: 100_000_000,
  });
  return JSON.parse(stdout);
}

async function measureRefresh({ env }: Endpoint, folder: string): Promise<RefreshReport> {
  const program = join(root, 'bench', 'catalog', 'refresh.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder], { env });
  return JSON.parse(stdout);
}

async function searchFigures(report: CatalogReport & CatalogSize & CatalogCosts): Promise<Table> {
  const fzf = await fzfTime(report.folder);
  return {
    title: `The public catalog, ${report.images.toLocaleString('en')} images`,
    columns: ['', 'measured', 'to reach'],
    rows: [
      ['keystroke to rows and counts, p95', `${report.keystroke.toFixed(0)} ms`, '≤ 8 ms'],
      ['  the same, median', `${report.keystrokeMedian.toFixed(0)} ms`, ''],
      ...(fzf === undefined ? [] : [['  peer: fzf --filter, names and ids alone', `${fzf.toFixed(0)} ms`, '']]),
      ['a page of 300 of two listings in turn', `${report.listed.toFixed(1)} ms`, ''],
      ['an image by its id, thread and back', `${report.byId.toFixed(2)} ms`, ''],
      ['opening with a full store, to rows and counts', `${report.open.toFixed(0)} ms`, '≤ 120 ms'],
      ['  the same where no answer is saved', `${report.openUnsaved.toFixed(0)} ms`, ''],
      ['  to the answer to another question, all images read', `${report.openWhole.toFixed(0)} ms`, ''],
      ['resident memory added', `${report.memory.toFixed(0)} MB`, '≤ 70 MB'],
      ['  the same where it was downloaded, afterwards', `${report.memoryAfter.toFixed(0)} MB`, '≤ 110 MB'],
      ['store on disk', `${report.disk.toFixed(0)} MB`, '≤ 150 MB'],
      [
        'CPU of a page of 1,000 in its thread, all in all',
        `${report.cpuPerPage.toFixed(1)} ms, ${(report.cpuPerPage / report.tokenizerPerPage).toFixed(2)} times`,
        '≤ 1.4 times the tokenizer',
      ],
      ['  peer: the bare tokenizer (saxes) on the same bytes', `${report.tokenizerPerPage.toFixed(1)} ms`, ''],
    ],
  };
}

async function fzfTime(folder: string): Promise<number | undefined> {
  const list = join(folder, 'names.txt');
  const found = await stat(list).catch(() => undefined);
  const seconds =
    found && (await timed('sh', ['-c', `fzf --filter 'ubuntu noble arm64' < '${list}' | head -100`], process.env));
  const installed = await timed('fzf', ['--version'], process.env);
  return installed === undefined || seconds === undefined ? undefined : seconds * 1_000;
}

function growth(reports: readonly (CatalogReport & CatalogSize)[]): Table {
  return {
    title: 'Growth, endpoint nearby and without limits',
    columns: ['images', 'download, s', 'keystroke p95, ms', 'open, ms', 'all read, ms', 'memory, MB', 'disk, MB'],
    rows: [
      ...reports.map((report) => [
        report.images.toLocaleString('en'),
        (report.wall / 1_000).toFixed(1),
        report.keystroke.toFixed(0),
        report.open.toFixed(0),
        report.openWhole.toFixed(0),
        report.memory.toFixed(0),
        report.disk.toFixed(0),
      ]),
      ['to reach with 500,000', '', '≤ 16', '≤ 160', '', '', ''],
    ],
  };
}
