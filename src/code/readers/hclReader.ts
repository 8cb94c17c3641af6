import { maxParsed, withinBound } from '../bounds.ts';
import { findImageParameters } from '../imageParameters.ts';
import { movedReading } from '../movedReading.ts';
import type { Reader, Reading, SourceText } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { terraformClues } from '../terraform/clues.ts';
import { type TerraformFile, terraformFileOf } from '../terraform/fileKind.ts';
import { withChosenIds } from '../terraform/lookups.ts';
import { readTerraform } from '../terraform/readTerraform.ts';
import type { TextSpan } from '../textSpan.ts';
import { nodesAround } from '../tree/codeTree.ts';
import { hclBlocks } from '../tree/hclBlocks.ts';
import { hclTree } from '../tree/hclTree.ts';
import { largePart } from '../tree/largeBlock.ts';
import { lineClues } from './boundedClues.ts';

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
  const parts = new BlockCache();
  return (source) => {
    const { text, path } = source;
    const file = terraformFileOf(path);
    const cache = caches.get(file) ?? new BlockCache();
    caches.set(file, cache);
    const outerClues = pathClue(path);
    const within = withinBound(text, maxParsed.hcl);
    const readings = hclBlocks(within).map(({ start, end }) => {
      const block = text.slice(start, end);
      if (block.length > largeLength) {
        const reading = readLarge(block, file, parts);
        if (reading) return movedReading(reading, start, outerClues);
      }
      const cached = cache.get(block) ?? cache.set(block, readTerraform(block, hclTree(block), file));
      if (cached.moved?.start !== start || cached.moved.path !== path) {
        cached.moved = { start, path, reading: movedReading(cached.reading, start, outerClues) };
      }
      return cached.moved.reading;
    });
    return withChosenIds(text, joined([...readings, readLines(source, within.length)]));
  };
}

/** What stands behind an offset, by its lines. */
function readLines(source: SourceText, start: number): Reading {
  const nothing: Reading = { ids: [], lookups: [], parameters: [], statements: [], embedded: [] };
  if (start >= source.text.length) return nothing;
  const clues = lineClues(source);
  const isBehind = ({ span }: { readonly span: TextSpan }) => span.start >= start;
  const placed = ({ span }: { readonly span: TextSpan }) => ({ clues: clues(span), instanceType: undefined });
  return {
    ...nothing,
    ids: source.ids.filter(isBehind).map((found) => ({ found, ...placed(found) })),
    parameters: findImageParameters(source.text)
      .filter(isBehind)
      .map((found) => ({ ...found, ...placed(found) })),
  };
}

/** In UTF-16 code units. A block that is larger is read in pieces. */
const largeLength = 30_000;

/** Undefined where a block has no part that makes it large. What a piece says by itself stands before the rest. */
function readLarge(block: string, file: TerraformFile, cache: BlockCache): Reading | undefined {
  const part = largePart(block);
  if (!part) return undefined;
  const { inner, isList, pieces } = part;
  const frame = `${block.slice(0, inner.start)}${' '.repeat(inner.end - inner.start)}${block.slice(inner.end)}`;
  const root = hclTree(frame);
  const span = { start: inner.start, end: inner.start };
  const around = nodesAround(root, inner.start);
  const clues = terraformClues(frame, { span, around, block: root.entries[0], file, isInComment: false });
  const [before, behind] = isList ? ['x=[', ']'] : ['', ''];
  const readings = pieces.map(({ start, end }) => {
    const piece = `${before}${block.slice(start, end)}${behind}`;
    const { reading } = cache.get(piece) ?? cache.set(piece, readTerraform(piece, hclTree(piece), 'part'));
    return movedReading(reading, start - before.length, clues);
  });
  return joined([readTerraform(frame, root, file), ...readings]);
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
