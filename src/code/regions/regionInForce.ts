import type { RegionClue } from '../reading.ts';
import { type RegionInForce, unknownRegion } from '../reference.ts';
import type { ExplainName } from './explainedNames.ts';

/**
 * The region that a reference's clues tell. Behind one that is stated but not told only the path counts, then hints.
 *
 * @param path of the reference's file
 */
export function regionInForce(clues: readonly RegionClue[], path: string, explain: ExplainName): RegionInForce {
  let isUntold = false;
  for (const clue of clues) {
    if (clue.kind === 'untold') break;
    if (clue.isHint || (isUntold && clue.from !== 'path')) continue;
    const told = toldBy(clue, path, explain);
    if (told === 'untold') isUntold = true;
    else if (told) return { ...told, isGuess: false };
  }
  for (const clue of clues) {
    if (clue.kind === 'untold' || !clue.isHint) continue;
    const told = toldBy(clue, path, explain);
    if (told === 'untold') break;
    if (told) return { ...told, isGuess: true };
  }
  return unknownRegion;
}

function toldBy(
  clue: Exclude<RegionClue, { kind: 'untold' }>,
  path: string,
  explain: ExplainName,
): Omit<RegionInForce, 'isGuess'> | 'untold' | undefined {
  const { from } = clue;
  if (clue.kind === 'stated') {
    const { regions, span } = clue;
    return regions.length === 0 ? undefined : { regions, from, at: { path: undefined, span } };
  }
  const told = explain(clue.name);
  if (told === undefined || told === 'untold') return clue.preset ? toldBy(clue.preset, path, explain) : told;
  return { regions: told.regions, from, at: { path: told.path === path ? undefined : told.path, span: told.span } };
}
