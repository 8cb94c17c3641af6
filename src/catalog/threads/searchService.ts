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
  /** `failure`: undefined once it has passed. */
  readonly failed: (reader: number, failure: CatalogFailure | undefined) => void;
}

/** How often (ms) the store is looked at for what other threads and windows have written. */
const lookInterval = 300;

/** How soon (ms) when this window has written itself. */
const soon = 100;

interface Reader {
  readonly index: SharedIndex;
  search: RegionSearch;
  /** What was last told of, to tell of changes only; undefined until it is open. */
  told: string | undefined;
  /** What it was told to have failed, if it still does. */
  failure: string | undefined;
}

export class SearchService {
  readonly #parts: SearchServiceParts;
  readonly #readers = new Map<number, Reader>();
  readonly #indexes: SharedIndexes;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;

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
    // It may be opened anew, after a failure.
    this.#close(reader);
    const opened: Reader = { index, search: new RegionSearch(index.index), told: undefined, failure: undefined };
    this.#readers.set(reader, opened);
    this.#timer ??= setInterval(() => void this.#look(), lookInterval);
    try {
      await this.#indexes.catchUp(index);
    } catch (error) {
      this.#close(reader);
      throw error;
    }
    opened.told = '';
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

  /** Pages come in quick succession: looking at each would take the time that questions need. */
  #lookSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#look();
    }, soon);
  }

  /** Takes up what has changed, and tells the readers. */
  async #look(): Promise<void> {
    for (const index of this.#indexes.inUse()) {
      try {
        await this.#indexes.catchUp(index);
        this.#tell(index);
        this.#tellFailure(index, undefined);
      } catch (error) {
        this.#tellFailure(index, toStoreFailure(error, index.place.file));
      }
    }
  }

  /** Whoever searched the index before searches the new one. */
  #renewed(index: SharedIndex): void {
    for (const reader of this.#readers.values()) {
      if (reader.index === index) {
        reader.search = new RegionSearch(index.index);
      }
    }
  }

  #tell(index: SharedIndex): void {
    const status = this.#indexes.status(index);
    const text = JSON.stringify(status);
    for (const [id, reader] of this.#readers) {
      if (reader.index === index && reader.told !== undefined && reader.told !== text) {
        reader.told = text;
        this.#parts.status(id, status);
      }
    }
  }

  #tellFailure(index: SharedIndex, failure: CatalogFailure | undefined): void {
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
