import { setTimeout as delay } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import { region } from '../catalog/endpoint.ts';
import { completed, openCatalog } from '../catalog/openCatalog.ts';
import { recordChannel } from './record.ts';

/** What a panel shows at a moment: milliseconds since it was opened. */
export interface ShownImages {
  readonly at: number;
  readonly images: number;
}

export interface TimelineRun {
  /** When the panel was opened: microseconds of the clock of `ThreadRecord`. */
  readonly opened: number;
  /** Milliseconds until all images were in it. */
  readonly whole: number;
  readonly shown: readonly ShownImages[];
}

const query = { text: '', facets: {}, newestOnly: false, sort: { column: 'created', descending: true } } as const;

/** How long (ms) the threads stay: they write their records when all is done. */
const stay = 60_000;

/** Opens a catalog as a panel does, downloads the region, and asks anew whenever its images change. */
const [, , folder = ''] = process.argv;
const catalog = await openCatalog(folder, stay);
const opened = process.hrtime.bigint();
const since = () => Number(process.hrtime.bigint() - opened) / 1e6;
const shown: ShownImages[] = [];
const reader = catalog.open(region, []);
let asked = -1;
let isAsking = false;
const ask = async (): Promise<void> => {
  while (!isAsking && asked !== reader.status.version) {
    isAsking = true;
    asked = reader.status.version;
    const { total } = await reader.query({ ...query }, 0, 100);
    shown.push({ at: since(), images: total });
    isAsking = false;
  }
};
reader.onDidChange(() => void ask());
reader.download();
await completed(reader);
const whole = since();
const channel = new BroadcastChannel(recordChannel);
channel.postMessage('stop');
await delay(2_000);
const run: TimelineRun = { opened: Number(opened / 1_000n), whole, shown };
console.log(JSON.stringify(run));
process.exit(0);
