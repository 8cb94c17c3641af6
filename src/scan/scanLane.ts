import type { ResourceLimits } from 'node:worker_threads';
import { unlessAborted } from '../core/unlessAborted.ts';
import { startThread, type ThreadEnded } from '../threads/startThread.ts';
import { ThreadOnDemand } from '../threads/threadOnDemand.ts';
import type { ScanRequests } from './contract.ts';
import type { FileToScan, ScannedFile } from './port.ts';

/** In ms, of one part, with threads of other work beside it. */
const partTimeout = 30_000;

/** In ms. */
const idleTime = 30_000;

/** Most of what a scan makes is short-lived: with the usual 16 MB for it much is kept for nothing. */
const limits: ResourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 };

/** A thread that scans one part of the files after the other, and ends when it has nothing to do. */
export class ScanLane {
  readonly #thread: ThreadOnDemand<ScanRequests>;

  /** @param thread path of the bundled `scanThread.ts` */
  constructor(thread: string) {
    this.#thread = new ThreadOnDemand({
      start: (ended: ThreadEnded) =>
        startThread<ScanRequests, Record<never, never>, Record<never, never>>(thread, limits, {}, {}, ended),
      // The open requests have been rejected, and the next one starts another thread.
      died: () => {},
      idleTime,
    });
  }

  /** @throws Error where the thread cannot start */
  start(): Promise<void> {
    return this.#thread.idle.during(() => this.#thread.requests.send('start'));
  }

  /** @throws Error where the thread ends, as it does where the files take too long; `cancelled` when aborted */
  scan(run: number, files: readonly FileToScan[], signal: AbortSignal): Promise<readonly ScannedFile[]> {
    return this.#thread.idle.during(async () => {
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
    });
  }

  dispose(): Promise<void> {
    return this.#thread.dispose();
  }
}
