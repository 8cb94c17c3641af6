import type { ResourceLimits } from 'node:worker_threads';
import { unlessAborted } from '../core/unlessAborted.ts';
import { startThread, type ThreadEnded } from '../threads/startThread.ts';
import { ThreadOnDemand } from '../threads/threadOnDemand.ts';
import type { ScanRequests } from './contract.ts';
import type { FileScanner, FileToScan, ScannedFile } from './port.ts';

export interface ThreadScannerOptions {
  /** Path of the bundled `scanThread.ts`. */
  readonly thread: string;
}

/** How many files the thread reads in one step: an abort waits for no more. */
const partSize = 200;

/** In ms, of one part, with threads of other work beside it. */
const partTimeout = 30_000;

/** A file that ends the thread is looked for by halves, and left out. */
const maxFailures = 32;

/** In ms. */
const idleTime = 30_000;

const limits: ResourceLimits = { maxOldGenerationSizeMb: 512 };

/** Scans in a thread that ends when it has nothing to do. */
export class ThreadScanner implements FileScanner {
  readonly #options: ThreadScannerOptions;
  readonly #thread: ThreadOnDemand<ScanRequests>;
  #lastRun = 0;

  constructor(options: ThreadScannerOptions) {
    this.#options = options;
    this.#thread = new ThreadOnDemand({
      start: (ended) => this.#start(ended),
      // The open requests have been rejected, and the next one starts another thread.
      died: () => {},
      idleTime,
    });
  }

  async *scan(files: readonly FileToScan[], signal: AbortSignal): AsyncIterable<readonly ScannedFile[]> {
    this.#lastRun += 1;
    const run = this.#lastRun;
    const parts: (readonly FileToScan[])[] = Array.from({ length: Math.ceil(files.length / partSize) }, (_, index) =>
      files.slice(index * partSize, (index + 1) * partSize),
    );
    let failures = 0;
    this.#thread.idle.begin();
    try {
      await this.#thread.requests.send('start');
      for (let part = parts.shift(); part; part = parts.shift()) {
        try {
          yield await this.#scanPart(run, part, signal);
        } catch (error) {
          failures += 1;
          if (signal.aborted || failures > maxFailures) {
            throw error;
          }
          parts.unshift(...halvesOf(part));
        }
      }
    } finally {
      this.#thread.idle.end();
    }
  }

  async #scanPart(run: number, files: readonly FileToScan[], signal: AbortSignal): Promise<readonly ScannedFile[]> {
    const timeout = AbortSignal.timeout(partTimeout);
    const found = this.#thread.requests.send('scan', { run, files });
    try {
      return await unlessAborted(found, AbortSignal.any([signal, timeout]));
    } catch (error) {
      if (timeout.aborted) {
        await this.#thread.end();
      }
      throw error;
    }
  }

  dispose(): Promise<void> {
    return this.#thread.dispose();
  }

  #start(ended: ThreadEnded) {
    return startThread<ScanRequests, Record<never, never>, Record<never, never>>(
      this.#options.thread,
      limits,
      {},
      {},
      ended,
    );
  }
}

/** Without the only file of a part, which is the one that fails. */
function halvesOf(part: readonly FileToScan[]): readonly (readonly FileToScan[])[] {
  const middle = Math.ceil(part.length / 2);
  return part.length > 1 ? [part.slice(0, middle), part.slice(middle)] : [];
}
