/** Waits (ms) between two looks, which grow: big volumes take hours. */
const shortestWait = 3_000;
const longestWait = 30_000;
const waitGrowth = 1.4;

/** Looks at a region again and again, ever less often, until nothing is left to look at. */
export class RegionWatch {
  readonly #look: (signal: AbortSignal) => Promise<boolean>;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #wait = shortestWait;

  /** @param look gives whether anything is left to look at; never rejects */
  constructor(look: (signal: AbortSignal) => Promise<boolean>) {
    this.#look = look;
  }

  /** Resolves when a look that begins now has ended. */
  lookNow(): Promise<void> {
    clearTimeout(this.#timer);
    this.#wait = shortestWait;
    this.#looking = this.#looking.then(() => this.#once());
    return this.#looking;
  }

  async #once(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#abort.signal.aborted) {
      return;
    }
    const left = await this.#look(this.#abort.signal);
    if (left && !this.#abort.signal.aborted) {
      this.#timer = setTimeout(() => {
        this.#looking = this.#once();
      }, this.#wait);
      this.#wait = Math.min(longestWait, this.#wait * waitGrowth);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }
}
