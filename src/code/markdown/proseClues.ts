import { lastUpTo } from '../lastUpTo.ts';
import { oncePer } from '../oncePer.ts';
import type { RegionClue } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import { onlyRegionIn, regionsIn } from '../regions/regionNames.ts';
import { textClues } from '../regions/textClues.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import type { ProseBlock, ProseLine } from './proseBlocks.ts';
import { rowClues } from './tableClues.ts';

/** A list does not go on for longer. */
const maxLinesAbove = 200;

/** Nor does a chapter. */
const maxBlocksAbove = 1_000;

const imageId = /ami-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![0-9a-z])/gi;

/** What a document says of the region of an id: its line, row, list, the sentence before it, its heading. */
export function proseClues(text: string, blocks: readonly ProseBlock[], reference: TextSpan): readonly RegionClue[] {
  const index = indexAt(blocks, ({ span }) => span, reference);
  const block = blocks[index];
  if (!block || !contains(block.span, reference)) return textClues(text, reference);
  const nearest = block.lines[indexAt(block.lines, (one) => one, reference)];
  const line = nearest && contains(nearest, reference) ? nearest : undefined;
  return [
    ...(line ? rowClues(text, { block, line, reference }) : []),
    ...textClues(text, reference),
    ...(line ? regionOfLine(line) : []),
    ...(line ? listParents(blocks, index, line) : []),
    ...aroundBlock(blocks, index, line),
  ];
}

const regionOfLine = oncePer((line: ProseLine) => regionIn(line, 'prose'));

/** The last one of items in their order that begins at or before a place; -1 before all of them. */
function indexAt<T>(items: readonly T[], spanOf: (item: T) => TextSpan, { start }: TextSpan): number {
  return lastUpTo(items, (item) => spanOf(item).start, start);
}

/** What stands around a block: of the block itself, where all of it is about one region, the sentence before it, its headings. */
export function aroundBlock(blocks: readonly ProseBlock[], index: number, line?: ProseLine): readonly RegionClue[] {
  const block = blocks[index];
  if (!block) return [];
  const known = outside.get(block) ?? [
    ...regionOfLead(block),
    ...sentenceBefore(blocks, index),
    ...sentenceBehind(blocks, index),
    ...headings(blocks, index),
  ];
  outside.set(block, known);
  return [...ownRegion(block, line), ...known];
}

/** Found once for each block. */
const outside = new WeakMap<ProseBlock, readonly RegionClue[]>();

/** Found once for each block or item, since a log may be one block with thousands of ids. */
const ownRegions = new WeakMap<ProseBlock, Map<number, readonly RegionClue[]>>();

/** The only region of a block of code, of a sentence or of an item of a list. */
function ownRegion(block: ProseBlock, line: ProseLine | undefined): readonly RegionClue[] {
  if (block.kind === 'text' && !line) return [];
  const first = block.kind === 'text' && line ? itemStart(block, line) : 0;
  const known = ownRegions.get(block) ?? new Map<number, readonly RegionClue[]>();
  ownRegions.set(block, known);
  const clues = known.get(first) ?? regionOfItem(block, first);
  known.set(first, clues);
  return clues;
}

/** @param first the first line of the item; 0 for a block that is no list */
function regionOfItem(block: ProseBlock, first: number): readonly RegionClue[] {
  const lines = block.kind === 'text' ? itemFrom(block, first) : block.lines;
  const words = lines.map(({ text }) => text).join('\n');
  const ids = new Set(Array.from(words.matchAll(imageId), ([id]) => id));
  if (block.kind === 'text' && ids.size > 1) return [];
  return regionIn({ start: lines[0]?.start ?? 0, end: block.span.end, text: words }, 'prose');
}

/** The lines of a block that begin an item of a list. */
const itemStartsOf = oncePer(({ lines }: ProseBlock) =>
  lines.flatMap(({ text }, index) => (/^\s*(?:[-*+•]|\d+[.)]|\||<)\s?/.test(text) ? [index] : [])),
);

/** The first line of the list's item that a line belongs to; without a list, of the whole paragraph. */
function itemStart(block: ProseBlock, line: ProseLine): number {
  const at = indexAt(block.lines, (one) => one, line);
  const starts = itemStartsOf(block);
  return starts[lastUpTo(starts, (start) => start, at)] ?? 0;
}

function itemFrom(block: ProseBlock, first: number): readonly ProseLine[] {
  const starts = itemStartsOf(block);
  const next = starts[lastUpTo(starts, (start) => start, first) + 1];
  return block.lines.slice(first, next ?? block.lines.length);
}

/** `In us-east-1:` before a list of ids. */
function regionOfLead({ kind, lines }: ProseBlock): readonly RegionClue[] {
  const [lead, ...rest] = lines;
  if (kind !== 'text' || !lead || !/:\W*$/.test(lead.text)) return [];
  const hasOthers = rest.some(({ text }) => regionsIn(text).length > 0);
  return !hasOthers && lead.text.search(imageId) === -1 ? regionIn(lead, 'prose') : [];
}

function sentenceBefore(blocks: readonly ProseBlock[], index: number): readonly RegionClue[] {
  const before = blocks[index - 1];
  const block = blocks[index];
  if (before?.kind !== 'text' || !block) return [];
  const last = before.lines.at(-1);
  const isLead = block.kind === 'code' || /:\s*(?:\*\*|__)?\s*$/.test(last?.text ?? '');
  if (!isLead) return [];
  const words = before.lines.map(({ text }) => text).join('\n');
  return words.search(imageId) === -1 ? regionIn({ ...before.span, text: words }, 'prose') : [];
}

/** `This starts an instance in us-east-1.` behind code. */
function sentenceBehind(blocks: readonly ProseBlock[], index: number): readonly RegionClue[] {
  if (blocks[index]?.kind !== 'code') return [];
  const [behind] = blocks.slice(index + 1, index + 3).filter(({ kind }) => kind !== 'code');
  if (behind?.kind !== 'text') return [];
  const words = behind.lines.map(({ text }) => text).join('\n');
  if (!/^\s*(?:This|That|These|It|Here|The (?:above|code|command|example|output))\b/i.test(words)) return [];
  return words.search(imageId) === -1 ? regionIn({ ...behind.span, text: words }, 'prose') : [];
}

/** The headings above, from the closest: those that name exactly one region. */
function headings(blocks: readonly ProseBlock[], index: number): readonly RegionClue[] {
  const clues: RegionClue[] = [];
  let level = Number.POSITIVE_INFINITY;
  for (const block of blocks.slice(Math.max(0, index - maxBlocksAbove), index).reverse()) {
    if (block.kind !== 'heading' || block.level >= level) continue;
    level = block.level;
    clues.push(...regionIn({ ...block.span, text: block.lines.map(({ text }) => text).join(' ') }, 'heading'));
  }
  return clues;
}

/** The items that a line of a nested list belongs to: `- us-east-1` above `  - HVM: ami-…`. */
function listParents(blocks: readonly ProseBlock[], index: number, line: ProseLine): readonly RegionClue[] {
  if (line.indent === 0) return [];
  const near = blocks.slice(Math.max(0, index - 12), index + 1);
  const list = near.slice(near.findLastIndex(({ kind }) => kind === 'heading') + 1);
  const above = list
    .flatMap(({ lines }) => {
      const end = indexAt(lines, (one) => one, line) + 1;
      return lines.slice(Math.max(0, end - maxLinesAbove), end);
    })
    .filter(({ start }) => start < line.start);
  const clues: RegionClue[] = [];
  let { indent } = line;
  for (const one of above.reverse()) {
    if (one.text.trim() === '' || one.indent >= indent) continue;
    indent = one.indent;
    if (one.text.search(imageId) === -1) clues.push(...regionIn(one, 'prose'));
    if (indent === 0) break;
  }
  return clues;
}

/** A region by name, by its zone as a hint, or by its place. */
export function regionIn(
  { start, text }: TextSpan & { readonly text: string },
  from: RegionSource,
): readonly RegionClue[] {
  const named = regionsIn(text);
  const exact = named.filter(({ isZone }) => !isZone);
  const region = new Set(exact.map((found) => found.region)).size === 1 ? exact[0]?.region : onlyRegionIn(text);
  if (region === undefined) return [];
  const first = named.find((found) => found.region === region);
  const span = first
    ? { start: start + first.span.start, end: start + first.span.end }
    : { start, end: start + text.length };
  const clue = { kind: 'stated' as const, regions: [region], span };
  return [exact.length === 0 && named.length > 0 ? { ...clue, from: 'zone', isHint: true } : { ...clue, from }];
}
