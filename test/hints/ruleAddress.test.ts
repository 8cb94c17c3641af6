import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ruleTexts } from '../../src/check/ruleTexts.ts';
import type { Rule } from '../../src/hints/finding.ts';
import { ruleAddress } from '../../src/hints/ruleAddress.ts';

it('leads to the section that the README has for each rule', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const sections = Array.from(readme.matchAll(/^#+ (.+)$/gm), ([, title = '']) => title);
  for (const rule of Object.keys(ruleTexts) as Rule[]) {
    const { hash } = new URL(ruleAddress(rule));
    expect(sections).toContain(hash.slice(1));
  }
});
