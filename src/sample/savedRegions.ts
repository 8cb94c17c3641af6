import { type AccountChanges, noChanges } from './accountChanges.ts';
import { type RegionOptions, RegionState } from './regionState.ts';
import type { SavedAccount } from './savedAccount.ts';

/** The regions of the account: each is created at its first request, with the changes that were saved. */
export class SavedRegions {
  readonly #options: Omit<RegionOptions, 'changed'>;
  readonly #saved: SavedAccount | undefined;
  readonly #created = new Map<string, Promise<RegionState>>();
  readonly #open = new Map<string, RegionState>();
  /** Of all regions, also of those that are not open. */
  #changes: AccountChanges = {};
  #hasChanged = false;

  constructor(options: Omit<RegionOptions, 'changed'>, saved: SavedAccount | undefined) {
    this.#options = options;
    this.#saved = saved;
  }

  /** The region with all changes, also those of other windows. */
  async of(name: string): Promise<RegionState> {
    let created = this.#created.get(name);
    if (!created) {
      const changed = () => {
        this.#hasChanged = true;
      };
      created = RegionState.create(name, { ...this.#options, changed });
      this.#created.set(name, created);
    }
    const region = await created;
    this.#readSaved();
    if (this.#created.get(name) === created && !this.#open.has(name)) {
      region.restore(this.#changes[name] ?? noChanges);
      this.#open.set(name, region);
    }
    return region;
  }

  /** Saves what a request has changed. */
  save(): void {
    if (this.#hasChanged) {
      this.#hasChanged = false;
      const changes = Array.from(this.#open, ([name, region]) => [name, region.changes] as const);
      this.#changes = { ...this.#changes, ...Object.fromEntries(changes) };
      this.#saved?.write(this.#changes);
    }
  }

  /** Discards all changes, the saved ones too. */
  clear(): void {
    this.#created.clear();
    this.#open.clear();
    this.#changes = {};
    this.#saved?.clear();
  }

  #readSaved(): void {
    const changes = this.#saved?.read();
    if (changes) {
      this.#changes = changes;
      for (const [name, region] of this.#open) {
        region.restore(changes[name] ?? noChanges);
      }
    }
  }
}
