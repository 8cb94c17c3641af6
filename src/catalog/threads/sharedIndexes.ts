import { existsSync } from 'node:fs';
import type { Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import { RegionIndex } from '../search/regionIndex.ts';
import { isDamage, isFull, removeStore } from '../store/openStore.ts';
import { type DownloadRecord, isAlive, type ListedShard, type RegionRecord } from '../store/records.ts';
import type { CatalogStore } from '../store/store.ts';
import type { Place, StoredStatus } from './contracts.ts';
import { OpenStores } from './openStores.ts';

/** Segments that are taken up before questions get their turn. */
const segmentsAtOnce = 40;

interface Stored {
  readonly record: RegionRecord | undefined;
  readonly shards: readonly ListedShard[];
  readonly download: DownloadRecord | undefined;
}

/** One index for all readers of a region. */
export interface SharedIndex {
  readonly place: Place;
  readonly partition: Partition;
  readonly publishers: readonly Publisher[];
  index: RegionIndex;
  /** What the store said of the region before its images were read: they are all there that it speaks of. */
  stored: Stored | undefined;
  dataVersion: number;
  readers: number;
}

/** The indexes of the regions that are looked at, kept up with their stores. */
export class SharedIndexes {
  readonly #now: () => number;
  readonly #renewed: (index: SharedIndex) => void;
  readonly #stores: OpenStores;
  readonly #indexes = new Map<string, SharedIndex>();
  readonly #catching = new Map<SharedIndex, Promise<void>>();

  /**
   * @param now milliseconds since 1970
   * @param renewed told when an index was built anew: who has looked at the one before looks at this one
   */
  constructor(now: () => number, renewed: (index: SharedIndex) => void) {
    this.#now = now;
    this.#renewed = renewed;
    this.#stores = new OpenStores(now);
  }

  /** Those that somebody reads. */
  *inUse(): Iterable<SharedIndex> {
    for (const index of this.#indexes.values()) {
      if (index.readers > 0) {
        yield index;
      }
    }
  }

  /** For one reader more; nothing is read yet. */
  open(place: Place, partition: Partition, publishers: readonly Publisher[]): SharedIndex {
    this.#stores.use(place);
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
    return index;
  }

  /** For one reader less. The index of the last reader stays for the one who comes back; others give their memory up. */
  close(closed: SharedIndex): void {
    closed.readers -= 1;
    for (const [key, index] of this.#indexes) {
      if (index.readers === 0 && index !== closed) {
        this.#indexes.delete(key);
      }
    }
  }

  /** One at a time for each index: who comes while it is being done waits for the same. */
  catchUp(index: SharedIndex): Promise<void> {
    const under = this.#catching.get(index);
    if (under) {
      return under;
    }
    const run = this.#takeUp(index).finally(() => this.#catching.delete(index));
    this.#catching.set(index, run);
    return run;
  }

  status(index: SharedIndex): StoredStatus {
    const { file, region } = index.place;
    const { record, shards, download } = index.stored ?? readStored(this.#stores.get(file), region);
    const base = shards.filter(({ kind }) => kind === 'base');
    const alive = download && isAlive(download, this.#now()) ? download : undefined;
    return {
      images: index.index.aliveCount,
      completed: record?.completed,
      asOf: record?.refreshed,
      left: base.length > 0 ? { share: base.filter(({ done }) => done).length / base.length } : undefined,
      download: alive,
      abandoned: download !== undefined && alive === undefined,
      version: index.index.version,
      setAside: this.#stores.setAsideOf(file),
    };
  }

  clear(files: readonly string[]): void {
    for (const file of files) {
      if (existsSync(file)) {
        try {
          if (this.#stores.wasReplaced(file)) {
            this.#replaceStore(file, () => {});
          }
          this.#stores.get(file).clear();
        } catch (error) {
          if (!isFull(error) && !isDamage(error)) {
            throw error;
          }
          // Where there is no room even for the note that something was deleted, the file goes as it is.
          this.#replaceStore(file, () => removeStore(file));
        }
      }
      // Last: a damaged one may have been set aside a moment ago.
      this.#stores.removeSetAside(file);
    }
    for (const index of this.#indexes.values()) {
      // SQLite counts only what others have written.
      index.dataVersion = -1;
    }
  }

  async #takeUp(index: SharedIndex): Promise<void> {
    const { file } = index.place;
    if (this.#stores.wasReplaced(file)) {
      this.#replaceStore(file, () => {});
    }
    const store = this.#stores.get(file);
    const dataVersion = store.dataVersion();
    if (dataVersion === index.dataVersion) {
      return;
    }
    index.dataVersion = dataVersion;
    try {
      index.stored = readStored(store, index.place.region);
      await this.#readAll(index, store);
    } catch (error) {
      if (!this.#stores.isOpen(file, store)) {
        // For another region's sake it was replaced while this one was read.
        return this.#takeUp(index);
      }
      if (!isDamage(error)) {
        // What was read in part counts as not read: it is gone on with at the next look.
        index.dataVersion = -1;
        index.stored = undefined;
        throw error;
      }
      const wasReplaced = this.#stores.wasReplaced(file);
      // Nothing more can be said of what was in memory either.
      this.#replaceStore(file, () => this.#stores.setAside(file));
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
      if (!this.#stores.isOpen(index.place.file, store)) {
        return this.#takeUp(index);
      }
    }
  }

  /** Goes on with another store; `remove`: what is to be done with the file, unless another window has done so. */
  #replaceStore(file: string, remove: () => void): void {
    this.#stores.close(file, remove);
    for (const index of this.#indexes.values()) {
      if (index.place.file === file) {
        index.dataVersion = -1;
        index.stored = undefined;
        this.#renew(index, new RegionIndex(index.place.region, index.partition, index.publishers));
        this.#stores.use(index.place);
      }
    }
  }

  #renew(index: SharedIndex, renewed: RegionIndex): void {
    renewed.version = index.index.version + 1;
    index.index = renewed;
    this.#renewed(index);
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
