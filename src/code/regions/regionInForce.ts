import type { RegionClue, RegionStatement } from '../reading.ts';
import { type RegionInForce, unknownRegion } from '../reference.ts';

/** The statements of one file. */
export interface FileStatements {
  readonly path: string;
  readonly statements: readonly RegionStatement[];
}

/** Names that refer to names: a variable of a local of an input. */
const maxSteps = 8;

/**
 * The region that a reference's clues tell.
 *
 * @param own the file of the reference
 * @param others the files of its folder and others that may state what its names stand for, the closest first
 */
export function regionInForce(
  clues: readonly RegionClue[],
  own: FileStatements,
  others: readonly FileStatements[],
): RegionInForce {
  for (const clue of clues) {
    if (clue.kind === 'untold') break;
    if (clue.kind === 'stated') {
      if (clue.isHint || clue.regions.length === 0) continue;
      return { regions: clue.regions, isGuess: false, from: clue.from, at: { path: undefined, span: clue.span } };
    }
    const told = explained(clue.name, [own, ...others]);
    if (told === 'untold') break;
    if (told) {
      const path = told.path === own.path ? undefined : told.path;
      return { regions: told.regions, isGuess: false, from: clue.from, at: { path, span: told.span } };
    }
  }
  for (const clue of clues) {
    if (clue.kind === 'stated' && clue.isHint && clue.regions.length > 0) {
      return { regions: clue.regions, isGuess: true, from: clue.from, at: { path: undefined, span: clue.span } };
    }
  }
  return unknownRegion;
}

interface Told {
  readonly regions: readonly string[];
  readonly path: string;
  readonly span: RegionStatement['span'];
}

/** Undefined where nothing states the name, `untold` where what is stated does not tell a region. */
function explained(name: string, files: readonly FileStatements[]): Told | 'untold' | undefined {
  let wanted = name;
  let found: Told | 'untold' | undefined;
  for (let step = 0; step < maxSteps; step += 1) {
    const match = files
      .flatMap(({ path, statements }) => statements.map((statement) => ({ path, statement })))
      .find(({ statement }) => statement.name === wanted);
    if (!match) return found;
    const { path, statement } = match;
    if (statement.regions.length > 0) return { regions: statement.regions, path, span: statement.span };
    found = 'untold';
    if (statement.refersTo === undefined) return found;
    wanted = statement.refersTo;
  }
  return found;
}
