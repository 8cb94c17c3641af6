import { identityOf, isDamage, isFull, openStore, removeSetAside, setAsideStore } from '../store/openStore.ts';
import { CatalogStore } from '../store/store.ts';
import type { Place } from './contracts.ts';

interface OpenStore {
  readonly store: CatalogStore;
  /** Of the file that was opened: another window may put another one in its place. */
  readonly identity: string | undefined;
}

/** The stores that this thread has open, by their files. */
export class OpenStores {
  readonly #now: () => number;
  readonly #stores = new Map<string, OpenStore>();
  readonly #setAside = new Map<string, string>();

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Opens it where it is not. */
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

  /** On a full disk what is there can be read all the same; what is damaged is found out when it is read. */
  use({ file, region }: Place): void {
    try {
      this.get(file).use(region, this.#now());
    } catch (error) {
      if (!isFull(error) && !isDamage(error)) {
        throw error;
      }
    }
  }

  /** Whether it is still the one in use for its file. */
  isOpen(file: string, store: CatalogStore): boolean {
    return this.#stores.get(file)?.store === store;
  }

  /** Whether another window has set the file aside, or removed it. */
  wasReplaced(file: string): boolean {
    const open = this.#stores.get(file);
    return open !== undefined && open.identity !== identityOf(file);
  }

  /** Closes the one of a file; `remove`: what is to be done with the file, unless another window has put another in its place. */
  close(file: string, remove: () => void): void {
    const wasReplaced = this.wasReplaced(file);
    this.#stores.get(file)?.store.close();
    this.#stores.delete(file);
    if (!wasReplaced) {
      remove();
    }
  }

  /** Where a damaged file was set aside, since the thread began. */
  setAsideOf(file: string): string | undefined {
    return this.#setAside.get(file);
  }

  setAside(file: string): void {
    this.#setAside.set(file, setAsideStore(file));
  }

  removeSetAside(file: string): void {
    removeSetAside(file);
    this.#setAside.delete(file);
  }
}
