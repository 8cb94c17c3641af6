import { oncePer } from '../oncePer.ts';
import type { RegionClue } from '../reading.ts';
import { onlyRegionIn, regionsIn } from '../regions/regionNames.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import type { ProseBlock, ProseLine } from './proseBlocks.ts';

/** The region of an id's row in a table, or of its column, which the table's first row names. */
export function rowClues(text: string, place: TablePlace): readonly RegionClue[] {
  return htmlRow(text, place.reference) ?? markdownRow(place) ?? [];
}

interface TablePlace {
  readonly block: ProseBlock;
  /** The one of the reference. */
  readonly line: ProseLine;
  readonly reference: TextSpan;
}

/** On each side of a reference in HTML. */
const maxRow = 4_000;
/** Longer lines are no rows: nobody could read the table. */
const maxMarkdownRow = 20_000;
/** Lines in which a table names its columns. */
const maxHead = 5;

/** `<tr><td>us-east-1</td><td>ami-…</td></tr>` */
function htmlRow(text: string, reference: TextSpan): readonly RegionClue[] | undefined {
  const before = text.slice(Math.max(0, reference.start - maxRow), reference.start);
  const opening = Math.max(before.lastIndexOf('<tr'), before.lastIndexOf('<TR'));
  if (opening === -1 || /<\/(?:tr|table)>/i.test(before.slice(opening))) return undefined;
  const behind = text.slice(reference.end, reference.end + maxRow);
  const closing = /<\/tr>|<tr\b|<\/table>/i.exec(behind)?.index ?? behind.length;
  const start = reference.start - before.length + opening;
  return clueIn(text.slice(start, reference.end + closing), start);
}

function markdownRow({ block: { lines }, line, reference }: TablePlace): readonly RegionClue[] | undefined {
  const cells = readCells(line);
  const columnOf = cells.findIndex(({ cell }) => contains(cell, reference));
  if (columnOf < 0) return undefined;
  const others = cells.filter(({ cell, hasId }) => !hasId && !contains(cell, reference));
  // A cell that is a region by itself tells more than a link's or a note's.
  const whole = others.filter(({ isRegion }) => isRegion);
  const best = (whole.length > 0 ? whole : others).flatMap(({ clues }) => clues);
  const regions = new Set(best.flatMap((clue) => (clue.kind === 'stated' ? clue.regions : [])));
  if (regions.size > 0) return regions.size === 1 ? best.slice(0, 1) : [];
  const header = lines
    .slice(0, maxHead)
    .filter(({ start }) => start < line.start)
    .find((one) => readCells(one).some(({ only }) => only !== undefined));
  return (header && readCells(header)[columnOf]?.clues) ?? [];
}

const readCells = oncePer((line: ProseLine) =>
  cellsOf(line).map((cell) => ({
    cell,
    hasId: /ami-[0-9a-f]{8}/i.test(cell.text),
    isRegion: regionsIn(cell.text).some(({ span }) => span.end - span.start >= cell.text.trim().length - 4),
    only: onlyRegionIn(cell.text),
    clues: clueIn(cell.text, cell.start),
  })),
);

/** The cells of `| a | b |`; none where a line has no bars. */
function cellsOf({ start, text }: ProseLine): readonly (TextSpan & { readonly text: string })[] {
  if (text.length > maxMarkdownRow || (!text.includes('|') && !text.includes('\t'))) return [];
  const separator = text.includes('|') ? '|' : '\t';
  let at = start;
  return text.split(separator).map((cell) => {
    const span = { start: at, end: at + cell.length, text: cell };
    at = span.end + 1;
    return span;
  });
}

function clueIn(text: string, start: number): readonly RegionClue[] {
  const exact = regionsIn(text).filter(({ isZone }) => !isZone);
  const region = new Set(exact.map((found) => found.region)).size === 1 ? exact[0]?.region : onlyRegionIn(text);
  if (region === undefined) return [];
  const span = exact[0]
    ? { start: start + exact[0].span.start, end: start + exact[0].span.end }
    : { start, end: start + text.length };
  return [{ kind: 'stated', regions: [region], from: 'argument', span }];
}
