/** How many requests may be under way at once: at first, and at most. */
const firstWidth = 16;
const maxWidth = 32;

/**
 * EC2 lets an account send so many descriptions of a kind at once in a region, and adds `refill` a second ("Request
 * throttling for the Amazon EC2 API"). The last ones are left to the editor's own calls.
 */
const limits = { capacity: 100, refill: 20, left: 3 };

/**
 * EC2 takes longer (ms) than this for a page, and for each of its images. An endpoint that is faster is another one,
 * without these limits.
 */
const shortestOfEc2 = { page: 20, image: 0.08 };

/** The delay (ms) after the first throttled request. It doubles with each further one, up to the longest. */
const firstDelay = 250;
const longestDelay = 5_000;

/** After throttling, a download uses this part of the rate that got through: the editor's calls need the rest. */
const shareAfterThrottling = 0.8;

/** Each answer multiplies the rate by `fastGrowth`; near the known limit, the rate grows by `slowGrowth` a second. */
const fastGrowth = 1.1;
const slowGrowth = 0.3;

/** The rate (requests a second) that is used when too few answers have come to measure what gets through. */
const lowestRate = 2;

/** The time (ms) over which answers are counted to measure the rate that gets through. */
const window = 3_000;

/**
 * Decides when the next request may be sent: more and more at once, as many as EC2's limits leave; once a request was
 * throttled all the same, since others share the limits, at the rate that gets through. Times are milliseconds of any
 * clock that does not go back.
 */
export class Pace {
  #width = firstWidth;
  #underWay = 0;
  /** Requests a second; undefined until a request is throttled. */
  #rate: number | undefined;
  /** The rate that got through when a request was last throttled. */
  #limit: number | undefined;
  #nextAt = 0;
  /** The requests that the limits leave, as of `#countedAt`. */
  #left = limits.capacity;
  #countedAt = 0;
  #hasLimits = true;
  #throttleDelay = firstDelay;
  #lastThrottled = Number.NEGATIVE_INFINITY;
  readonly #answers: number[] = [];

  get underWay(): number {
    return this.#underWay;
  }

  get width(): number {
    return Math.floor(this.#width);
  }

  /** Whether the endpoint has throttled a request lately. */
  throttled(now: number): boolean {
    return now - this.#lastThrottled < longestDelay;
  }

  /** The delay (ms) before the next request; undefined: it has to wait until another one ends. */
  delay(now: number): number | undefined {
    return this.#underWay >= this.width ? undefined : this.delayOfPreview(now);
  }

  /** The same for a request that waits for no other one to end. */
  delayOfPreview(now: number): number {
    this.#count(now);
    const missing = this.#hasLimits ? limits.left + 1 - this.#left : 0;
    return Math.max(0, this.#nextAt - now, (missing / limits.refill) * 1_000);
  }

  started(now: number): void {
    this.#count(now);
    this.#left -= 1;
    this.#underWay += 1;
    if (this.#rate !== undefined) {
      this.#nextAt = Math.max(this.#nextAt, now) + 1_000 / this.#rate;
    }
  }

  /** @param page how long (ms) it took, and how many images it has */
  answered(now: number, page: { readonly time: number; readonly images: number }): void {
    this.#underWay -= 1;
    this.#answers.push(now);
    this.#forget(now);
    this.#width = Math.min(maxWidth, this.#width + (this.#rate === undefined ? 1 : 1 / this.#width));
    this.#throttleDelay = firstDelay;
    if (page.time < shortestOfEc2.page + page.images * shortestOfEc2.image) {
      this.#hasLimits = false;
    }
    if (this.#rate !== undefined) {
      const near = this.#limit !== undefined && this.#rate >= this.#limit * shareAfterThrottling;
      this.#rate = near ? this.#rate + slowGrowth / this.#rate : this.#rate * fastGrowth;
    }
  }

  throttledAt(now: number): void {
    this.#underWay -= 1;
    this.#count(now);
    this.#left = 0;
    this.#forget(now);
    // Requests from before the last slowdown tell nothing new.
    if (now - this.#lastThrottled > this.#throttleDelay) {
      const seen = (this.#answers.length / window) * 1_000;
      // Only answers measure the limit: after a burst of refusals it is unknown.
      this.#limit = seen > lowestRate ? seen : undefined;
      this.#rate = Math.max(lowestRate, Math.min(this.#rate ?? Number.POSITIVE_INFINITY, seen) * shareAfterThrottling);
      this.#width = Math.max(2, this.#width * 0.7);
      this.#throttleDelay = Math.min(longestDelay, this.#throttleDelay * 2);
    }
    this.#lastThrottled = now;
    this.#nextAt = Math.max(this.#nextAt, now + this.#throttleDelay);
  }

  /** A request was cancelled or failed. */
  ended(): void {
    this.#underWay -= 1;
  }

  #count(now: number): void {
    const seconds = Math.max(0, now - this.#countedAt) / 1_000;
    this.#left = Math.min(limits.capacity, this.#left + seconds * limits.refill);
    this.#countedAt = now;
  }

  #forget(now: number): void {
    while ((this.#answers[0] ?? now) < now - window) {
      this.#answers.shift();
    }
  }
}
