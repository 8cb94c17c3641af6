import { identityOf, isDamage, isFull, openStore, removeDamagedFile, setAsideStore } from '../store/openStore.ts';
import { CatalogStore } from '../store/store.ts';
import type { Place } from './contracts.ts';

interface OpenStore {
  readonly store: CatalogStore;
  /** The identity of the file that was opened. Another window may replace the file. */
  readonly identity: string | undefined;
}

/** The open stores of this thread, by file. */
export class OpenStores {
  readonly #now: () => number;
  readonly #stores = new Map<string, OpenStore>();
  readonly #setAside = new Map<string, string>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The store of a file, which is opened if needed. Throws as `openStore`. */
  get(file: string): CatalogStore {
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

  /**
   * Notes that a region is in use. A store on a full disk can still be read, and damage shows again when it is read.
   */
  use({ file, region }: Place): void {
    try {
      this.get(file).use(region, this.#now());
    } catch (error) {
      if (!isFull(error) && !isDamage(error)) {
        throw error;
      }
    }
  }

  /** Whether a store is still the open one of its file. */
  isOpen(file: string, store: CatalogStore): boolean {
    return this.#stores.get(file)?.store === store;
  }

  /** Whether another window has replaced the file, set it aside or removed it. */
  wasReplaced(file: string): boolean {
    const open = this.#stores.get(file);
    return open !== undefined && open.identity !== identityOf(file);
  }

  /** @param remove removes the closed file; not called if another window has replaced it already */
  close(file: string, remove: () => void): void {
    const wasReplaced = this.wasReplaced(file);
    this.#stores.get(file)?.store.close();
    this.#stores.delete(file);
    if (!wasReplaced) {
      remove();
    }
  }

  /** Where a damaged file was set aside since the thread began; undefined if none was. */
  setAsideOf(file: string): string | undefined {
    return this.#setAside.get(file);
  }

  setAside(file: string): void {
    this.#setAside.set(file, setAsideStore(file));
  }

  removeSetAside(file: string): void {
    removeDamagedFile(file);
    this.#setAside.delete(file);
  }
}
