import type { RegionClue } from '../reading.ts';
import { textClues } from '../regions/textClues.ts';
import type { TextSpan } from '../textSpan.ts';

/** ms. Texts that people write take less than one second even on a busy machine. */
const maxTime = 10_000;

/**
 * Looks for clues of the references of a text as long as it takes a reasonable time; of those behind, which are found all
 * the same, the line alone is looked at, so that one text does not hold up all others.
 */
export function cluesInTime(
  text: string,
  cluesOf: (span: TextSpan) => readonly RegionClue[],
  time = maxTime,
): (span: TextSpan) => readonly RegionClue[] {
  const end = Date.now() + time;
  return (span) => (Date.now() > end ? textClues(text, span) : cluesOf(span));
}
