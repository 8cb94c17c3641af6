import { existsSync } from 'node:fs';
import type { Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import { listedShare, progressOf } from '../download/listedShare.ts';
import { RegionIndex } from '../search/regionIndex.ts';
import { RegionSearch } from '../search/regionSearch.ts';
import { isDamage, isFull, removeStore } from '../store/openStore.ts';
import { type DownloadRecord, isAlive, type ListedShard, type RegionRecord } from '../store/records.ts';
import type { CatalogStore } from '../store/store.ts';
import type { Place, StoredStatus } from './contracts.ts';
import { OpenStores } from './openStores.ts';
import { basisOf, type FirstQuestion, hourOf, isTo, loadAnswer, type SavedAnswer, saveAnswer } from './savedAnswer.ts';

/** The time (ms) for which images are read before questions are answered again. */
const sliceTime = 8;

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
  /** The region's records, read before its images: the index has at least the images that they count. */
  stored: Stored | undefined;
  /** The store's `dataVersion` at the last read; -1 to read again. */
  dataVersion: number;
  readers: number;
  /** Whether all images were read once. */
  isRead: boolean;
  /** The answer that the store has of the images: it stands for them until they are read. */
  saved: SavedAnswer | undefined;
  /** What the answer in the store is about: version, hour and question. */
  savedState: string;
}

/** The indexes of the regions that readers look at, and their refresh from the stores. */
export class SharedIndexes {
  readonly #now: () => number;
  readonly #renewed: (index: SharedIndex) => void;
  readonly #stores: OpenStores;
  readonly #indexes = new Map<string, SharedIndex>();
  readonly #reading = new Map<SharedIndex, Promise<void>>();

  /**
   * @param now milliseconds since 1970
   * @param renewed called when an index was replaced by a new one
   */
  constructor(now: () => number, renewed: (index: SharedIndex) => void) {
    this.#now = now;
    this.#renewed = renewed;
    this.#stores = new OpenStores(now);
  }

  /** The indexes that have readers. */
  *inUse(): Iterable<SharedIndex> {
    for (const index of this.#indexes.values()) {
      if (index.readers > 0) {
        yield index;
      }
    }
  }

  /** Adds a reader to a region's index, which is made if needed. Nothing is read yet. */
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
        isRead: false,
        saved: undefined,
        savedState: '',
      };
      this.#indexes.set(key, index);
    }
    index.readers += 1;
    return index;
  }

  /**
   * Removes a reader. The index stays for the next reader; other indexes without readers are dropped to free their
   * memory.
   */
  close(closed: SharedIndex): void {
    closed.readers -= 1;
    for (const [key, index] of this.#indexes) {
      if (index.readers === 0 && index !== closed) {
        this.#indexes.delete(key);
      }
    }
  }

  /**
   * Looks whether the store has an answer that can stand for the images of an index until they are read, and reads it
   * with the region's records. What fails here fails again when the images are read, which deals with it.
   */
  readAnswer(index: SharedIndex): boolean {
    if (index.isRead || this.#reading.has(index)) {
      return index.saved !== undefined;
    }
    const { file, region } = index.place;
    try {
      const store = this.#stores.get(file);
      index.stored = readStored(store, region);
      index.saved = loadAnswer(store, region, basisOf(store, region, index.partition, index.publishers));
    } catch {
      return false;
    }
    if (index.saved) {
      // Less than the version with the images, so that panels ask again then.
      index.index.version = Math.max(index.index.version, 1);
    }
    return index.saved !== undefined;
  }

  /** Saves the answer to the question with which a panel opens, unless the store has it. */
  saveAnswer(index: SharedIndex, question: FirstQuestion): void {
    const { place, partition, publishers } = index;
    const now = this.#now();
    const state = JSON.stringify([index.index.version, hourOf(now), question]);
    if (!index.isRead || index.index.aliveCount === 0 || state === index.savedState || this.status(index).download) {
      return;
    }
    index.savedState = state;
    const store = this.#stores.get(place.file);
    const basis = basisOf(store, place.region, partition, publishers);
    const known = loadAnswer(store, place.region, basis);
    if (known?.hour !== hourOf(now) || !isTo(known, question)) {
      const answer = new RegionSearch(index.index).query(question.query, 0, question.count, now);
      saveAnswer(store, place.region, { basis, hour: hourOf(now), question, answer });
    }
  }

  /**
   * Reads what has changed in the store. Calls for an index that is being read share one promise. Rejects with the
   * store's errors.
   */
  catchUp(index: SharedIndex): Promise<void> {
    const under = this.#reading.get(index);
    if (under) {
      return under;
    }
    const run = this.#refresh(index)
      .then(() => {
        index.isRead = true;
        index.saved = undefined;
      })
      .finally(() => this.#reading.delete(index));
    this.#reading.set(index, run);
    return run;
  }

  status(index: SharedIndex): StoredStatus {
    const { file, region } = index.place;
    const { record, shards, download } = index.stored ?? readStored(this.#stores.get(file), region);
    const base = shards.filter(({ kind }) => kind === 'base');
    const alive = download && isAlive(download, this.#now()) ? download : undefined;
    return {
      images: index.saved?.answer.total ?? index.index.aliveCount,
      completed: record?.completed,
      asOf: record?.refreshed,
      left: base.length > 0 ? { share: listedShare(base.map(progressOf)) } : undefined,
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
          // A deletion needs room on the disk, too, and a damaged file cannot be emptied: the file is removed.
          this.#replaceStore(file, () => removeStore(file));
        }
      }
      // Last, since a damaged file may just have been set aside.
      this.#stores.removeSetAside(file);
    }
    for (const index of this.#indexes.values()) {
      // SQLite's `data_version` does not change by writes of this connection.
      index.dataVersion = -1;
    }
  }

  async #refresh(index: SharedIndex): Promise<void> {
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
        // The store was replaced for another region while this one was read.
        return this.#refresh(index);
      }
      if (!isDamage(error)) {
        // The next look reads the rest.
        index.dataVersion = -1;
        index.stored = undefined;
        throw error;
      }
      const wasReplaced = this.#stores.wasReplaced(file);
      // The index is dropped as well: nothing shows whether the damage had been read into it.
      this.#replaceStore(file, () => this.#stores.setAside(file));
      if (wasReplaced) {
        await this.#refresh(index);
      }
    }
  }

  async #readAll(index: SharedIndex, store: CatalogStore): Promise<void> {
    for (;;) {
      const { more, rebuild } = index.index.catchUp(store, sliceTime);
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
        return this.#refresh(index);
      }
    }
  }

  /**
   * Replaces a store and its indexes by new ones. `remove` removes the file; not called if another window has replaced
   * it.
   */
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
