import { isCancelled } from '../../core/errors.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../connectionImages.ts';
import type { AccountRecords } from './accountRecords.ts';
import type { Batches } from './batches.ts';
import { type PollIntervals, RegionPoller, usualIntervals } from './regionPoller.ts';
import { SeenImages } from './seenImages.ts';
import type { WatchEvent } from './watchEvent.ts';
import {
  type AnyWatchKind,
  type Over,
  ofKind,
  type Sighting,
  type WatchKind,
  type WatchPlace,
  type WatchStart,
} from './watchKind.ts';
import type { WatchRecord } from './watchRecord.ts';
import type { WatchRecords } from './watchRecords.ts';

export interface WatchLooksDeps {
  readonly images: Pick<ConnectionImages, 'of' | 'seen' | 'gone'>;
  readonly kinds: readonly AnyWatchKind[];
  readonly tell: (event: WatchEvent) => void;
  readonly log: { warn(message: string): void };
  readonly intervals?: PollIntervals;
  /** How long (ms) one look at a region may take. */
  readonly lookTimeout?: number;
}

/** The records that are looked at. */
export interface WatchLooksRecords {
  readonly records: WatchRecords;
  readonly own: AccountRecords;
  readonly batches: Batches;
  /** Those of a kind that no window holds. */
  free<S>(kind: WatchKind<S, unknown>, records: readonly WatchRecord[]): readonly WatchRecord<S>[];
  add<S>(connection: Connection, start: WatchStart<S>): void;
}

/** A call that does not end holds up the other watches of its region no longer than this (ms). */
const usualLookTimeout = 30_000;

/**
 * Looks at what is watched through the current connection, with a poller for each region, and ends watches that are
 * over.
 */
export class WatchLooks {
  readonly seen = new SeenImages();
  readonly #deps: WatchLooksDeps;
  readonly #watched: WatchLooksRecords;
  readonly #pollers = new Map<string, RegionPoller>();

  constructor(deps: WatchLooksDeps, watched: WatchLooksRecords) {
    this.#deps = deps;
    this.#watched = watched;
  }

  /**
   * Looks at a region now, and again until nothing is left to watch in it, if the connection is the one in force.
   * Resolves after the first look.
   */
  async lookNow(connection: Connection | undefined, region: string): Promise<void> {
    if (!connection || connection !== this.#watched.own.connection) {
      return;
    }
    const { intervals = usualIntervals } = this.#deps;
    const known = this.#pollers.get(region);
    const poller = known ?? new RegionPoller((signal) => this.#look(connection, region, signal), intervals);
    this.#pollers.set(region, poller);
    await poller.lookNow();
  }

  /** Ends all looks, and drops what they have seen. */
  stop(): void {
    for (const poller of this.#pollers.values()) {
      poller.stop();
    }
    this.#pollers.clear();
    this.seen.clear();
    this.#watched.batches.clear();
  }

  /**
   * One look at a region. A kind that fails does not stop the others. Resolves with whether anything is left to watch.
   */
  async #look(connection: Connection, region: string, stopped: AbortSignal): Promise<boolean> {
    this.#watched.records.flush();
    const inRegion = () =>
      this.#watched.own.all.filter((record) => record.region === region && !this.#watched.batches.hasEnded(record.id));
    const records = inRegion();
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(this.#deps.lookTimeout ?? usualLookTimeout)]);
    const place = { connection, region, images: this.#deps.images.of(connection) };
    await Promise.all([
      this.#catchUp(place, signal),
      ...this.#deps.kinds.map(async (kind) => {
        const free = this.#watched.free(kind, records);
        try {
          for await (const sighting of free.length > 0 ? kind.look(place, free, signal) : []) {
            if (stopped.aborted) {
              return;
            }
            this.#take(connection, kind, sighting);
          }
        } catch (error) {
          // Throttled calls, a broken network or expired credentials say nothing of what is watched.
          if (!stopped.aborted && !(isCancelled(error) && !signal.aborted)) {
            this.#warn(kind.name, region, signal.aborted ? 'no answer in time' : error);
          }
        }
      }),
    ]);
    if (!stopped.aborted) {
      for (const ended of this.#watched.batches.conclude()) {
        this.#deps.tell({ kind: 'over', ended });
      }
    }
    const isKnown = ({ kind }: WatchRecord) => this.#deps.kinds.some(({ name }) => name === kind);
    return (
      inRegion().some(isKnown) || this.#endedElsewhere(region).length > 0 || this.#watched.batches.isWaiting(region)
    );
  }

  /** Fires the changes of images whose watches another window has ended. */
  async #catchUp({ connection, region, images }: WatchPlace, signal: AbortSignal): Promise<void> {
    for (const [id, ref] of this.#endedElsewhere(region)) {
      try {
        const image = await images.get(ref, signal, { maxAge: 0 });
        this.seen.remove(id);
        if (image) {
          this.#deps.images.seen(connection, image);
        } else {
          this.#deps.images.gone(connection, ref);
        }
        this.#changed();
      } catch {
        // The failed call is in the log; the next look asks again.
      }
    }
  }

  #endedElsewhere(region: string): readonly (readonly [string, ImageRef])[] {
    return this.seen.endedElsewhere(region, (id) => this.#watched.records.get(id) !== undefined);
  }

  #take(connection: Connection, kind: AnyWatchKind, sighting: Sighting<unknown>): void {
    const { id, image, gone, error, over } = sighting;
    const stored = this.#watched.records.get(id);
    const [record] = ofKind(kind, stored ? [stored] : []);
    if (!record) {
      // The watch has ended; where another window has ended it, `#catchUp` shows its image.
      return;
    }
    if (error !== undefined) {
      this.#warn(record.kind, record.region, error);
    }
    const news = this.seen.take(sighting);
    if (news) {
      this.#deps.images.seen(connection, news);
    }
    if (gone) {
      this.#deps.images.gone(connection, gone);
    }
    if (over) {
      this.#end(connection, record, over);
    }
    if (over || image) {
      this.#changed();
    }
  }

  #end(connection: Connection, record: WatchRecord, { outcome, next }: Over<unknown>): void {
    // The next watch is stored first: the window may close in between.
    if (next) {
      this.#watched.add(connection, next);
      void this.lookNow(connection, next.region);
    }
    const ended = this.#watched.batches.end({ record, outcome });
    if (ended.length > 0) {
      this.#deps.tell({ kind: 'over', ended });
    }
  }

  #warn(kind: string, region: string, error: unknown): void {
    this.#deps.log.warn(`Watching ${kind} in ${region}: ${error instanceof Error ? error.message : String(error)}`);
  }

  #changed(): void {
    this.#deps.tell({ kind: 'changed' });
  }
}
