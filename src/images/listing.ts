/** How often (ms) listeners hear of pages that follow one another quickly. */
const notifyInterval = 200;

/** How much is read before one waits to be asked for more: what is reached first counts. */
export interface ReadAhead {
  readonly items: number;
  readonly pages: number;
}

/**
 * The pages of one question to EC2, kept as they arrive. What arrived before a failure stays; asking again replaces it
 * item by item, and drops what is gone once all has arrived.
 */
export class Listing<T extends { readonly id: string }> {
  readonly #ask: (signal: AbortSignal) => AsyncIterable<readonly T[]>;
  readonly #changed: () => void;
  readonly #abort = new AbortController();
  readonly #items = new Map<string, T>();
  readonly #seen = new Set<string>();
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

  /** Whether an answer, be it items or an error, has arrived. */
  get answered(): boolean {
    return this.#pageCount > 0 || this.complete || this.#error !== undefined;
  }

  /** How many pages have arrived, whatever they have brought. */
  get pageCount(): number {
    return this.#pageCount;
  }

  /** Reads the first batch, unless it is there, on its way, or has failed. */
  begin({ items, pages }: ReadAhead): void {
    if (this.#error === undefined) {
      this.#load(items, pages);
    }
  }

  /** Reads another batch: `changed` tells when it is there, the end has come or a page has failed, see `error`. */
  more({ items, pages }: ReadAhead): void {
    this.#load(this.#items.size + items, this.#pageCount + pages);
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
   * Resolves when what is being loaded is there, but not later than after `patience` (ms): what there is can be shown, and
   * nothing that is drawn waits for an endpoint.
   */
  async answer(patience: number): Promise<void> {
    if (this.#loading) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patience);
      });
      await Promise.race([this.#loading, late]);
      clearTimeout(timer);
    }
  }

  /** Puts in an item that is newer than the listing, or replaces it. */
  upsert(item: T): void {
    this.#items.set(item.id, item);
    this.#seen.add(item.id);
    this.#changed();
  }

  /** Takes out an item that is gone. */
  remove(id: string): void {
    if (this.#items.delete(id)) {
      this.#changed();
    }
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #run(items: number, pages: number): Promise<void> {
    let notified = performance.now();
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
          this.#items.set(item.id, item);
          this.#seen.add(item.id);
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
