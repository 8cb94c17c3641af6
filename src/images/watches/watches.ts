import type { AccountScope } from '../../core/accountScope.ts';
import { isCancelled } from '../../core/errors.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../connectionImages.ts';
import { AccountRecords, type WatchSession } from './accountRecords.ts';
import { type PollIntervals, RegionPoller, usualIntervals } from './regionPoller.ts';
import { SeenImages } from './seenImages.ts';
import type { WatchEvent, Watched } from './watchEvent.ts';
import type { WatchFolders } from './watchFolders.ts';
import {
  type AnyWatchKind,
  ofKind,
  type Sighting,
  type WatchKind,
  type WatchPlace,
  type WatchStart,
} from './watchKind.ts';
import type { WatchRecord } from './watchRecord.ts';
import { WatchRecords } from './watchRecords.ts';

export interface WatchesDeps {
  readonly session: WatchSession;
  readonly images: Pick<ConnectionImages, 'of' | 'seen' | 'gone'>;
  readonly folders: WatchFolders;
  readonly kinds: readonly AnyWatchKind[];
  readonly tell: (event: WatchEvent) => void;
  readonly log: { info(message: string): void; warn(message: string): void };
  readonly intervals?: PollIntervals;
  /** How long (ms) one look at a region may take. */
  readonly lookTimeout?: number;
}

/** A call that does not end holds up the other watches of its region no longer than this (ms). */
const usualLookTimeout = 30_000;

/**
 * What takes minutes, of any kind, until it is over: one poller a region. Each is looked at through a connection to the
 * account that it belongs to and through no other, and is kept over restarts.
 */
export class Watches {
  readonly #deps: WatchesDeps;
  readonly #records: WatchRecords;
  readonly #own: AccountRecords;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  readonly #pollers = new Map<string, RegionPoller>();
  /** Those that this window looks after itself, by id. */
  readonly #held = new Set<string>();
  readonly #seen = new SeenImages();

  constructor(deps: WatchesDeps) {
    this.#deps = deps;
    this.#records = new WatchRecords(deps.folders);
    this.#own = new AccountRecords(deps.session, this.#records);
    this.#subscriptions = [
      deps.session.onDidChangeConnection(() => this.#connect()),
      deps.session.onDidIdentify(() => this.#identify()),
    ];
    this.#connect();
    if (this.#records.mayHaveSome) {
      // Nobody else may ask for a connection before the view is opened, and what was begun is to be told when it is over.
      void deps.session.settled();
    }
  }

  /** Those of a kind in the account of the connection in force, as far as that account is known. */
  watched<S>(kind: WatchKind<S, unknown>): readonly Watched<S>[] {
    return this.#free(kind, this.#own.all).map((record) => ({ record, progress: this.#seen.progressOf(record.id) }));
  }

  /** Percent, for an image that is watched. */
  progressOf(imageId: string): number | undefined {
    return this.#seen.progressOfImage(imageId);
  }

  /** Those of a kind that a connection seems to lead to, whoever looks after them. */
  of<S>(connection: Connection, kind: WatchKind<S, unknown>): readonly WatchRecord<S>[] {
    return ofKind(kind, this.#own.of(connection));
  }

  get(id: string): WatchRecord | undefined {
    return this.#records.get(id);
  }

  /** Whether a window looks after it itself. */
  isHeld({ id, heldUntil }: Pick<WatchRecord, 'id' | 'heldUntil'>): boolean {
    return this.#held.has(id) || heldUntil > Date.now();
  }

  /** Watches something that is done through a connection; takes the place of what was watched with its id. */
  add<S>(connection: Connection, start: WatchStart<S>): void {
    const { kind, id, region, subject, since = Date.now(), heldFor = 0 } = start;
    if (heldFor > 0) {
      this.#held.add(id);
    }
    const heldUntil = heldFor > 0 ? Date.now() + heldFor : 0;
    this.#own.add(connection, { id, kind: kind.name, region, since, heldUntil, subject });
    this.#changed();
  }

  /** This window looks after it no longer: whoever watches does. */
  release(id: string): void {
    this.#held.delete(id);
    const record = this.#records.get(id);
    if (record) {
      this.#records.add({ ...record, heldUntil: 0 });
      this.#changed();
      void this.lookNow(record.region);
    }
  }

  /** Stops watching. What is done goes on. */
  remove(id: string): void {
    this.#held.delete(id);
    this.#seen.remove(id);
    this.#records.take(id);
    this.#changed();
  }

  /** The account behind a connection, as far as it is known. */
  scopeOf(connection: Connection): AccountScope {
    return this.#own.scopeOf(connection);
  }

  /** Looks at a region now and from now on, if the connection is the one in force. Resolves after the first look. */
  async lookNow(region: string, connection = this.#own.connection): Promise<void> {
    if (connection && connection === this.#own.connection) {
      await this.#pollerOf(connection, region).lookNow();
    }
  }

  /** Looks at all that there is, be it of another window that has ended. */
  resume(): void {
    for (const region of new Set(this.#own.all.map((record) => record.region))) {
      void this.lookNow(region);
    }
    this.#changed();
  }

  dispose(): void {
    this.#stop();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  #free<S>(kind: WatchKind<S, unknown>, records: readonly WatchRecord[]): readonly WatchRecord<S>[] {
    return ofKind(kind, records).filter((record) => !this.isHeld(record));
  }

  #connect(): void {
    const { connection } = this.#deps.session.state;
    if (connection !== this.#own.connection) {
      this.#stop();
      this.#own.connect(connection);
      this.resume();
    }
  }

  #identify(): void {
    this.#own.identify();
    this.resume();
  }

  #pollerOf(connection: Connection, region: string): RegionPoller {
    const { intervals = usualIntervals } = this.#deps;
    const known = this.#pollers.get(region);
    const poller = known ?? new RegionPoller((signal) => this.#look(connection, region, signal), intervals);
    this.#pollers.set(region, poller);
    return poller;
  }

  /** One look at a region, at each kind for itself; gives whether anything is left to look at. Never rejects. */
  async #look(connection: Connection, region: string, stopped: AbortSignal): Promise<boolean> {
    this.#records.flush();
    const inRegion = () => this.#own.all.filter((record) => record.region === region);
    const records = inRegion();
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(this.#deps.lookTimeout ?? usualLookTimeout)]);
    const place = { connection, region, images: this.#deps.images.of(connection) };
    await Promise.all([
      this.#catchUp(place, signal),
      ...this.#deps.kinds.map(async (kind) => {
        const free = this.#free(kind, records);
        try {
          for await (const sighting of free.length > 0 ? kind.look(place, free, signal) : []) {
            if (stopped.aborted) {
              return;
            }
            this.#take(connection, kind, sighting);
          }
        } catch (error) {
          // Throttling, a network that is down, expired credentials: what is watched is not concerned.
          if (!stopped.aborted && !(isCancelled(error) && !signal.aborted)) {
            this.#warn(kind.name, region, signal.aborted ? 'no answer in time' : error);
          }
        }
      }),
    ]);
    const isKnown = ({ kind }: WatchRecord) => this.#deps.kinds.some(({ name }) => name === kind);
    return inRegion().some(isKnown) || this.#endedElsewhere(region).length > 0;
  }

  /** Shows what another window has told of. */
  async #catchUp({ connection, region, images }: WatchPlace, signal: AbortSignal): Promise<void> {
    for (const [id, ref] of this.#endedElsewhere(region)) {
      try {
        const image = await images.get(ref, signal, { maxAge: 0 });
        this.#seen.remove(id);
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
    return this.#seen.endedElsewhere(region, (id) => this.#records.get(id) !== undefined);
  }

  #take(connection: Connection, kind: AnyWatchKind, sighting: Sighting<unknown>): void {
    const { id, image, gone, error, over } = sighting;
    const kept = this.#records.get(id);
    const [record] = ofKind(kind, kept ? [kept] : []);
    if (!record) {
      // No longer watched, or told of by another window, which is caught up with.
      return;
    }
    if (error !== undefined) {
      this.#warn(record.kind, record.region, error);
    }
    const news = this.#seen.take(sighting);
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

  #end(connection: Connection, record: WatchRecord, { outcome, next }: NonNullable<Sighting<unknown>['over']>): void {
    // First what comes next: no end of the window loses it.
    if (next) {
      this.add(connection, next);
      void this.lookNow(next.region, connection);
    }
    if (this.#records.take(record.id)) {
      this.#deps.tell({ kind: 'over', record, outcome });
    }
  }

  #warn(kind: string, region: string, error: unknown): void {
    this.#deps.log.warn(`Watching ${kind} in ${region}: ${error instanceof Error ? error.message : String(error)}`);
  }

  #changed(): void {
    this.#deps.tell({ kind: 'changed' });
  }

  #stop(): void {
    for (const poller of this.#pollers.values()) {
      poller.stop();
    }
    this.#pollers.clear();
    this.#seen.clear();
  }
}
