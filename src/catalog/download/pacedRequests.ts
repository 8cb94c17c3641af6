import { AmiError } from '../../core/errors.ts';
import type { Shard } from '../store/shard.ts';
import type { CatalogPage, DownloadParts } from './downloadParts.ts';
import { Pace } from './pace.ts';

/** A page that cannot be read is asked for so often again: the SDK does so for every other failure that may pass. */
const unreadableAnswers = 2;

/** What both kinds of download do: ask for pages at the pace that the endpoint allows. */
export class PacedRequests {
  readonly parts: DownloadParts;
  readonly pace = new Pace();
  readonly #waiting: (() => void)[] = [];

  constructor(parts: DownloadParts) {
    this.parts = parts;
  }

  async page(shard: Shard, token: string | undefined): Promise<CatalogPage> {
    const { ask, signal, idle } = this.parts;
    let unreadable = 0;
    for (;;) {
      await this.#turn();
      await idle();
      this.pace.started(performance.now());
      try {
        const page = await ask({ filters: shard.filters, token }, signal);
        this.pace.answered(performance.now());
        return page;
      } catch (error) {
        if (error instanceof AmiError && error.kind === 'throttled' && !signal.aborted) {
          this.pace.throttledAt(performance.now());
          continue;
        }
        this.pace.ended();
        if (error instanceof AmiError && error.kind === 'bad-answer' && unreadable < unreadableAnswers) {
          unreadable += 1;
          continue;
        }
        throw error;
      } finally {
        this.#waiting.shift()?.();
      }
    }
  }

  async #turn(): Promise<void> {
    const { signal } = this.parts;
    for (;;) {
      signal.throwIfAborted();
      const wait = this.pace.wait(performance.now());
      if (wait === 0) {
        return;
      }
      await new Promise<void>((resolve) => {
        const go = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', go);
          resolve();
        };
        const timer = wait === undefined ? undefined : setTimeout(go, wait);
        signal.addEventListener('abort', go);
        if (wait === undefined) {
          this.#waiting.push(go);
        }
      });
    }
  }
}
