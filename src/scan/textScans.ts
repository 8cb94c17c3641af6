import type { ResourceLimits } from 'node:worker_threads';
import type { Reference } from '../code/reference.ts';
import type { RegionMap } from '../code/regionMaps/regionMap.ts';
import type { FileStatements } from '../code/regions/explainedNames.ts';
import type { SourceFile } from '../code/scanText.ts';
import { startThread } from '../threads/startThread.ts';
import { ThreadOnDemand } from '../threads/threadOnDemand.ts';
import type { ScanRequests } from './contract.ts';
import { unpackReferences } from './packedReferences.ts';
import type { RegionMapFinder, TextScanner } from './port.ts';

/** How long (ms) the thread stays when nothing is scanned: its parsers take some 20 MB. */
const usualIdle = 5 * 60_000;

/** How long (ms) a text may take: those of 1 MB take half a second on a busy machine. */
const usualTimeout = 20_000;

const limits: ResourceLimits = { maxOldGenerationSizeMb: 1_024 };

export interface TextScansOptions {
  /** Path of the bundled `scanThread.ts`. */
  readonly thread: string | URL;
  readonly idleTime?: number;
  readonly timeout?: number;
}

interface Question {
  /** Whether it is the one that was waited for when the thread was ended. */
  isLate: boolean;
}

/**
 * Scans texts in a thread, which starts with the first one and is replaced where it does not come to an end: what has
 * waited behind that text is asked again.
 */
export class TextScans implements TextScanner, RegionMapFinder {
  readonly #thread: ThreadOnDemand<ScanRequests>;
  readonly #timeout: number;
  /** The oldest first. The thread scans one text after the other. */
  readonly #waiting = new Set<Question>();
  /** How often a text took too long. */
  #timeouts = 0;
  #late: NodeJS.Timeout | undefined;

  constructor({ thread, idleTime = usualIdle, timeout = usualTimeout }: TextScansOptions) {
    this.#timeout = timeout;
    this.#thread = new ThreadOnDemand<ScanRequests>({
      start: (ended) =>
        startThread<ScanRequests, Record<never, never>, Record<never, never>>(thread, limits, {}, {}, ended),
      died: () => {},
      idleTime,
    });
  }

  async references(file: SourceFile, sisters: readonly FileStatements[]): Promise<readonly Reference[]> {
    return unpackReferences(await this.#asked(() => this.#thread.requests.send('references', { file, sisters })));
  }

  statements(file: SourceFile): Promise<FileStatements> {
    return this.#asked(() => this.#thread.requests.send('statements', { file }));
  }

  regionMaps(file: SourceFile): Promise<readonly RegionMap[]> {
    return this.#asked(() => this.#thread.requests.send('regionMaps', { file }));
  }

  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    const question: Question = { isLate: false };
    this.#waiting.add(question);
    if (this.#waiting.size === 1) this.#expectAnswer();
    try {
      for (;;) {
        const before = this.#timeouts;
        try {
          return await this.#thread.idle.during(ask);
        } catch (error) {
          if (question.isLate || this.#timeouts === before) throw error;
        }
      }
    } finally {
      this.#waiting.delete(question);
      this.#expectAnswer();
    }
  }

  /** Ends the thread where no answer comes in time. */
  #expectAnswer(): void {
    clearTimeout(this.#late);
    if (this.#waiting.size > 0) this.#late = setTimeout(() => this.#endLate(), this.#timeout);
  }

  #endLate(): void {
    const [oldest] = this.#waiting;
    if (oldest) oldest.isLate = true;
    this.#timeouts += 1;
    void this.#thread.end();
  }

  dispose(): void {
    clearTimeout(this.#late);
    void this.#thread.dispose();
  }
}
