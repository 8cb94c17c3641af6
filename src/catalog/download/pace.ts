/** How many requests may be under way at once: at first, and at most. */
const firstWidth = 8;
const maxWidth = 24;
/** How much each answer adds to the width until a request is throttled for the first time. */
const firstGrowth = 0.25;

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
 * Decides when the next request may be sent: more and more at once until one is throttled, then at the rate that gets
 * through. Times are milliseconds of any clock that does not go back.
 */
export class Pace {
  #width = firstWidth;
  #underWay = 0;
  /** Requests a second; undefined until a request is throttled. */
  #rate: number | undefined;
  /** The rate that got through when a request was last throttled. */
  #limit: number | undefined;
  #nextAt = 0;
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
    return this.#underWay >= this.width ? undefined : Math.max(0, this.#nextAt - now);
  }

  started(now: number): void {
    this.#underWay += 1;
    if (this.#rate !== undefined) {
      this.#nextAt = Math.max(this.#nextAt, now) + 1_000 / this.#rate;
    }
  }

  answered(now: number): void {
    this.#underWay -= 1;
    this.#answers.push(now);
    this.#forget(now);
    this.#width = Math.min(maxWidth, this.#width + (this.#rate === undefined ? firstGrowth : 1 / this.#width));
    this.#throttleDelay = firstDelay;
    if (this.#rate !== undefined) {
      const near = this.#limit !== undefined && this.#rate >= this.#limit * shareAfterThrottling;
      this.#rate = near ? this.#rate + slowGrowth / this.#rate : this.#rate * fastGrowth;
    }
  }

  throttledAt(now: number): void {
    this.#underWay -= 1;
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

  #forget(now: number): void {
    while ((this.#answers[0] ?? now) < now - window) {
      this.#answers.shift();
    }
  }
}
