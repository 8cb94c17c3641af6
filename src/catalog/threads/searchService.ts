import type { Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import type { CatalogQuery, CatalogRow } from '../../protocol/catalog.ts';
import type { Handlers } from '../../protocol/rpc.ts';
import { toStoreFailure } from '../failure.ts';
import type { CatalogFailure, SearchAnswer } from '../port.ts';
import { RegionSearch } from '../search/regionSearch.ts';
import type { Place, SearchRequests, StoredStatus } from './contracts.ts';
import { answerTo, type FirstQuestion, hourOf } from './savedAnswer.ts';
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
  /** The question with which its panel has opened; undefined until there is one. */
  first: FirstQuestion | undefined;
  /** The last query, if it has the saved answer: it is still to be searched for before further rows are. */
  answered: CatalogQuery | undefined;
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
      query: ({ reader, query, start, count }) => this.#query(this.#reader(reader), query, start, count),
      rows: ({ reader, start, count }) => this.#rows(this.#reader(reader), start, count),
      suggest: ({ reader, text, cursor }) =>
        this.#whole(this.#reader(reader), ({ search }) => search.suggest(text, cursor, this.#parts.now())),
      byIds: ({ reader, ids }) => this.#whole(this.#reader(reader), ({ search }) => search.byIds(ids)),
      list: ({ reader, listing, question, start, count }) =>
        this.#whole(this.#reader(reader), ({ search }) =>
          search.list(listing, question, start, count, this.#parts.now()),
        ),
      changed: ({ isEnd }) => {
        if (isEnd) {
          void this.#look();
        }
        // Also after the end: a look that is under way may have begun before it.
        this.#lookSoon();
      },
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
    const opened: Reader = {
      index,
      search: new RegionSearch(index.index),
      notified: undefined,
      failure: undefined,
      first: undefined,
      answered: undefined,
    };
    this.#readers.set(reader, opened);
    this.#timer ??= setInterval(() => void this.#look(), lookInterval);
    if (this.#indexes.readAnswer(index)) {
      setImmediate(() => void this.#lookAt(index));
    } else {
      await this.#indexes.catchUp(index).catch((error: unknown) => {
        this.#close(reader);
        throw error;
      });
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

  #reader(id: number): Reader {
    const reader = this.#readers.get(id);
    if (!reader) {
      throw new Error('The catalog was closed.');
    }
    return reader;
  }

  #query(reader: Reader, query: CatalogQuery, start: number, count: number): SearchAnswer | Promise<SearchAnswer> {
    const { saved } = reader.index;
    if (start === 0) {
      reader.first ??= { query, count };
    }
    const answer = saved && start === 0 ? answerTo(saved, { query, count }, hourOf(this.#parts.now())) : undefined;
    if (answer) {
      reader.answered = query;
      return answer;
    }
    reader.answered = undefined;
    return this.#whole(reader, ({ search }) => search.query(query, start, count, this.#parts.now()));
  }

  #rows(reader: Reader, start: number, count: number): readonly CatalogRow[] | Promise<readonly CatalogRow[]> {
    return this.#whole(reader, ({ search, answered }) => {
      if (answered) {
        search.query(answered, 0, 0, this.#parts.now());
        reader.answered = undefined;
      }
      return search.rows(start, count);
    });
  }

  /** Asks once all images are read. Rejects if they cannot be. */
  #whole<T>(reader: Reader, ask: (reader: Reader) => T): T | Promise<T> {
    return reader.index.isRead ? ask(reader) : this.#indexes.catchUp(reader.index).then(() => ask(reader));
  }

  /** Looks once for several pages: while pages arrive, questions need the thread's time as well. */
  #lookSoon(): void {
    this.#lookTimer ??= setTimeout(() => {
      this.#lookTimer = undefined;
      void this.#look();
    }, lookDelay);
  }

  async #look(): Promise<void> {
    for (const index of this.#indexes.inUse()) {
      await this.#lookAt(index);
    }
  }

  /** Reads what has changed into an index, and notifies its readers. */
  async #lookAt(index: SharedIndex): Promise<void> {
    try {
      await this.#indexes.catchUp(index);
      this.#notify(index);
      this.#notifyOfFailure(index, undefined);
      this.#saveAnswer(index);
    } catch (error) {
      this.#notifyOfFailure(index, toStoreFailure(error, index.place.file));
    }
  }

  /** Saves what a panel of this region shows first. */
  #saveAnswer(index: SharedIndex): void {
    const first = [...this.#readers.values()].find((reader) => reader.index === index && reader.first)?.first;
    if (first) {
      this.#indexes.saveAnswer(index, first);
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
