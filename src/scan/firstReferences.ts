import type { FileScan } from '../code/scanText.ts';

/** So many of each kind: who has more of them in one text has a list of images, which the extension host need not hold. */
export const maxReferences = 1_000;

const maxStatements = 5_000;

/** The first references of a scan, for a host that shows each of them and is held up by what it receives. */
export function firstReferences<S extends FileScan>(scan: S): S {
  return {
    ...scan,
    ids: scan.ids.slice(0, maxReferences),
    lookups: scan.lookups.slice(0, maxReferences),
    parameters: scan.parameters.slice(0, maxReferences),
    statements: scan.statements.slice(0, maxStatements),
  };
}
