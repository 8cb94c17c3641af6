import { randomUUID } from 'node:crypto';
import type { AccountRecords } from './accountRecords.ts';
import type { Ended } from './watchEvent.ts';
import type { WatchRecord } from './watchRecord.ts';
import type { WatchRecords } from './watchRecords.ts';

/** How long (ms) other windows wait for the next watch of a batch; most requests are answered within seconds. */
const openFor = 120_000;

/** The outcomes that are told together: those of a batch, once all of its watches are over. */
export class Batches {
  readonly #own: Pick<AccountRecords, 'all'>;
  readonly #records: Pick<WatchRecords, 'all' | 'add' | 'take'>;
  /** The batches that this window still adds watches to. */
  readonly #open = new Set<string>();
  /** By the ids of records whose batch has others that go on. */
  readonly #ended = new Map<string, Ended>();

  constructor(own: Pick<AccountRecords, 'all'>, records: Pick<WatchRecords, 'all' | 'add' | 'take'>) {
    this.#own = own;
    this.#records = records;
  }

  /** Begins a batch; what is over is not told before it is closed. */
  open(): string {
    const batch = randomUUID();
    this.#open.add(batch);
    return batch;
  }

  /** See `WatchRecord.openUntil`, for a watch that is being added. */
  openUntil(batch: string | undefined): number | undefined {
    return batch !== undefined && this.#open.has(batch) ? Date.now() + openFor : undefined;
  }

  /** Returns the outcomes that are to be told now, see `end`. */
  close(batch: string): readonly Ended[] {
    this.#open.delete(batch);
    // The last one to be waited for comes last: until then no other window concludes the batch and takes its records.
    const open = this.#records.all.filter((record) => record.batch === batch && record.openUntil !== undefined);
    for (const record of open.sort((a, b) => (a.openUntil ?? 0) - (b.openUntil ?? 0))) {
      this.#records.add({ ...record, openUntil: undefined });
    }
    return this.#concluded(batch);
  }

  /** Whether a watch is over, and waits for the others of its batch. */
  hasEnded(recordId: string): boolean {
    return this.#ended.has(recordId);
  }

  /**
   * Ends a watch. Returns the outcomes that are to be told now: its own, or those of its whole batch; empty where others of
   * the batch go on, or another window tells them.
   */
  end(ended: Ended): readonly Ended[] {
    const { id, batch } = ended.record;
    if (batch === undefined) {
      return this.#records.take(id) ? [ended] : [];
    }
    this.#ended.set(id, ended);
    return this.#concluded(batch);
  }

  /** The outcomes of each batch that other windows have left to be told, see `end`. */
  conclude(): readonly (readonly Ended[])[] {
    const batches = new Set([...this.#ended.values()].flatMap(({ record: { batch } }) => batch ?? []));
    return [...batches].map((batch) => this.#concluded(batch)).filter((ended) => ended.length > 0);
  }

  /** Whether what is over in a region waits for a batch that a window may still add to. */
  isWaiting(region: string): boolean {
    return [...this.#ended.values()].some(
      ({ record }) =>
        record.region === region && this.#isOpen(this.#own.all.filter(({ batch }) => batch === record.batch)),
    );
  }

  /** A watch was removed. Returns the outcomes that are to be told now, see `end`. */
  removed(recordId: string, batch: string | undefined): readonly Ended[] {
    this.#ended.delete(recordId);
    return batch === undefined ? [] : this.#concluded(batch);
  }

  /** Forgets what was seen through a connection. The records stay, and are looked at again. */
  clear(): void {
    this.#ended.clear();
  }

  #concluded(batch: string): readonly Ended[] {
    const records = this.#own.all.filter((record) => record.batch === batch).sort((a, b) => (a.id < b.id ? -1 : 1));
    const ended = records
      .flatMap(({ id }) => this.#ended.get(id) ?? [])
      .sort((a, b) => a.record.since - b.record.since);
    const [first] = records;
    if (!first || this.#isOpen(records) || ended.length < records.length) {
      return [];
    }
    // Of several windows, the one that takes the first record tells of all.
    const isTeller = this.#records.take(first.id);
    for (const { id } of records) {
      this.#records.take(id);
      this.#ended.delete(id);
    }
    return isTeller ? ended : [];
  }

  #isOpen(records: readonly WatchRecord[]): boolean {
    const now = Date.now();
    return records.some(
      ({ batch, openUntil }) => (batch !== undefined && this.#open.has(batch)) || (openUntil ?? 0) > now,
    );
  }
}
