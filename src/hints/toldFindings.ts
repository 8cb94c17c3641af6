import type { Finding, Rule } from './finding.ts';

/**
 * Of the findings of one reference those that neither a comment in the code nor the caller leaves out. A newer image is
 * told of where no other finding has it as its fix.
 */
export function toldFindings(findings: readonly Finding[], leftOut: readonly Rule[] = []): readonly Finding[] {
  const told = findings.filter(
    ({ reference: { ignored = [] }, rule }) => ignored !== 'all' && !ignored.includes(rule) && !leftOut.includes(rule),
  );
  const isReplaced = told.some(({ rule, fixes }) => rule !== 'newer-image' && fixes.length > 0);
  return isReplaced ? told.filter(({ rule }) => rule !== 'newer-image') : told;
}
