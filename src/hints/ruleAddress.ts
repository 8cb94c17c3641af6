import type { Rule } from './finding.ts';

/** Where it is said what a rule means and what to do: each has a section of its name in the README. */
export function ruleAddress(rule: Rule): string {
  return `https://github.com/ami-explorer/ami-explorer#${rule}`;
}
