import { Listing, type ReadAhead } from './listing.ts';

/** How long (ms) a row waits for its children, to be drawn once and whole. After that it shows that it is loading. */
export const rowTimeout = 400;

/** A question and how it is asked. */
export interface ListingSource<T> {
  readonly region: string;
  /** Questions of the same key share a listing. */
  readonly key: string;
  /** What sort of question it is, for `retire`. */
  readonly kind?: string;
  readonly readAhead: ReadAhead;
  /** @param fresh true after a refresh: nothing cached will do */
  readonly ask: (signal: AbortSignal, fresh: boolean) => AsyncIterable<readonly T[]>;
}

interface Item {
  readonly id: string;
}

interface Entry<T extends Item, R extends Item> {
  readonly source: ListingSource<T>;
  readonly listing: Listing<T>;
  /** The rows that show the listing, by id. */
  readonly rows: Map<string, R>;
  /** Whether it is dropped for good: nothing reads on. */
  retired: boolean;
}

/** What the commands of a view do to a listing, whatever its items are. */
export interface ListingControls {
  /** Whether all items are there. */
  readonly complete: boolean;
  /** Drops the listing: the next `read` asks again, and takes nothing cached. */
  refresh(): void;
  /** Tries again what failed. Items that had arrived stay. */
  retry(): void;
  /** Reads as much again as at first. */
  more(): void;
}

/** The listing of one question, read once a row shows it. */
export interface TreeListing<T extends Item, R extends Item> extends ListingControls {
  /** Undefined until it has been read. */
  readonly listing: Listing<T> | undefined;
  /**
   * The listing for a row that shows it, after `rowTimeout` at the latest. Where it is refreshed meanwhile, the new
   * one; undefined once the listings are closed.
   */
  read(row: R): Promise<Listing<T> | undefined>;
}

/**
 * The listings that a tree shows of one connection. A question is asked when a row first shows its answer, and its
 * listing is cached until it is refreshed. Once closed, nothing is asked and nothing shown any more.
 */
export class TreeListings<T extends Item, R extends Item> {
  readonly #entries = new Map<string, Entry<T, R>>();
  readonly #fresh = new Set<string>();
  readonly #changed: (row: R) => void;
  readonly #loadingChanged: () => void;
  #isClosed = false;

  /** @param changed called with each row that shows a changed listing, once for rows of the same id */
  constructor(changed: (row: R) => void, loadingChanged: () => void) {
    this.#changed = changed;
    this.#loadingChanged = loadingChanged;
  }

  of(source: ListingSource<T>): TreeListing<T, R> {
    const { key, readAhead } = source;
    const listing = () => this.#entries.get(key)?.listing;
    return {
      get listing() {
        return listing();
      },
      get complete() {
        const { complete, error } = listing() ?? { complete: false };
        return complete && error === undefined;
      },
      read: (row) => this.#read(source, row),
      refresh: () => {
        this.#fresh.add(key);
        this.#drop(key);
      },
      retry: () => {
        if (listing()?.error !== undefined) {
          this.#more(key, readAhead);
        }
      },
      more: () => this.#more(key, readAhead),
    };
  }

  /** Adds or replaces an item that is newer than the listing. */
  upsert(source: ListingSource<T>, item: T): void {
    if (!this.#isClosed) {
      this.#entry(source).listing.upsert(item);
    }
  }

  /** Whether an item is listed in a region. */
  has(region: string, id: string): boolean {
    return this.#with(region, id).length > 0;
  }

  /** Replaces an item wherever it is listed. */
  replace(region: string, item: T): void {
    for (const listing of this.#with(region, item.id)) {
      listing.upsert(item);
    }
  }

  /** Removes an item that no longer exists from the listings of its region. */
  remove(region: string, id: string): void {
    for (const listing of this.#with(region, id)) {
      listing.remove(id);
    }
  }

  /** The listings of a region that have been read, or been given an item. */
  inRegion(region: string): readonly TreeListing<T, R>[] {
    return [...this.#entries.values()]
      .filter(({ source }) => source.region === region)
      .map(({ source }) => this.of(source));
  }

  get listings(): readonly Listing<T>[] {
    return [...this.#entries.values()].map(({ listing }) => listing);
  }

  get loading(): boolean {
    return this.listings.some(({ loading }) => loading);
  }

  /** Drops all listings; they can be read again. */
  clear(): void {
    for (const key of [...this.#entries.keys()]) {
      this.#drop(key);
    }
    this.#fresh.clear();
  }

  /** Ends the listings of questions that are no longer asked. */
  retire(isRetired: (source: ListingSource<T>) => boolean): void {
    for (const [key, entry] of [...this.#entries]) {
      if (isRetired(entry.source)) {
        entry.retired = true;
        this.#drop(key);
      }
    }
    this.#loadingChanged();
  }

  close(): void {
    this.#isClosed = true;
    this.clear();
  }

  async #read(source: ListingSource<T>, row: R): Promise<Listing<T> | undefined> {
    while (!this.#isClosed) {
      const entry = this.#entry(source);
      entry.rows.set(row.id, row);
      entry.listing.begin(source.readAhead);
      this.#loadingChanged();
      await entry.listing.answer(rowTimeout);
      if (this.#entries.get(source.key) === entry) {
        return entry.listing;
      }
      if (entry.retired) {
        return undefined;
      }
    }
    return undefined;
  }

  #entry(source: ListingSource<T>): Entry<T, R> {
    const { key, ask } = source;
    const known = this.#entries.get(key);
    if (known) {
      return known;
    }
    const fresh = this.#fresh.has(key);
    const rows = new Map<string, R>();
    const listing = new Listing<T>(
      (signal) => ask(signal, fresh),
      () => {
        if (this.#entries.get(key) === entry) {
          for (const row of rows.values()) {
            this.#changed(row);
          }
        }
        if (!this.#isClosed) {
          this.#loadingChanged();
        }
      },
    );
    const entry: Entry<T, R> = { source, listing, rows, retired: false };
    this.#entries.set(key, entry);
    return entry;
  }

  /** The listings of a region that have the item. */
  #with(region: string, id: string): readonly Listing<T>[] {
    return [...this.#entries.values()].flatMap(({ source, listing }) =>
      source.region === region && listing.has(id) ? [listing] : [],
    );
  }

  #more(key: string, readAhead: ReadAhead): void {
    this.#entries.get(key)?.listing.more(readAhead);
    this.#loadingChanged();
  }

  #drop(key: string): void {
    this.#entries.get(key)?.listing.cancel();
    this.#entries.delete(key);
  }
}
