import { availableParallelism } from 'node:os';
import { mergedResults } from '../core/mergedResults.ts';
import type { FileScanner, FileToScan, ScannedFile } from './port.ts';
import { ScanLane } from './scanLane.ts';

export interface ThreadScannerOptions {
  /** Path of the bundled `scanThread.ts`. */
  readonly thread: string;
}

/** How many files a thread reads in one step: an abort waits for no more. */
const partSize = 200;

/** A second thread takes some 100 ms to start. */
const filesForTwo = 1_000;

/** A file that ends a thread is looked for by halves, and left out. */
const maxFailures = 32;

/** What is left of one scan. */
interface OpenScan {
  readonly run: number;
  readonly parts: (readonly FileToScan[])[];
  readonly signal: AbortSignal;
  failures: number;
}

/** Scans in threads that end when they have nothing to do: in two of them where there are many files. */
export class ThreadScanner implements FileScanner {
  readonly #lanes: readonly ScanLane[];
  #lastRun = 0;

  constructor({ thread }: ThreadScannerOptions) {
    this.#lanes = Array.from({ length: Math.min(2, availableParallelism()) }, () => new ScanLane(thread));
  }

  scan(files: readonly FileToScan[], signal: AbortSignal): AsyncIterable<readonly ScannedFile[]> {
    this.#lastRun += 1;
    const scan: OpenScan = { run: this.#lastRun, parts: partsOf(files), signal, failures: 0 };
    const lanes = files.length < filesForTwo ? this.#lanes.slice(0, 1) : this.#lanes;
    return mergedResults(lanes.map((lane) => scanned(lane, scan)));
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.dispose()));
  }
}

async function* scanned(lane: ScanLane, scan: OpenScan): AsyncGenerator<readonly ScannedFile[], void> {
  await lane.start();
  for (let part = scan.parts.shift(); part; part = scan.parts.shift()) {
    try {
      yield await lane.scan(scan.run, part, scan.signal);
    } catch (error) {
      scan.failures += 1;
      if (scan.signal.aborted || scan.failures > maxFailures) {
        throw error;
      }
      scan.parts.unshift(...halvesOf(part));
    }
  }
}

/** Files of one folder stay together: they are read for each other, too. */
function partsOf(files: readonly FileToScan[]): (readonly FileToScan[])[] {
  const folders = new Map<string, FileToScan[]>();
  for (const file of files) {
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    const known = folders.get(folder);
    if (known) known.push(file);
    else folders.set(folder, [file]);
  }
  const grouped = [...folders.values()].flat();
  return Array.from({ length: Math.ceil(grouped.length / partSize) }, (_, index) =>
    grouped.slice(index * partSize, (index + 1) * partSize),
  );
}

/** Without the only file of a part, which is the one that fails. */
function halvesOf(part: readonly FileToScan[]): readonly (readonly FileToScan[])[] {
  const middle = Math.ceil(part.length / 2);
  return part.length > 1 ? [part.slice(0, middle), part.slice(middle)] : [];
}
