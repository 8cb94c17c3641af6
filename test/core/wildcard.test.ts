import { describe, expect, it } from 'vitest';
import { escapeWildcards, matchesEach, matchesWildcard, wildcardTest } from '../../src/core/wildcard.ts';
import { hostileNames } from './hostile.ts';

describe('matchesWildcard', () => {
  it.each([
    ['abc', 'abc', true],
    ['abc', 'ABC', false],
    ['abc', 'abcd', false],
    ['abcd', 'abc', false],
    ['a*', 'a', true],
    ['*', '', true],
    ['?', '', true],
    ['?', 'ab', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', true],
    ['a?c', 'abbc', false],
    ['a???', 'abc', true],
    ['a???', 'abcde', false],
    ['*?', '', true],
    ['?*b?', 'ab', true],
    ['*a?b*', 'xaxxaybz', true],
    ['*a?b*', 'xaxxayybz', false],
    ['a?', 'a\u{1f600}', true],
    ['a?', 'a\u{1f600}b', false],
    ['\\??', '?', true],
    ['\\??', 'x', false],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['*ab', 'aab', true],
    ['a*b*c', 'abbbcbc', true],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['a\\?c', 'a?c', true],
    ['a\\\\c', 'a\\c', true],
    ['a\\', 'a\\', true],
    ['debian-12-amd64-*', 'debian-12-amd64-20260101-1234', true],
    ['debian-12-amd64-*', 'debian-12-backports-amd64-20260101-1234', false],
  ])('%s finds %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
    expect(wildcardTest(pattern)(text)).toBe(expected);
  });

  it.each([
    ['debian-*', 'debian-12', true],
    ['debian-*', 'Debian-12', false],
    ['*Windows_Server-*', 'TPM-Windows_Server-2022', true],
    ['*Windows_Server-*', 'TPM-Windows-2022', false],
    ['amzn-ami-*-amazon-ecs-*', 'amzn-ami-2018.03.a-amazon-ecs-optimized', true],
    ['amzn-ami-*-amazon-ecs-*', 'amzn2-ami-2018.03.a-amazon-ecs-optimized', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
  ])('tests with %s whether it finds %s: %s', (pattern, text, expected) => {
    expect(wildcardTest(pattern)(text)).toBe(expected);
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  it('ends soon on patterns that make a backtracking matcher try every split', () => {
    expect(matchesWildcard('*a'.repeat(60), `${'a'.repeat(5000)}b`)).toBe(false);
    expect(matchesWildcard('*?a'.repeat(40), `${'a'.repeat(2000)}b`)).toBe(false);
    expect(matchesWildcard(`${'a?'.repeat(60)}c`, `${'a'.repeat(120)}b`)).toBe(false);
  });
});

describe('matchesEach', () => {
  it.each([
    ['?', '', false],
    ['a?c', 'ac', false],
    ['a?c', 'abc', true],
    ['a?c', 'abbc', false],
    ['web-??', 'web-42', true],
    ['web-??', 'web-4', false],
    ['*-??', 'web-canary-17', true],
    ['a\\?c', 'abc', false],
    ['a\\?c', 'a?c', true],
  ])('%s finds %s: %s', (pattern, text, expected) => {
    expect(matchesEach(pattern, text)).toBe(expected);
  });

  it('finds nothing that the other reading of `?` does not find', () => {
    for (const pattern of ['a*b', 'w?b-*', '*?*', 'x\\*y?', 'web-??']) {
      for (const text of ['ab', 'axxb', 'web-1', 'x*y1', '', 'web-12', 'webb']) {
        if (matchesEach(pattern, text)) expect(matchesWildcard(pattern, text), `${pattern} ${text}`).toBe(true);
      }
    }
  });
});

describe('escapeWildcards', () => {
  it.each(hostileNames)('finds exactly the text %j', (name) => {
    const pattern = escapeWildcards(name);
    expect(matchesWildcard(pattern, name)).toBe(true);
    expect(matchesWildcard(pattern, `${name}x`)).toBe(false);
    expect(matchesWildcard(pattern, `x${name}`)).toBe(false);
  });
});
