import type { RegionClue } from './reading.ts';
import type { Reference, RegionInForce } from './reference.ts';
import { nameExplainer } from './regions/explainedNames.ts';
import { regionInForce } from './regions/regionInForce.ts';
import type { FileScan } from './scanText.ts';

/**
 * The references of a file, in their order.
 *
 * @param sisters scans of the files that may state its regions, see `sisters.ts`, the closest first
 */
export function referencesOf(scan: FileScan, sisters: readonly FileScan[]): readonly Reference[] {
  const explain = nameExplainer(scan, sisters);
  const region = (clues: readonly RegionClue[]): RegionInForce => regionInForce(clues, scan.path, explain);
  const references: Reference[] = [
    ...scan.ids.map(({ found, clues, instanceType }) => ({
      kind: 'id' as const,
      ...found,
      instanceType,
      region: region(clues),
    })),
    ...scan.lookups.map(({ clues, ...lookup }) => ({ ...lookup, region: region(clues) })),
    ...scan.parameters.map(({ clues, ...parameter }) => ({ ...parameter, region: region(clues) })),
  ];
  return references.sort((a, b) => a.span.start - b.span.start);
}
