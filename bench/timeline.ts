import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { buildExtension } from '../scripts/build.ts';
import { root } from '../test/vscode/install.ts';
import { startEndpoint } from './catalog/endpoint.ts';
import { printTable } from './table.ts';
import { activities, spansOf } from './timeline/activities.ts';
import type { TimelineRun } from './timeline/download.ts';
import { drawTimeline, requestsLeft, type Timeline } from './timeline/picture.ts';
import type { ThreadRecord } from './timeline/record.ts';

/**
 * Draws requests, parsing, writing and searching of a download into `bench/timeline-IMAGES-LATENCY.svg`:
 * `npm run timeline -- [--images 200000] [--latency 300] [--no-throttle]`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      images: { type: 'string', default: '200000' },
      latency: { type: 'string', default: '300' },
      throttle: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const { images, latency, throttle } = values;
  // Names of functions and sources are needed: what ships is smaller, and otherwise the same.
  await buildExtension({ readable: true });
  const folder = await mkdtemp(join(tmpdir(), 'ami-explorer-timeline-'));
  try {
    const endpoint = await startEndpoint(Number(images), ['--latency', latency, ...(throttle ? ['--throttle'] : [])]);
    const program = join(root, 'bench', 'timeline', 'download.ts');
    const recorder = join(root, 'bench', 'timeline', 'record.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', recorder, program, folder], {
      env: { ...endpoint.env, TIMELINE_FOLDER: folder },
      maxBuffer: 100_000_000,
    }).finally(() => endpoint.stop());
    const run: TimelineRun = JSON.parse(stdout);
    const threads = await Promise.all(
      [0, 1, 2].map(async (thread) => JSON.parse(await readFile(join(folder, `thread-${thread}.json`), 'utf8'))),
    );
    const title = `${Number(images).toLocaleString('en')} images, ${latency} ms a page${throttle ? ', EC2’s request limits' : ''}`;
    const timeline = timelineOf(title, run, threads);
    const file = join('bench', `timeline-${images}-${latency}.svg`);
    await writeFile(join(root, file), drawTimeline(timeline));
    printTable(summary(timeline));
    console.log(`\n${file}`);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function timelineOf(title: string, run: TimelineRun, records: readonly ThreadRecord[]): Timeline {
  const since = (time: number | undefined) => (time === undefined ? undefined : (time - run.opened) / 1_000);
  return {
    title: `${title}: ${(run.whole / 1_000).toFixed(2)} s`,
    whole: run.whole,
    shown: run.shown,
    requests: records
      .flatMap(({ requests }) => requests)
      .map(({ sent, answered, ended, status }) => ({
        sent: since(sent),
        answered: since(answered),
        ended: since(ended),
        status,
      }))
      .filter(({ sent = -1 }) => sent >= 0)
      .sort((a, b) => (a.sent ?? 0) - (b.sent ?? 0)),
    threads: records.map(({ thread, requests, profile }) => ({
      name: thread === 0 ? 'host' : requests.length > 0 ? 'download' : 'search',
      spans: spansOf(profile).map(({ from, to, activity }) => ({
        from: since(from) ?? 0,
        to: since(to) ?? 0,
        activity,
      })),
    })),
  };
}

function summary({ title, whole, requests, threads }: Timeline) {
  const sent = requests.map(({ sent = 0 }) => sent);
  const refused = requests.filter(({ status }) => status !== 200).length;
  const atOnce = Math.max(
    ...requests.map(
      ({ sent: from = 0 }) => requests.filter(({ sent = 0, ended = whole }) => sent <= from && ended > from).length,
    ),
  );
  const left = requestsLeft(sent);
  return {
    title,
    columns: ['', 'requests', ...activities.map((activity) => `${activity}, ms`)],
    rows: [
      [`first ${(sent[0] ?? 0).toFixed(0)} ms, last ${(sent.at(-1) ?? 0).toFixed(0)} ms`, String(sent.length)],
      ['not answered with images', String(refused)],
      ['most at once', String(atOnce)],
      ['fewest that EC2’s limits had left', Math.min(...left.map(([, tokens]) => tokens)).toFixed(0)],
      ...threads.map(({ name, spans }) => [
        name,
        '',
        ...activities.map((activity) =>
          spans
            .filter((span) => span.activity === activity && span.to > 0 && span.from < whole)
            .reduce((sum, { from, to }) => sum + to - from, 0)
            .toFixed(0),
        ),
      ]),
    ],
  };
}

await main();
