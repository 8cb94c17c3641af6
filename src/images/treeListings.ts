import { Listing, type ReadAhead } from './listing.ts';

/** How long (ms) a row waits for what is below it, to be drawn once and whole; after that it says that it is loading. */
export const rowTimeout = 400;

export interface ListingSource<T> {
  readonly region: string;
  /** The same for questions that have the same answer. */
  readonly key: string;
  readonly readAhead: ReadAhead;
  /** @param fresh whether the user wants what is there now, whatever was answered before */
  readonly ask: (signal: AbortSignal, fresh: boolean) => AsyncIterable<readonly T[]>;
}

interface Item {
  readonly id: string;
}

interface Entry<T extends Item, R extends Item> {
  readonly source: ListingSource<T>;
  readonly listing: Listing<T>;
  /** The rows that show it, by id. */
  readonly rows: Map<string, R>;
}

/** A list that rows come from, whatever is listed in it. */
export interface ListingControls {
  /** Whether all of it is there. */
  readonly complete: boolean;
  /** What is asked next is answered anew. */
  refresh(): void;
  /** Tries again what failed: what had arrived before stays. */
  retry(): void;
  /** Reads the next batch. */
  more(): void;
}

/** The listing that answers a question, read once a row shows it. */
export interface TreeListing<T extends Item, R extends Item> extends ListingControls {
  /** As far as it has been asked for; asks for nothing. */
  readonly listing: Listing<T> | undefined;
  /**
   * For the row that shows it: what there is after a short while. What was asked anew meanwhile is answered anew; undefined
   * where the account whose answer it is has gone.
   */
  read(row: R): Promise<Listing<T> | undefined>;
}

/**
 * The listings that a tree shows of one connection: each question is asked when a row first shows its answer, and its
 * listing kept until it is forgotten. Once closed it answers nothing more.
 */
export class TreeListings<T extends Item, R extends Item> {
  readonly #entries = new Map<string, Entry<T, R>>();
  readonly #fresh = new Set<string>();
  readonly #changed: (row: R) => void;
  readonly #loadingChanged: () => void;
  #isClosed = false;

  /** @param changed called when a listing has changed, with each row that shows it; of those with the same id with any */
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

  /** Puts in an item that is newer than what is listed, or replaces it. */
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

  /** Takes out an item that is gone. */
  remove(region: string, id: string): void {
    for (const listing of this.#with(region, id)) {
      listing.remove(id);
    }
  }

  /** All that has been asked for in a region. */
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

  /** Everything begins anew, on the same connection. */
  clear(): void {
    for (const key of [...this.#entries.keys()]) {
      this.#drop(key);
    }
    this.#fresh.clear();
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
    const entry: Entry<T, R> = { source, listing, rows };
    this.#entries.set(key, entry);
    return entry;
  }

  /** The listings of a region that have an item. */
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
