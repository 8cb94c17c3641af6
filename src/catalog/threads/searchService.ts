import type { Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import { toStoreFailure } from '../failure.ts';
import type { CatalogFailure } from '../port.ts';
import { RegionSearch } from '../search/regionSearch.ts';
import type { Place, SearchRequests, StoredStatus } from './contracts.ts';
import { type SharedIndex, SharedIndexes } from './sharedIndexes.ts';

export interface SearchServiceParts {
  readonly now: () => number;
  readonly status: (reader: number, status: StoredStatus) => void;
  /** `failure`: undefined once reading succeeds again. */
  readonly failed: (reader: number, failure: CatalogFailure | undefined) => void;
}

/** The interval (ms) in which the store is checked for changes by other threads and windows. */
const lookInterval = 300;

/** The delay (ms) of a check after a change by this window. */
const lookDelay = 100;

interface Reader {
  readonly index: SharedIndex;
  search: RegionSearch;
  /** The last status that it was notified of, as JSON; undefined until it is open. */
  notified: string | undefined;
  /** The failure that it was notified of, as JSON; undefined once that has passed. */
  failure: string | undefined;
}

/** Answers the host's questions in the thread that searches. */
export class SearchService {
  readonly #parts: SearchServiceParts;
  readonly #readers = new Map<number, Reader>();
  readonly #indexes: SharedIndexes;
  #timer: NodeJS.Timeout | undefined;
  #lookTimer: NodeJS.Timeout | undefined;

  constructor(parts: SearchServiceParts) {
    this.#parts = parts;
    this.#indexes = new SharedIndexes(parts.now, (index) => this.#renewed(index));
  }

  handlers(): Handlers<SearchRequests> {
    return {
      open: ({ reader, file, region, partition, publishers }) =>
        this.#open(reader, { file, region }, partition, publishers).catch((error: unknown) => ({
          failure: toStoreFailure(error, file),
        })),
      close: ({ reader }) => this.#close(reader),
      query: ({ reader, query, start, count }) => this.#search(reader).query(query, start, count, this.#parts.now()),
      rows: ({ reader, start, count }) => this.#search(reader).rows(start, count),
      suggest: ({ reader, text, cursor }) => this.#search(reader).suggest(text, cursor, this.#parts.now()),
      byIds: ({ reader, ids }) => this.#search(reader).byIds(ids),
      list: ({ reader, listing, question, start, count }) =>
        this.#search(reader).list(listing, question, start, count, this.#parts.now()),
      changed: () => this.#lookSoon(),
      clear: ({ files }) => this.#clear(files),
    };
  }

  async #open(
    reader: number,
    place: Place,
    partition: Partition,
    publishers: readonly Publisher[],
  ): Promise<StoredStatus> {
    const index = this.#indexes.open(place, partition, publishers);
    // The host opens a reader again after a failure.
    this.#close(reader);
    const opened: Reader = { index, search: new RegionSearch(index.index), notified: undefined, failure: undefined };
    this.#readers.set(reader, opened);
    this.#timer ??= setInterval(() => void this.#look(), lookInterval);
    try {
      await this.#indexes.catchUp(index);
    } catch (error) {
      this.#close(reader);
      throw error;
    }
    opened.notified = '';
    return this.#indexes.status(index);
  }

  #close(id: number): void {
    const reader = this.#readers.get(id);
    if (!reader) {
      return;
    }
    this.#readers.delete(id);
    this.#indexes.close(reader.index);
    if (this.#readers.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #search(reader: number): RegionSearch {
    const found = this.#readers.get(reader);
    if (!found) {
      throw new Error('The catalog was closed.');
    }
    return found.search;
  }

  /** Looks once for several pages: while pages arrive, questions need the thread's time as well. */
  #lookSoon(): void {
    this.#lookTimer ??= setTimeout(() => {
      this.#lookTimer = undefined;
      void this.#look();
    }, lookDelay);
  }

  /** Reads what has changed into the indexes, and notifies their readers. */
  async #look(): Promise<void> {
    for (const index of this.#indexes.inUse()) {
      try {
        await this.#indexes.catchUp(index);
        this.#notify(index);
        this.#notifyOfFailure(index, undefined);
      } catch (error) {
        this.#notifyOfFailure(index, toStoreFailure(error, index.place.file));
      }
    }
  }

  /** Lets the readers of a rebuilt index search the new one. */
  #renewed(index: SharedIndex): void {
    for (const reader of this.#readers.values()) {
      if (reader.index === index) {
        reader.search = new RegionSearch(index.index);
      }
    }
  }

  #notify(index: SharedIndex): void {
    const status = this.#indexes.status(index);
    const text = JSON.stringify(status);
    for (const [id, reader] of this.#readers) {
      if (reader.index === index && reader.notified !== undefined && reader.notified !== text) {
        reader.notified = text;
        this.#parts.status(id, status);
      }
    }
  }

  #notifyOfFailure(index: SharedIndex, failure: CatalogFailure | undefined): void {
    const text = failure && JSON.stringify(failure);
    for (const [id, reader] of this.#readers) {
      if (reader.index === index && reader.failure !== text) {
        reader.failure = text;
        this.#parts.failed(id, failure);
      }
    }
  }

  #clear(files: readonly string[]): void {
    this.#indexes.clear(files);
    void this.#look();
  }
}
