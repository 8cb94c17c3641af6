import { isLineBreak } from '../lineBreaks.ts';
import type { RegionClue } from '../reading.ts';
import type { TextSpan } from '../textSpan.ts';
import { nearClues } from './nearClues.ts';
import { type FoundRegion, regionsIn } from './regionNames.ts';

/** A line of which no more is read on each side of a reference, in UTF-16 code units. */
const maxSide = 600;

/** The line of a place in a text, cut where it is very long. */
export function lineAround(text: string, place: TextSpan): TextSpan {
  const least = Math.max(0, place.start - maxSide);
  const most = Math.min(text.length, place.end + maxSide);
  let { start, end } = place;
  while (start > least && !isLineBreak(text.charCodeAt(start - 1))) start -= 1;
  while (end < most && !isLineBreak(text.charCodeAt(end))) end += 1;
  return { start, end };
}

/** What the line of a reference says where it has no other form: words near it, and the only region of the line. */
export function textClues(text: string, reference: TextSpan): readonly RegionClue[] {
  const line = lineAround(text, reference);
  const regions = regionsIn(text.slice(line.start, line.end));
  return regions.length === 0 ? [] : [...nearClues(text, line, reference), ...onlyRegion(regions, line)];
}

function onlyRegion([first, ...others]: readonly FoundRegion[], line: TextSpan): readonly RegionClue[] {
  if (!first || others.some(({ region }) => region !== first.region)) return [];
  const span = { start: line.start + first.span.start, end: line.start + first.span.end };
  const clue = { kind: 'stated' as const, regions: [first.region], span };
  return [first.isZone ? { ...clue, from: 'zone', isHint: true } : { ...clue, from: 'prose' }];
}
