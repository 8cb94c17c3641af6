import { describe, expect, it } from 'vitest';
import { escapeWildcards, matchesWildcard, wildcardTest } from '../../src/core/wildcard.ts';
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

describe('escapeWildcards', () => {
  it.each(hostileNames)('finds exactly the text %j', (name) => {
    const pattern = escapeWildcards(name);
    expect(matchesWildcard(pattern, name)).toBe(true);
    expect(matchesWildcard(pattern, `${name}x`)).toBe(false);
    expect(matchesWildcard(pattern, `x${name}`)).toBe(false);
  });
});
