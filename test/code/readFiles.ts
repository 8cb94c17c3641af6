import { readerLoader } from '../../src/code/loadReaders.ts';
import type { LookupReference, Reference } from '../../src/code/reference.ts';
import { referencesOf } from '../../src/code/references.ts';
import { scanText } from '../../src/code/scanText.ts';

/** A reader that fails is a fault, though the ids of its text are told all the same. */
const load = readerLoader((error) => {
  throw error;
});

/** The references of a file, with what the files beside it state. */
export async function referencesIn(
  path: string,
  text: string,
  sisters: Readonly<Record<string, string>> = {},
): Promise<readonly Reference[]> {
  const scans = Object.entries(sisters).map(([sister, inner]) => scanText({ path: sister, text: inner }, load));
  return referencesOf(await scanText({ path, text }, load), await Promise.all(scans));
}

/** Ids and parameters with their regions: `ami-… us-east-1 (mapKey)`, with `?` for a guess, `-` where nothing tells. */
export async function placesIn(...file: Parameters<typeof referencesIn>): Promise<readonly string[]> {
  const references = await referencesIn(...file);
  return references.flatMap(({ kind, value, region: { regions, from, isGuess } }) =>
    kind === 'lookup' ? [] : [`${value} ${regions.join('+') || '-'}${from ? ` (${from}${isGuess ? '?' : ''})` : ''}`],
  );
}

export async function lookupsIn(...file: Parameters<typeof referencesIn>): Promise<readonly LookupReference[]> {
  const references = await referencesIn(...file);
  return references.flatMap((reference) => (reference.kind === 'lookup' ? [reference] : []));
}
