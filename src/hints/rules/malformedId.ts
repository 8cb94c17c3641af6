import type { IdReference } from '../../code/reference.ts';
import type { Finding } from '../finding.ts';

export function malformedId(reference: IdReference): readonly Finding[] {
  return reference.isMalformed
    ? [{ rule: 'malformed-id', reference, span: reference.span, severity: 'error', fixes: [] }]
    : [];
}
