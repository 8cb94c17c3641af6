import { once } from '../oncePer.ts';
import type { RegionStatement } from '../reading.ts';
import type { TextSpan } from '../textSpan.ts';

/** The statements of one file. */
export interface FileStatements {
  readonly path: string;
  readonly statements: readonly RegionStatement[];
}

export interface ExplainedName {
  readonly regions: readonly string[];
  /** The file that states them. */
  readonly path: string;
  readonly span: TextSpan;
}

/** Undefined where nothing states the name, `untold` where what is stated does not tell a region. */
export type ExplainName = (name: string) => ExplainedName | 'untold' | undefined;

/** Names that refer to names: an image's variable to its user, that to a provider, that to a variable. */
const maxSteps = 12;

interface Stated {
  readonly path: string;
  readonly statement: RegionStatement;
  /** The lower, the stronger. */
  readonly rank: number;
}

/** @param others the files of the folder and others that may state names, the closest first */
export function nameExplainer(own: FileStatements, others: readonly FileStatements[]): ExplainName {
  const byName = once(() => statedByName(own, others));
  const known = new Map<string, ReturnType<ExplainName>>();
  const explain = (name: string, step: number): ReturnType<ExplainName> => {
    if (known.has(name)) return known.get(name);
    const stated = byName().get(name);
    if (!stated || step > maxSteps) return undefined;
    // A name that refers to itself, by whatever way, tells nothing.
    known.set(name, 'untold');
    const result = joined(stated, (statement) => explainedBy(statement, (next) => explain(next, step + 1)));
    known.set(name, result);
    return result;
  };
  return (name) => explain(name, 0);
}

function statedByName(own: FileStatements, others: readonly FileStatements[]): ReadonlyMap<string, readonly Stated[]> {
  const byName = new Map<string, Stated[]>();
  for (const [index, { path, statements }] of [own, ...others].entries()) {
    for (const statement of statements) {
      const stated = byName.get(statement.name) ?? [];
      stated.push({ path, statement, rank: rankOf(statement, index === 0) });
      byName.set(statement.name, stated);
    }
  }
  return byName;
}

function rankOf({ strength }: RegionStatement, isOwn: boolean): number {
  if (strength === 'ownFile') return isOwn ? 0 : 4;
  if (strength === 'assigned') return 1;
  return isOwn ? 2 : 3;
}

function explainedBy({ path, statement }: Stated, explain: ExplainName): ExplainedName | undefined {
  const { regions, refersTo, span } = statement;
  if (regions.length > 0) return { regions, path, span };
  const told = refersTo === undefined ? undefined : explain(refersTo);
  return told === 'untold' ? undefined : told;
}

/** The strongest that tell; of those that are as strong, the ones of the closest folder, if they agree. */
function joined(
  stated: readonly Stated[],
  tell: (stated: Stated) => ExplainedName | undefined,
): ExplainedName | 'untold' {
  if (stated.some(({ statement }) => statement.isOneOfMany)) {
    const told = stated.flatMap((one) => tell(one) ?? []);
    const [first] = told;
    return first ? { ...first, regions: [...new Set(told.flatMap(({ regions }) => regions))] } : 'untold';
  }
  for (let rank = 0; rank <= 4; rank += 1) {
    const told = stated.filter((one) => one.rank === rank).flatMap((one) => tell(one) ?? []);
    const [first] = told;
    if (!first) continue;
    const close = told.filter(({ path }) => folderOf(path) === folderOf(first.path));
    return close.every(({ regions }) => regions.join() === first.regions.join()) ? first : 'untold';
  }
  return 'untold';
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
