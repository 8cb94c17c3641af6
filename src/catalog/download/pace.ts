/** How many requests may be under way at first, and at most. */
const firstWidth = 8;
const maxWidth = 24;
/** By how much each answer widens it, until something is throttled. */
const firstGrowth = 0.25;

/** How long (ms) to wait after the first throttled request; twice as long after each that follows, up to the most. */
const firstPause = 250;
const longestPause = 5_000;

/** How much of what the endpoint has let through is asked for after it throttled: the editor needs some itself. */
const shareAfterThrottling = 0.8;

/** Well below what was throttled the pace grows by this factor with each answer; near it by so many a second, each second. */
const fastGrowth = 1.1;
const slowGrowth = 0.3;

/** Where too few answers tell what the endpoint lets through (requests a second). */
const lowestRate = 2;

/** Answers within this time (ms) say how many a second there are. */
const window = 3_000;

/**
 * Finds out how fast an endpoint may be asked: as many requests at once as get through, and less as soon as one is
 * throttled. Times are milliseconds of any clock that does not go back.
 */
export class Pace {
  #width = firstWidth;
  #underWay = 0;
  /** Requests a second; undefined until something was throttled. */
  #rate: number | undefined;
  /** What was let through when something was last throttled. */
  #limit: number | undefined;
  #nextAt = 0;
  #pause = firstPause;
  #lastThrottled = Number.NEGATIVE_INFINITY;
  readonly #answers: number[] = [];

  get underWay(): number {
    return this.#underWay;
  }

  get width(): number {
    return Math.floor(this.#width);
  }

  /** Whether less is asked for than could be, because the endpoint said so lately. */
  throttled(now: number): boolean {
    return now - this.#lastThrottled < longestPause;
  }

  /** How long (ms) to wait before the next request; undefined: until one that is under way ends. */
  wait(now: number): number | undefined {
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
    this.#pause = firstPause;
    if (this.#rate !== undefined) {
      const near = this.#limit !== undefined && this.#rate >= this.#limit * shareAfterThrottling;
      this.#rate = near ? this.#rate + slowGrowth / this.#rate : this.#rate * fastGrowth;
    }
  }

  throttledAt(now: number): void {
    this.#underWay -= 1;
    this.#forget(now);
    // What was sent before the last slowing down says nothing new.
    if (now - this.#lastThrottled > this.#pause) {
      const seen = (this.#answers.length / window) * 1_000;
      // A burst of refusals says nothing of the pace: that is known of what got through.
      this.#limit = seen > lowestRate ? seen : undefined;
      this.#rate = Math.max(lowestRate, Math.min(this.#rate ?? Number.POSITIVE_INFINITY, seen) * shareAfterThrottling);
      this.#width = Math.max(2, this.#width * 0.7);
      this.#pause = Math.min(longestPause, this.#pause * 2);
    }
    this.#lastThrottled = now;
    this.#nextAt = Math.max(this.#nextAt, now + this.#pause);
  }

  /** Ended otherwise: cancelled or failed. */
  ended(): void {
    this.#underWay -= 1;
  }

  #forget(now: number): void {
    while ((this.#answers[0] ?? now) < now - window) {
      this.#answers.shift();
    }
  }
}
