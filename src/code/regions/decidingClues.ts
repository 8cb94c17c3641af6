import type { RegionClue } from '../reading.ts';

/**
 * Clues up to the one that tells the region whatever other files state, see `regionInForce`: those behind it are not even
 * looked for.
 *
 * @param clues in their order, made as they are asked for
 */
export function decidingClues(clues: Iterable<RegionClue>): readonly RegionClue[] {
  const taken: RegionClue[] = [];
  let isOpen = true;
  for (const clue of clues) {
    taken.push(clue);
    const isCertain = clue.kind === 'untold' || !clue.isHint;
    if (!isCertain || !isOpen) continue;
    if (clue.kind === 'stated' && clue.regions.length > 0) return taken;
    isOpen = clue.kind === 'stated';
  }
  return taken;
}
