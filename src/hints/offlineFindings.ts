import type { Reference } from '../code/reference.ts';
import type { Finding } from './finding.ts';
import { malformedId } from './rules/malformedId.ts';
import { unsafeLookup } from './rules/unsafeLookup.ts';

/** What can be told of references without asking AWS, in their order. */
export function offlineFindings(references: readonly Reference[]): readonly Finding[] {
  return references.flatMap(findingsOf);
}

function findingsOf(reference: Reference): readonly Finding[] {
  switch (reference.kind) {
    case 'id':
      return malformedId(reference);
    case 'lookup':
      return unsafeLookup(reference);
    case 'parameter':
      return [];
  }
}
