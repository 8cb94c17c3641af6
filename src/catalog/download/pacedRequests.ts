import { AmiError } from '../../core/errors.ts';
import type { Shard } from '../store/shard.ts';
import type { CatalogPage, DownloadParts } from './downloadParts.ts';
import { Pace } from './pace.ts';

/** How often a request is sent again because its answer is unreadable. The SDK retries other transient errors. */
const unreadableRetries = 2;

/** A request that waits for its turn. */
interface Waiting {
  readonly isPreview: boolean;
  readonly go: () => void;
}

/** Asks for pages at the pace that the endpoint allows, in the order in which they are wanted. */
export class PacedRequests {
  readonly parts: DownloadParts;
  readonly pace = new Pace();
  readonly #waiting: Waiting[] = [];
  #isSending = false;
  /** Ends the wait for the next turn early. */
  #wake: () => void = () => {};

  constructor(parts: DownloadParts) {
    this.parts = parts;
    parts.signal.addEventListener('abort', () => {
      for (const { go } of this.#waiting.splice(0)) {
        go();
      }
      this.#wake();
    });
  }

  async page(shard: Shard, token: string | undefined): Promise<CatalogPage> {
    const { ask, signal } = this.parts;
    let unreadable = 0;
    for (;;) {
      await this.#turn(shard);
      const start = performance.now();
      try {
        const page = await ask({ filters: shard.filters, token }, signal);
        const end = performance.now();
        this.pace.answered(end, { time: end - start, images: page.images.count });
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
        this.#wake();
      }
    }
  }

  /** Resolves when the request may be sent, which counts as under way then. Rejects when the download is stopped. */
  #turn({ kind }: Shard): Promise<void> {
    const turn = new Promise<void>((resolve) => {
      const isPreview = kind === 'preview';
      const place = isPreview ? 0 : this.#waiting.length;
      this.#waiting.splice(place, 0, { isPreview, go: resolve });
    });
    void this.#send();
    return turn.then(() => this.parts.signal.throwIfAborted());
  }

  async #send(): Promise<void> {
    if (this.#isSending) {
      this.#wake();
      return;
    }
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      await this.parts.idle();
      const now = performance.now();
      const [first] = this.#waiting;
      // The few pages of a preview wait for no other page to end: the user is to see the newest images at once.
      const delay = first?.isPreview ? this.pace.delayOfPreview(now) : this.pace.delay(now);
      if (first && delay === 0) {
        this.pace.started(now);
        this.#waiting.shift();
        first.go();
      } else if (first) {
        await this.#pause(delay);
      }
    }
    this.#isSending = false;
  }

  /** Waits so long (ms), or until something has changed. */
  #pause(delay: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = delay === undefined ? undefined : setTimeout(resolve, delay);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
