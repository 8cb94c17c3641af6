import type { RegionClue } from '../reading.ts';
import type { TextSpan } from '../textSpan.ts';
import { nearClues } from './nearClues.ts';
import { regionsIn } from './regionNames.ts';

/** A line of which no more is read on each side of a reference, in UTF-16 code units. */
const maxSide = 600;

/** The line of a place in a text, cut where it is very long. */
export function lineAround(text: string, { start, end }: TextSpan): TextSpan {
  const before = /[^\r\n]*$/.exec(text.slice(Math.max(0, start - maxSide), start))?.[0].length ?? 0;
  const behind = /^[^\r\n]*/.exec(text.slice(end, end + maxSide))?.[0].length ?? 0;
  return { start: start - before, end: end + behind };
}

/** What the line of a reference says where it has no other form: words near it, and the only region of the line. */
export function textClues(text: string, reference: TextSpan): readonly RegionClue[] {
  const line = lineAround(text, reference);
  return [...nearClues(text, line, reference), ...onlyRegion(text, line)];
}

function onlyRegion(text: string, line: TextSpan): readonly RegionClue[] {
  const [first, ...others] = regionsIn(text.slice(line.start, line.end));
  if (!first || others.some(({ region }) => region !== first.region)) return [];
  const span = { start: line.start + first.span.start, end: line.start + first.span.end };
  const clue = { kind: 'stated' as const, regions: [first.region], span };
  return [first.isZone ? { ...clue, from: 'zone', isHint: true } : { ...clue, from: 'prose' }];
}
