/** Intervals (ms) between two looks, which grow: snapshots of big volumes take hours. */
export interface PollIntervals {
  readonly shortest: number;
  readonly longest: number;
}

export const usualIntervals: PollIntervals = { shortest: 3_000, longest: 30_000 };

const growth = 1.4;

/** Looks at a region at growing intervals, until nothing is left to watch. */
export class RegionPoller {
  readonly #look: (signal: AbortSignal) => Promise<boolean>;
  readonly #intervals: PollIntervals;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #interval: number;

  /** @param look resolves with whether anything is left to watch; never rejects */
  constructor(look: (signal: AbortSignal) => Promise<boolean>, intervals: PollIntervals) {
    this.#look = look;
    this.#intervals = intervals;
    this.#interval = intervals.shortest;
  }

  /** Resolves when a look that begins now has ended. */
  lookNow(): Promise<void> {
    clearTimeout(this.#timer);
    this.#interval = this.#intervals.shortest;
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
      }, this.#interval);
      this.#interval = Math.min(this.#intervals.longest, this.#interval * growth);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }
}
