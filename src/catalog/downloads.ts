import type { AmiErrorKind } from '../core/errors.ts';
import { toCatalogFailure } from './failure.ts';
import { placeKey } from './places.ts';
import type { CatalogFailure, UnderWay } from './port.ts';
import type { DownloadProgress } from './store/downloadProgress.ts';
import type { DownloadOutcome, Place } from './threads/contracts.ts';

export interface DownloadsParts {
  /** Runs a download to its end; rejects where its thread dies. */
  readonly run: (place: Place, whole: boolean, isCancelled: () => boolean) => Promise<DownloadOutcome>;
  readonly cancel: (place: Place) => void;
  /** Whether somebody looks at the region: only then a download that failed is tried again by itself. */
  readonly isLookedAt: (place: Place) => boolean;
  /** `retrying`: it goes on by itself after a while. */
  readonly failed: (place: Place, failure: CatalogFailure | undefined, retrying: boolean) => void;
  readonly ended: (place: Place) => void;
  /** How long (ms) to wait before the first retry; then twice as long each time, up to `longestPause`. */
  readonly firstPause?: number;
}

/** What passes by itself: the network is away, the computer slept, the endpoint starts anew. */
const passing: ReadonlySet<AmiErrorKind> = new Set(['network', 'timeout', 'unavailable', 'throttled']);

const firstPause = 2_000;
const longestPause = 60_000;

interface Run {
  readonly place: Place;
  progress: DownloadProgress | undefined;
  cancelled: boolean;
  /** Ends the wait for the next try. */
  wake: () => void;
}

/** The downloads of this window: one at a time of each region, tried again until they are through. */
export class Downloads {
  readonly #parts: DownloadsParts;
  readonly #runs = new Map<string, Run>();
  readonly #listeners = new Set<() => void>();

  constructor(parts: DownloadsParts) {
    this.#parts = parts;
  }

  get underWay(): readonly UnderWay[] {
    return [...this.#runs.values()].flatMap(({ place, progress }) =>
      progress ? [{ region: place.region, progress }] : [],
    );
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Starts a download, or has one that waits go on at once. */
  start(place: Place, whole: boolean): void {
    const key = placeKey(place);
    const under = this.#runs.get(key);
    if (under) {
      under.wake();
      return;
    }
    const run: Run = { place, progress: undefined, cancelled: false, wake: () => {} };
    this.#runs.set(key, run);
    void this.#run(run, whole).finally(() => {
      this.#runs.delete(key);
      this.#changed();
      this.#parts.ended(place);
    });
  }

  cancel(place: Place): void {
    const run = this.#runs.get(placeKey(place));
    if (run) {
      run.cancelled = true;
      run.wake();
      this.#parts.cancel(place);
    }
  }

  /** Nobody may be looking any more. */
  left(place: Place): void {
    if (!this.#parts.isLookedAt(place)) {
      this.#runs.get(placeKey(place))?.wake();
    }
  }

  receive(place: Place, progress: DownloadProgress): void {
    const run = this.#runs.get(placeKey(place));
    if (run) {
      if (!run.progress) {
        // Until then a failure stays where it is read, however often it is tried.
        this.#parts.failed(place, undefined, false);
      }
      run.progress = progress;
      this.#changed();
    }
  }

  async #run(run: Run, whole: boolean): Promise<void> {
    const { place } = run;
    let pause = this.#parts.firstPause ?? firstPause;
    this.#parts.failed(place, undefined, false);
    for (;;) {
      const outcome = await this.#parts
        .run(place, whole, () => run.cancelled)
        .catch(
          (error: unknown): DownloadOutcome => ({
            kind: 'failed',
            failure: toCatalogFailure(error),
          }),
        );
      // What has arrived since the last failure says that the network is there again.
      pause = run.progress ? (this.#parts.firstPause ?? firstPause) : pause;
      run.progress = undefined;
      this.#changed();
      if (outcome.kind !== 'failed' || run.cancelled) {
        this.#parts.failed(place, undefined, false);
        return;
      }
      const retrying = isPassing(outcome.failure) && this.#parts.isLookedAt(place);
      this.#parts.failed(place, outcome.failure, retrying);
      if (!retrying) {
        return;
      }
      await this.#wait(run, pause);
      pause = Math.min(longestPause, pause * 2);
      if (run.cancelled || !this.#parts.isLookedAt(place)) {
        this.#parts.failed(place, outcome.failure, false);
        return;
      }
    }
  }

  #wait(run: Run, pause: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      run.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #changed(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function isPassing(failure: CatalogFailure): boolean {
  return failure.kind === 'ami' && passing.has(failure.error.kind);
}
