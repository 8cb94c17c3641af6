import type { IgnoredRules } from './ignoredRules.ts';
import type { RegionClue } from './reading.ts';
import type { IdReference, Reference, RegionInForce } from './reference.ts';
import { type FileStatements, nameExplainer } from './regions/explainedNames.ts';
import { regionInForce } from './regions/regionInForce.ts';
import type { FileScan } from './scanText.ts';

/**
 * The references of a file, in their order.
 *
 * @param sisters what the files state that may tell its regions, see `sisters.ts`, the closest first
 */
export function referencesOf(scan: FileScan, sisters: readonly FileStatements[]): readonly Reference[] {
  const explain = nameExplainer(scan, sisters);
  const region = (clues: readonly RegionClue[]): RegionInForce => regionInForce(clues, scan.path, explain);
  const references: Reference[] = [
    ...withSameIds(
      scan.ids.map(({ found, clues, instanceType }) => ({
        kind: 'id' as const,
        ...found,
        instanceType,
        region: region(clues),
      })),
    ),
    ...scan.lookups.map(({ clues, ...lookup }) => ({ ...lookup, region: region(clues) })),
    ...scan.parameters.map(({ clues, ...parameter }) => ({ ...parameter, region: region(clues) })),
  ];
  references.sort((a, b) => a.span.start - b.span.start);
  return scan.ignored.length > 0 ? withIgnored(references, scan.ignored) : references;
}

/** Both are sorted. */
function withIgnored(references: readonly Reference[], ignored: readonly IgnoredRules[]): readonly Reference[] {
  let next = 0;
  return references.map((reference) => {
    const { start } = reference.span;
    while ((ignored[next]?.span.end ?? start) < start) next += 1;
    const line = ignored[next];
    return line && line.span.start <= start ? { ...reference, ignored: line.rules } : reference;
  });
}

/** Whether statements of other files may tell the region of one of the file's references. */
export function asksOthers({ ids, lookups, parameters }: FileScan): boolean {
  return [...ids, ...lookups, ...parameters].some(({ clues }) => clues.some(({ kind }) => kind === 'named'));
}

/** An image is in one region: where nothing else tells, the one of the same id elsewhere in the file is likely. */
function withSameIds(ids: readonly IdReference[]): readonly IdReference[] {
  const told = new Map<string, RegionInForce | undefined>();
  for (const { value, region, isPlaceholder } of ids) {
    if (region.regions.length !== 1 || region.isGuess || isPlaceholder) continue;
    const isOther = told.has(value) && told.get(value)?.regions[0] !== region.regions[0];
    told.set(value, isOther ? undefined : region);
  }
  return ids.map((id) => {
    const same = id.region.regions.length === 0 ? told.get(id.value) : undefined;
    return same ? { ...id, region: { ...same, isGuess: true } } : id;
  });
}
