import type { Reference } from '../code/reference.ts';
import type { Finding } from './finding.ts';

/** What can be told of references without asking AWS, in their order. */
export function offlineFindings(references: readonly Reference[]): readonly Finding[] {
  return references.flatMap((reference): readonly Finding[] => {
    const { span } = reference;
    if (reference.kind === 'lookup' && reference.isUnsafe) {
      const by = reference.filters.map(({ name }) => name);
      return [{ rule: 'unsafe-lookup', by, reference, span, severity: 'warning', fixes: [] }];
    }
    return reference.kind === 'id' && reference.isMalformed
      ? [{ rule: 'malformed-id', reference, span, severity: 'error', fixes: [] }]
      : [];
  });
}
