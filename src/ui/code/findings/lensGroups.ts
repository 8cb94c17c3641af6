import type { Finding, Rule } from '../../../hints/finding.ts';

/** What has one line above it: a finding, or several that stand close to each other. */
export type LensGroup = readonly [Finding, ...Finding[]];

/** So many findings, close to each other, have one line above them all: one each would tear a map of regions apart. */
const minCount = 5;

/** In lines from one to the next: an entry of a map takes up to so many, a block of Terraform with an id more. */
const maxDistance = 4;

const grouped: ReadonlySet<Rule> = new Set(['not-found', 'deregistered', 'deprecated', 'newer-image', 'malformed-id']);

/** Of findings in their order, those that are worth a line, the first one of each reference. */
export function lensGroups(findings: readonly Finding[], lineOf: (finding: Finding) => number): readonly LensGroup[] {
  const worthALine = findings.filter(({ rule, severity }) => severity !== 'information' || rule === 'newer-image');
  const first = worthALine.filter(({ reference }, index) => worthALine[index - 1]?.reference !== reference);
  const runs: [Finding, ...Finding[]][] = [];
  let last: { readonly finding: Finding; readonly line: number } | undefined;
  for (const finding of first) {
    const line = lineOf(finding);
    const isNext = last && isGrouped(last.finding) && isGrouped(finding) && line - last.line <= maxDistance;
    if (isNext) runs.at(-1)?.push(finding);
    else runs.push([finding]);
    last = { finding, line };
  }
  return runs.flatMap((run): readonly LensGroup[] => (run.length < minCount ? run.map((finding) => [finding]) : [run]));
}

function isGrouped({ rule, reference }: Finding): boolean {
  return reference.kind === 'id' && grouped.has(rule);
}
