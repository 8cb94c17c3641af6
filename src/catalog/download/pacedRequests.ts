import { AmiError } from '../../core/errors.ts';
import type { Shard } from '../store/shard.ts';
import type { CatalogPage, DownloadParts } from './downloadParts.ts';
import { Pace } from './pace.ts';

/** How often a request is sent again because its answer is unreadable. The SDK retries other transient errors. */
const unreadableRetries = 2;

/** Asks for pages at the pace that the endpoint allows. */
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
      await this.#turn(shard);
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
        if (error instanceof AmiError && error.kind === 'bad-answer' && unreadable < unreadableRetries) {
          unreadable += 1;
          continue;
        }
        throw error;
      } finally {
        this.#waiting.shift()?.();
      }
    }
  }

  async #turn({ kind }: Shard): Promise<void> {
    const { signal } = this.parts;
    for (;;) {
      signal.throwIfAborted();
      const delay = this.pace.delay(performance.now());
      // The few pages of a preview wait for no other page to end: the user is to see the newest images at once.
      if (delay === 0 || (delay === undefined && kind === 'preview')) {
        return;
      }
      await new Promise<void>((resolve) => {
        const go = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', go);
          resolve();
        };
        const timer = delay === undefined ? undefined : setTimeout(go, delay);
        signal.addEventListener('abort', go);
        if (delay === undefined) {
          this.#waiting.push(go);
        }
      });
    }
  }
}
