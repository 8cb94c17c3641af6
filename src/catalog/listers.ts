import { existsSync } from 'node:fs';
import type { CatalogRow } from '../protocol/catalog.ts';
import { Idle } from '../threads/idle.ts';
import { placeKey } from './places.ts';
import type { CatalogQuestion } from './port.ts';
import type { Reader } from './reader.ts';
import type { ListedPart } from './search/regionSearch.ts';
import type { Place } from './threads/contracts.ts';

export interface ListersParts {
  readonly open: (place: Place) => Reader;
  /** How long (ms) a reader stays open for the next question. */
  readonly idleTime: number;
}

interface Lister {
  readonly reader: Reader;
  readonly idle: Idle;
}

/** Answers questions that no panel asks, through one reader for each place. */
export class Listers {
  readonly #parts: ListersParts;
  readonly #listers = new Map<string, Lister>();
  #lastListing = 0;

  constructor(parts: ListersParts) {
    this.#parts = parts;
  }

  /** Undefined if the region was never downloaded whole. */
  async list(place: Place, question: CatalogQuestion): Promise<AsyncIterable<readonly CatalogRow[]> | undefined> {
    if (!existsSync(place.file) || !(await this.#ask(place, async (reader) => reader.isWhole))) {
      return undefined;
    }
    this.#lastListing += 1;
    const listing = this.#lastListing;
    return pagesOf((start) => this.#ask(place, (reader) => reader.list(listing, question, start)));
  }

  async byIds(place: Place, ids: readonly string[]): Promise<readonly CatalogRow[]> {
    return existsSync(place.file) ? this.#ask(place, (reader) => reader.byIds(ids)) : [];
  }

  dispose(): void {
    for (const { idle } of this.#listers.values()) {
      idle.dispose();
    }
  }

  #ask<T>(place: Place, question: (reader: Reader) => Promise<T>): Promise<T> {
    const { reader, idle } = this.#lister(place);
    return idle.during(async () => {
      await reader.opened();
      return question(reader);
    });
  }

  #lister(place: Place): Lister {
    const key = placeKey(place);
    let lister = this.#listers.get(key);
    if (!lister) {
      const reader = this.#parts.open(place);
      const idle = new Idle(this.#parts.idleTime, () => {
        this.#listers.delete(key);
        reader.close();
      });
      lister = { reader, idle };
      this.#listers.set(key, lister);
    }
    return lister;
  }
}

async function* pagesOf(part: (start: number) => Promise<ListedPart>): AsyncIterable<readonly CatalogRow[]> {
  for (let start: number | undefined = 0; start !== undefined; ) {
    const { rows, next }: ListedPart = await part(start);
    yield rows;
    start = next;
  }
}
