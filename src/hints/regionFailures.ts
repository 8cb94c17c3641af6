import { AmiError, isCancelled } from '../core/errors.ts';
import { partitionOf } from '../core/regions.ts';

/** In ms: a region that has failed is not asked again before that, however often a text changes. */
const lifetime = 30_000;

/** The regions that are not asked for now, and why. */
export class RegionFailures {
  readonly #partitionOfChosen: string | undefined;
  readonly #now: () => number;
  readonly #failures = new Map<string, { readonly error: unknown; readonly since: number }>();
  /** Of regions in other partitions, by operation and region: many references may be in one. */
  readonly #elsewhere = new Map<string, AmiError>();

  /**
   * @param chosen the chosen regions: those of other partitions are never asked, since credentials mean nothing there
   * @param now milliseconds since 1970
   */
  constructor(chosen: readonly string[], now: () => number) {
    this.#partitionOfChosen = chosen[0] && partitionOf(chosen[0]);
    this.#now = now;
  }

  note(region: string, error: unknown): void {
    if (!isCancelled(error)) this.#failures.set(region, { error, since: this.#now() });
  }

  /** Undefined for a region that can be asked. */
  of(region: string, operation: string): unknown {
    const partition = partitionOf(region);
    if (this.#partitionOfChosen !== undefined && partition !== this.#partitionOfChosen) {
      const key = `${operation} ${region}`;
      const error =
        this.#elsewhere.get(key) ??
        new AmiError({ kind: 'other-partition', region, partition }, { kind: 'region-unknown', operation, region });
      this.#elsewhere.set(key, error);
      return error;
    }
    const failure = this.#failures.get(region);
    return failure && this.#now() - failure.since < lifetime ? failure.error : undefined;
  }
}
