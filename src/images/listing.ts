/** ms between two notifications while pages arrive quickly. */
const notifyInterval = 200;

/** How much a listing reads before it waits for `more`: it stops at whichever is reached first. */
export interface ReadAhead {
  readonly items: number;
  readonly pages: number;
}

/**
 * The pages of one question, cached as they arrive. Items that arrived before a failure stay; the next attempt replaces
 * them one by one and, once it is complete, drops those that it has not brought.
 */
export class Listing<T extends { readonly id: string }> {
  readonly #ask: (signal: AbortSignal) => AsyncIterable<readonly T[]>;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  readonly #items = new Map<string, T>();
  readonly #seen = new Set<string>();
  /** Ids that were added or removed since the reading began: pages under way have them as they were before. */
  readonly #newer = new Set<string>();
  #pages: AsyncIterator<readonly T[]> | undefined;
  #loading: Promise<void> | undefined;
  #completeSince: number | undefined;
  #error: unknown;
  #pageCount = 0;

  /** @param changed called when items, completeness or error have changed, at most a few times a second */
  constructor(ask: (signal: AbortSignal) => AsyncIterable<readonly T[]>, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get items(): readonly T[] {
    return [...this.#items.values()];
  }

  has(id: string): boolean {
    return this.#items.has(id);
  }

  get complete(): boolean {
    return this.#completeSince !== undefined;
  }

  /** When its last page arrived (milliseconds since 1970); undefined until then. */
  get completeSince(): number | undefined {
    return this.#completeSince;
  }

  get loading(): boolean {
    return this.#loading !== undefined;
  }

  get error(): unknown {
    return this.#error;
  }

  /** Whether a page or an error has arrived. */
  get answered(): boolean {
    return this.#pageCount > 0 || this.complete || this.#error !== undefined;
  }

  /** How many pages have arrived, empty ones among them. */
  get pageCount(): number {
    return this.#pageCount;
  }

  /** Reads so much, unless it is there, is being read, or has failed. */
  begin({ items, pages }: ReadAhead): void {
    if (this.#error === undefined) {
      this.#load(items, pages);
    }
  }

  /** Reads so much more. `changed` is called at its end, also where a page has failed: see `error`. */
  more({ items, pages }: ReadAhead): void {
    this.#load(this.#seen.size + items, this.#pageCount + pages);
  }

  #load(items: number, pages: number): void {
    const isThere = this.#seen.size >= items || this.#pageCount >= pages;
    if (this.#loading || this.complete || isThere || this.#abort.signal.aborted) {
      return;
    }
    this.#error = undefined;
    this.#loading = this.#run(items, pages).finally(() => {
      this.#loading = undefined;
      this.#changed();
    });
  }

  /**
   * Resolves when what is being read is there, or after `timeout` (ms): a node that is being drawn never waits for an
   * endpoint.
   */
  async answer(timeout: number): Promise<void> {
    if (this.#loading) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeout);
      });
      await Promise.race([this.#loading, late]);
      clearTimeout(timer);
    }
  }

  /** Adds or replaces an item that is newer than the listing. */
  upsert(item: T): void {
    this.#items.set(item.id, item);
    this.#seen.add(item.id);
    this.#newer.add(item.id);
    this.#changed();
  }

  /** Removes an item that no longer exists. */
  remove(id: string): void {
    this.#newer.add(id);
    this.#seen.delete(id);
    if (this.#items.delete(id)) {
      this.#changed();
    }
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #run(items: number, pages: number): Promise<void> {
    let notified = performance.now();
    this.#newer.clear();
    try {
      this.#pages ??= this.#ask(this.#abort.signal)[Symbol.asyncIterator]();
      while (this.#seen.size < items && this.#pageCount < pages) {
        const page = await this.#pages.next();
        if (page.done) {
          this.#dropUnseen();
          this.#completeSince = Date.now();
          break;
        }
        for (const item of page.value) {
          if (!this.#newer.has(item.id)) {
            this.#items.set(item.id, item);
            this.#seen.add(item.id);
          }
        }
        this.#pageCount += 1;
        if (performance.now() - notified > notifyInterval) {
          notified = performance.now();
          this.#changed();
        }
      }
    } catch (error) {
      this.#pages = undefined;
      this.#seen.clear();
      this.#error = error;
    }
  }

  #dropUnseen(): void {
    for (const id of this.#items.keys()) {
      if (!this.#seen.has(id)) {
        this.#items.delete(id);
      }
    }
  }
}
