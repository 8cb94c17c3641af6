import type { AmiErrorKind } from '../core/errors.ts';
import { toCatalogFailure } from './failure.ts';
import { placeKey } from './places.ts';
import type { CatalogFailure, DownloadUnderWay } from './port.ts';
import type { DownloadProgress } from './store/downloadProgress.ts';
import type { DownloadOutcome, Place } from './threads/contracts.ts';

export interface DownloadsParts {
  /** Runs a download to its end; rejects if its thread dies. */
  readonly run: (place: Place, whole: boolean, isCancelled: () => boolean) => Promise<DownloadOutcome>;
  readonly cancel: (place: Place) => void;
  /** Whether a panel looks at the region. A failed download is retried only then. */
  readonly isLookedAt: (place: Place) => boolean;
  /** `failure`: undefined once it has passed. `retrying`: the download is tried again after a delay. */
  readonly failed: (place: Place, failure: CatalogFailure | undefined, retrying: boolean) => void;
  readonly ended: (place: Place) => void;
  /** The delay (ms) before the first retry. It doubles with each retry, up to `longestDelay`. */
  readonly firstDelay?: number;
}

/** Errors that pass by themselves: the network is down, the computer was asleep, the endpoint restarts. */
const transientErrors: ReadonlySet<AmiErrorKind> = new Set(['network', 'timeout', 'unavailable', 'throttled']);

const firstDelay = 2_000;
const longestDelay = 60_000;

interface Run {
  readonly place: Place;
  progress: DownloadProgress | undefined;
  cancelled: boolean;
  /** Ends the delay before the next try. */
  wake: () => void;
}

/**
 * The downloads of this window, one at a time of each region. Transient failures are retried while a panel looks at the
 * region.
 */
export class Downloads {
  readonly #parts: DownloadsParts;
  readonly #runs = new Map<string, Run>();
  readonly #listeners = new Set<() => void>();

  constructor(parts: DownloadsParts) {
    this.#parts = parts;
  }

  get underWay(): readonly DownloadUnderWay[] {
    return [...this.#runs.values()].flatMap(({ place, progress }) =>
      progress ? [{ region: place.region, progress }] : [],
    );
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Starts a download. One that waits for its retry is retried at once. */
  start(place: Place, whole: boolean): void {
    const key = placeKey(place);
    const running = this.#runs.get(key);
    if (running) {
      running.wake();
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

  /** A reader has left: without another one, the delay before a retry ends, and so does the download. */
  readerLeft(place: Place): void {
    if (!this.#parts.isLookedAt(place)) {
      this.#runs.get(placeKey(place))?.wake();
    }
  }

  receive(place: Place, progress: DownloadProgress): void {
    const run = this.#runs.get(placeKey(place));
    if (run) {
      if (!run.progress) {
        // The failure is shown during retries, until the first page arrives.
        this.#parts.failed(place, undefined, false);
      }
      run.progress = progress;
      this.#changed();
    }
  }

  async #run(run: Run, whole: boolean): Promise<void> {
    const { place } = run;
    let delay = this.#parts.firstDelay ?? firstDelay;
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
      // Progress since the last failure shows that the network is back.
      delay = run.progress ? (this.#parts.firstDelay ?? firstDelay) : delay;
      run.progress = undefined;
      this.#changed();
      if (outcome.kind !== 'failed' || run.cancelled) {
        this.#parts.failed(place, undefined, false);
        return;
      }
      const retrying = isTransient(outcome.failure) && this.#parts.isLookedAt(place);
      this.#parts.failed(place, outcome.failure, retrying);
      if (!retrying) {
        return;
      }
      await this.#wait(run, delay);
      delay = Math.min(longestDelay, delay * 2);
      if (run.cancelled || !this.#parts.isLookedAt(place)) {
        this.#parts.failed(place, outcome.failure, false);
        return;
      }
    }
  }

  #wait(run: Run, delay: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
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

function isTransient(failure: CatalogFailure): boolean {
  return failure.kind === 'ami' && transientErrors.has(failure.error.kind);
}
