import { movedReading } from '../movedReading.ts';
import type { Reader, Reading } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { type TerraformFile, terraformFileOf } from '../terraform/fileKind.ts';
import { withChosenIds } from '../terraform/lookups.ts';
import { readTerraform } from '../terraform/readTerraform.ts';
import { hclBlocks } from '../tree/hclBlocks.ts';
import { hclTree } from '../tree/hclTree.ts';

/** In UTF-16 code units, of the texts of blocks: some files as large as people write them. */
const cachedLength = 4_000_000;

interface CachedBlock {
  readonly reading: Reading;
  /** The reading as of the whole text, as it was asked for last. */
  moved: { readonly start: number; readonly path: string; readonly reading: Reading } | undefined;
}

/**
 * Reads HCL block by block: what is broken in one is lost with it alone, and of a text that was edited the changed
 * blocks alone are read again.
 */
export function createHclReader(): Reader {
  const caches = new Map<TerraformFile, BlockCache>();
  return ({ text, path }) => {
    const file = terraformFileOf(path);
    const cache = caches.get(file) ?? new BlockCache();
    caches.set(file, cache);
    const outerClues = pathClue(path);
    const parts = hclBlocks(text).map(({ start, end }) => {
      const block = text.slice(start, end);
      const cached = cache.get(block) ?? cache.set(block, readTerraform(block, hclTree(block), file));
      if (cached.moved?.start !== start || cached.moved.path !== path) {
        cached.moved = { start, path, reading: movedReading(cached.reading, start, outerClues) };
      }
      return cached.moved.reading;
    });
    return withChosenIds(text, joined(parts));
  };
}

/** What was used since the cache was half full is kept. */
class BlockCache {
  #old = new Map<string, CachedBlock>();
  #new = new Map<string, CachedBlock>();
  #length = 0;

  get(block: string): CachedBlock | undefined {
    const known = this.#new.get(block);
    if (known) return known;
    const old = this.#old.get(block);
    if (old) this.#add(block, old);
    return old;
  }

  set(block: string, reading: Reading): CachedBlock {
    const cached: CachedBlock = { reading, moved: undefined };
    this.#add(block, cached);
    return cached;
  }

  #add(block: string, cached: CachedBlock): void {
    if (this.#length > cachedLength / 2) {
      this.#old = this.#new;
      this.#new = new Map();
      this.#length = 0;
    }
    this.#new.set(block, cached);
    this.#length += block.length;
  }
}

function joined(parts: readonly Reading[]): Reading {
  return {
    ids: parts.flatMap(({ ids }) => ids),
    lookups: parts.flatMap(({ lookups }) => lookups),
    parameters: parts.flatMap(({ parameters }) => parameters),
    statements: parts.flatMap(({ statements }) => statements),
    embedded: parts.flatMap(({ embedded }) => embedded),
  };
}
