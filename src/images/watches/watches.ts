import type { AccountScope } from '../../core/accountScope.ts';
import type { Connection } from '../../ec2/port.ts';
import { AccountRecords, type WatchSession } from './accountRecords.ts';
import { Batches } from './batches.ts';
import type { Ended, Watched } from './watchEvent.ts';
import type { WatchFolders } from './watchFolders.ts';
import { ofKind, type WatchKind, type WatchStart } from './watchKind.ts';
import { WatchLooks, type WatchLooksDeps } from './watchLooks.ts';
import type { WatchRecord } from './watchRecord.ts';
import { WatchRecords } from './watchRecords.ts';

export interface WatchesDeps extends WatchLooksDeps {
  readonly session: WatchSession;
  readonly folders: WatchFolders;
}

/**
 * All watches, of any kind. Their records are on disk and outlast the editor; each is looked at only through a
 * connection to the account that it belongs to.
 */
export class Watches {
  readonly #deps: WatchesDeps;
  readonly #records: WatchRecords;
  readonly #own: AccountRecords;
  readonly #batches: Batches;
  readonly #looks: WatchLooks;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  /** Ids of the records that this window holds: it has sent a request, and waits for the answer. */
  readonly #held = new Set<string>();

  constructor(deps: WatchesDeps) {
    this.#deps = deps;
    this.#records = new WatchRecords(deps.folders);
    this.#own = new AccountRecords(deps.session, this.#records);
    this.#batches = new Batches(this.#own, this.#records);
    this.#looks = new WatchLooks(deps, {
      records: this.#records,
      own: this.#own,
      batches: this.#batches,
      free: (kind, records) => this.#free(kind, records),
      add: (connection, start) => this.add(connection, start),
    });
    this.#subscriptions = [
      deps.session.onDidChangeConnection(() => this.#connect()),
      deps.session.onDidIdentify(() => this.#identify()),
    ];
    this.#connect();
    if (this.#records.mayHaveSome) {
      // Views, which open connections, may stay closed: users are notified of what is over all the same.
      void deps.session.settled();
    }
  }

  /**
   * The watches of a kind in the account of the current connection, as far as that account is known. Held ones are
   * left out.
   */
  watched<S>(kind: WatchKind<S, unknown>): readonly Watched<S>[] {
    return this.#free(kind, this.#own.all).map((record) => ({
      record,
      progress: this.#looks.seen.progressOf(record.id),
      hasEnded: this.#batches.hasEnded(record.id),
    }));
  }

  /** Percent, for an image that is watched; undefined where EC2 has not said. */
  progressOf(imageId: string): number | undefined {
    return this.#looks.seen.progressOfImage(imageId);
  }

  /** The records of a kind in the account of a connection, held ones among them. */
  of<S>(connection: Connection, kind: WatchKind<S, unknown>): readonly WatchRecord<S>[] {
    return ofKind(kind, this.#own.of(connection));
  }

  get(id: string): WatchRecord | undefined {
    return this.#records.get(id);
  }

  /** Whether a window waits for the answer itself: until then nobody looks for the outcome. */
  isHeld({ id, heldUntil }: Pick<WatchRecord, 'id' | 'heldUntil'>): boolean {
    return this.#held.has(id) || heldUntil > Date.now();
  }

  /** Begins a watch, or replaces the one of the same id. */
  add<S>(connection: Connection, start: WatchStart<S>): void {
    const { kind, id, region, batch, subject, since = Date.now(), heldFor = 0 } = start;
    if (heldFor > 0) {
      this.#held.add(id);
    }
    const heldUntil = heldFor > 0 ? Date.now() + heldFor : 0;
    this.#own.add(connection, {
      id,
      kind: kind.name,
      region,
      since,
      heldUntil,
      batch,
      openUntil: this.#batches.openUntil(batch),
      subject,
    });
    this.#changed();
  }

  /** Begins a batch of watches whose outcomes are told together, once it is closed and all are over. */
  openBatch(): string {
    return this.#batches.open();
  }

  closeBatch(batch: string): void {
    this.#tellEnded(this.#batches.close(batch));
  }

  /** Ends the hold of this window on a record: from now on it is looked at. */
  release(id: string): void {
    this.#held.delete(id);
    const record = this.#records.get(id);
    if (record) {
      this.#records.add({ ...record, heldUntil: 0 });
      this.#changed();
      void this.lookNow(record.region);
    }
  }

  /** Ends a watch, but not what it watches. */
  remove(id: string): void {
    this.#held.delete(id);
    this.#looks.seen.remove(id);
    const batch = this.#records.get(id)?.batch;
    this.#records.take(id);
    this.#tellEnded(this.#batches.removed(id, batch));
    this.#changed();
  }

  /** The account behind a connection, as far as it is known. */
  scopeOf(connection: Connection): AccountScope {
    return this.#own.scopeOf(connection);
  }

  /** See `WatchLooks.lookNow`. */
  async lookNow(region: string, connection = this.#own.connection): Promise<void> {
    await this.#looks.lookNow(connection, region);
  }

  /** Looks at all records of the account, those of closed windows among them. */
  resume(): void {
    for (const region of new Set(this.#own.all.map((record) => record.region))) {
      void this.lookNow(region);
    }
    this.#changed();
  }

  dispose(): void {
    this.#looks.stop();
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
      this.#looks.stop();
      this.#own.connect(connection);
      this.resume();
    }
  }

  #identify(): void {
    this.#own.identify();
    this.resume();
  }

  #tellEnded(ended: readonly Ended[]): void {
    if (ended.length > 0) {
      this.#deps.tell({ kind: 'over', ended });
    }
  }

  #changed(): void {
    this.#deps.tell({ kind: 'changed' });
  }
}
