import { maxPlaced } from '../bounds.ts';
import type { RegionClue, SourceText } from '../reading.ts';
import { pathClue } from '../regions/pathClue.ts';
import { textClues } from '../regions/textClues.ts';
import type { TextSpan } from '../textSpan.ts';

/** Looks for clues of the first references of a text, see `maxPlaced`; of those behind, the line alone is looked at. */
export function boundedClues(
  source: Pick<SourceText, 'text' | 'path'>,
  cluesOf: (span: TextSpan) => readonly RegionClue[],
  most = maxPlaced,
): (span: TextSpan) => readonly RegionClue[] {
  const clues = lineClues(source);
  let count = 0;
  return (span) => {
    count += 1;
    return count > most ? clues(span) : cluesOf(span);
  };
}

/** What the line of a reference says, and the path of its file. */
export function lineClues({
  text,
  path,
}: Pick<SourceText, 'text' | 'path'>): (span: TextSpan) => readonly RegionClue[] {
  const ofFile = pathClue(path);
  return (span) => [...textClues(text, span), ...ofFile];
}
