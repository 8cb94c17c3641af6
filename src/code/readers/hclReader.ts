import { movedReading } from '../movedReading.ts';
import type { Reader, Reading } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { terraformFileOf } from '../terraform/fileKind.ts';
import { withChosenIds } from '../terraform/lookups.ts';
import { readTerraform } from '../terraform/readTerraform.ts';
import { hclBlocks } from '../tree/hclBlocks.ts';
import { hclTree } from '../tree/hclTree.ts';

/** In UTF-16 code units, of the texts of blocks: some files as large as people write them. */
const cachedLength = 4_000_000;

/**
 * Reads HCL block by block: what is broken in one is lost with it alone, and of a text that was edited the changed
 * blocks alone are read again.
 */
export function createHclReader(): Reader {
  const cache = new Map<string, Reading>();
  let length = 0;
  return ({ text, path }) => {
    const file = terraformFileOf(path);
    const outerClues = pathClue(path);
    const parts = hclBlocks(text).map(({ start, end }) => {
      const block = text.slice(start, end);
      const key = `${file} ${block}`;
      const known = cache.get(key);
      const reading = known ?? readTerraform(block, hclTree(block), file);
      if (known) cache.delete(key);
      else length += key.length;
      cache.set(key, reading);
      return movedReading(reading, start, outerClues);
    });
    for (const key of cache.keys()) {
      if (length <= cachedLength) break;
      cache.delete(key);
      length -= key.length;
    }
    return withChosenIds(text, joined(parts));
  };
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
