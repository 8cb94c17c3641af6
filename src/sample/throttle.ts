interface Bucket {
  tokens: number;
  filledAt: number;
}

interface BucketSize {
  readonly capacity: number;
  /** Tokens per second. */
  readonly refill: number;
}

/**
 * "Request throttling for the Amazon EC2 API": capacities and refill rates where they differ from those of the kind.
 */
const SIZES: Readonly<Record<string, BucketSize>> = {
  CreateTags: { capacity: 100, refill: 10 },
};

function sizeOf(action: string): BucketSize {
  return (
    SIZES[action] ?? (/^(Describe|Get|List)/.test(action) ? { capacity: 100, refill: 20 } : { capacity: 50, refill: 5 })
  );
}

/** Token buckets, one per region and operation. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes a token; false where the bucket is empty. `now` is in milliseconds. */
  take(action: string, region: string, now: number): boolean {
    const { capacity, refill } = sizeOf(action);
    const key = `${region}/${action}`;
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, filledAt: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(capacity, bucket.tokens + (Math.max(0, now - bucket.filledAt) / 1000) * refill);
    bucket.filledAt = now;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }
}
