import { existsSync } from 'node:fs';
import type { Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import { toStoreFailure } from '../failure.ts';
import type { CatalogFailure } from '../port.ts';
import { RegionIndex } from '../search/regionIndex.ts';
import { RegionSearch } from '../search/regionSearch.ts';
import {
  identityOf,
  isDamage,
  isFull,
  openStore,
  removeSetAside,
  removeStore,
  setAsideStore,
} from '../store/openStore.ts';
import { CatalogStore, type DownloadRecord, isAlive, type ListedShard, type RegionRecord } from '../store/store.ts';
import type { Place, SearchRequests, StoredStatus } from './contracts.ts';

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

/** Segments that are taken up before questions get their turn. */
const segmentsAtOnce = 40;

interface Reader {
  readonly place: Place;
  readonly index: SharedIndex;
  search: RegionSearch;
  /** What was last told of, to tell of changes only; undefined until it is open. */
  told: string | undefined;
  /** What it was told to have failed, if it still does. */
  failure: string | undefined;
}

interface OpenStore {
  readonly store: CatalogStore;
  /** Of the file that was opened: another window may put another one in its place. */
  readonly identity: string | undefined;
}

interface Stored {
  readonly record: RegionRecord | undefined;
  readonly shards: readonly ListedShard[];
  readonly download: DownloadRecord | undefined;
}

/** One index for all readers of a region. */
interface SharedIndex {
  readonly place: Place;
  readonly partition: Partition;
  readonly publishers: readonly Publisher[];
  index: RegionIndex;
  /** What the store said of the region before its images were read: they are all there that it speaks of. */
  stored: Stored | undefined;
  dataVersion: number;
  readers: number;
}

export class SearchService {
  readonly #parts: SearchServiceParts;
  readonly #stores = new Map<string, OpenStore>();
  readonly #setAside = new Map<string, string>();
  readonly #readers = new Map<number, Reader>();
  readonly #indexes = new Map<string, SharedIndex>();
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;

  constructor(parts: SearchServiceParts) {
    this.#parts = parts;
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
    this.#use(place);
    const key = JSON.stringify([place, partition, publishers]);
    let index = this.#indexes.get(key);
    if (!index) {
      index = {
        place,
        partition,
        publishers,
        index: new RegionIndex(place.region, partition, publishers),
        stored: undefined,
        dataVersion: -1,
        readers: 0,
      };
      this.#indexes.set(key, index);
    }
    index.readers += 1;
    // It may be opened anew, after a failure.
    this.#close(reader);
    const opened: Reader = { place, index, search: new RegionSearch(index.index), told: undefined, failure: undefined };
    this.#readers.set(reader, opened);
    this.#timer ??= setInterval(() => void this.#look(), lookInterval);
    try {
      await this.#catchUp(index);
    } catch (error) {
      this.#close(reader);
      throw error;
    }
    opened.told = '';
    return this.#status(index);
  }

  /** On a full disk what is there can be read all the same; what is damaged is found out when it is read. */
  #use({ file, region }: Place): void {
    try {
      this.#store(file).use(region, this.#parts.now());
    } catch (error) {
      if (!isFull(error) && !isDamage(error)) {
        throw error;
      }
    }
  }

  #close(id: number): void {
    const reader = this.#readers.get(id);
    if (!reader) {
      return;
    }
    this.#readers.delete(id);
    reader.index.readers -= 1;
    if (this.#readers.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    // The index of the last reader stays for the one who comes back; others give their memory up.
    for (const [key, index] of this.#indexes) {
      if (index.readers === 0 && index !== reader.index) {
        this.#indexes.delete(key);
      }
    }
  }

  #search(reader: number): RegionSearch {
    const found = this.#readers.get(reader);
    if (!found) {
      throw new Error('The catalog was closed.');
    }
    return found.search;
  }

  #store(file: string): CatalogStore {
    let open = this.#stores.get(file);
    if (!open) {
      const { db, setAside } = openStore(file);
      open = { store: new CatalogStore(db), identity: identityOf(file) };
      this.#stores.set(file, open);
      if (setAside !== undefined) {
        this.#setAside.set(file, setAside);
      }
    }
    return open.store;
  }

  /** Whether another window has set the file aside, or removed it. */
  #wasReplaced(file: string): boolean {
    const open = this.#stores.get(file);
    return open !== undefined && open.identity !== identityOf(file);
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
    for (const index of this.#indexes.values()) {
      if (index.readers > 0) {
        try {
          await this.#catchUp(index);
          this.#tell(index);
          this.#tellFailure(index, undefined);
        } catch (error) {
          this.#tellFailure(index, toStoreFailure(error, index.place.file));
        }
      }
    }
  }

  readonly #catching = new Map<SharedIndex, Promise<void>>();

  /** One at a time for each index: who comes while it is being done waits for the same. */
  #catchUp(index: SharedIndex): Promise<void> {
    const under = this.#catching.get(index);
    if (under) {
      return under;
    }
    const run = this.#takeUp(index).finally(() => this.#catching.delete(index));
    this.#catching.set(index, run);
    return run;
  }

  async #takeUp(index: SharedIndex): Promise<void> {
    const { file } = index.place;
    if (this.#wasReplaced(file)) {
      this.#replaceStore(file, () => {});
    }
    const store = this.#store(file);
    const dataVersion = store.dataVersion();
    if (dataVersion === index.dataVersion) {
      return;
    }
    index.dataVersion = dataVersion;
    try {
      index.stored = readStored(store, index.place.region);
      await this.#readAll(index, store);
    } catch (error) {
      if (this.#stores.get(file)?.store !== store) {
        // For another region's sake it was replaced while this one was read.
        return this.#takeUp(index);
      }
      if (!isDamage(error)) {
        // What was read in part counts as not read: it is gone on with at the next look.
        index.dataVersion = -1;
        index.stored = undefined;
        throw error;
      }
      const wasReplaced = this.#wasReplaced(file);
      // Nothing more can be said of what was in memory either.
      this.#replaceStore(file, () => this.#setAside.set(file, setAsideStore(file)));
      if (wasReplaced) {
        await this.#takeUp(index);
      }
    }
  }

  async #readAll(index: SharedIndex, store: CatalogStore): Promise<void> {
    for (;;) {
      const { more, rebuild } = index.index.catchUp(store, segmentsAtOnce);
      if (rebuild) {
        const renewed = new RegionIndex(index.place.region, index.partition, index.publishers);
        renewed.catchUp(store, Number.POSITIVE_INFINITY);
        this.#renew(index, renewed);
        return;
      }
      if (!more) {
        return;
      }
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#stores.get(index.place.file)?.store !== store) {
        return this.#takeUp(index);
      }
    }
  }

  /** Goes on with another store; `remove`: what is to be done with the file, unless another window has done so. */
  #replaceStore(file: string, remove: () => void): void {
    const wasReplaced = this.#wasReplaced(file);
    this.#stores.get(file)?.store.close();
    this.#stores.delete(file);
    if (!wasReplaced) {
      remove();
    }
    for (const index of this.#indexes.values()) {
      if (index.place.file === file) {
        index.dataVersion = -1;
        index.stored = undefined;
        this.#renew(index, new RegionIndex(index.place.region, index.partition, index.publishers));
        this.#use(index.place);
      }
    }
  }

  #renew(index: SharedIndex, renewed: RegionIndex): void {
    renewed.version = index.index.version + 1;
    index.index = renewed;
    for (const reader of this.#readers.values()) {
      if (reader.index === index) {
        reader.search = new RegionSearch(renewed);
      }
    }
  }

  #tell(index: SharedIndex): void {
    const status = this.#status(index);
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

  #status(index: SharedIndex): StoredStatus {
    const { file, region } = index.place;
    const { record, shards, download } = index.stored ?? readStored(this.#store(file), region);
    const base = shards.filter(({ kind }) => kind === 'base');
    const alive = download && isAlive(download, this.#parts.now()) ? download : undefined;
    return {
      images: index.index.aliveCount,
      completed: record?.completed,
      asOf: record?.refreshed,
      left: base.length > 0 ? { share: base.filter(({ done }) => done).length / base.length } : undefined,
      download: alive,
      abandoned: download !== undefined && alive === undefined,
      version: index.index.version,
      setAside: this.#setAside.get(file),
    };
  }

  #clear(files: readonly string[]): void {
    for (const file of files) {
      if (existsSync(file)) {
        try {
          if (this.#wasReplaced(file)) {
            this.#replaceStore(file, () => {});
          }
          this.#store(file).clear();
        } catch (error) {
          if (!isFull(error) && !isDamage(error)) {
            throw error;
          }
          // Where there is no room even for the note that something was deleted, the file goes as it is.
          this.#replaceStore(file, () => removeStore(file));
        }
      }
      // Last: a damaged one may have been set aside a moment ago.
      removeSetAside(file);
      this.#setAside.delete(file);
    }
    for (const index of this.#indexes.values()) {
      // SQLite counts only what others have written.
      index.dataVersion = -1;
    }
    void this.#look();
  }
}

function readStored(store: CatalogStore, region: string): Stored {
  const record = store.region(region);
  const isUnderWay = record?.completed === undefined || record.staged !== undefined;
  const generation = record?.staged ?? record?.live ?? 1;
  return {
    record,
    shards: isUnderWay ? store.shards(region, generation) : [],
    download: store.download(region),
  };
}
