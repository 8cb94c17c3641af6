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
  return references.sort((a, b) => a.span.start - b.span.start);
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
