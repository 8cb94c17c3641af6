import { describe, expect, it } from 'vitest';
import { idQuery, maxFilterValues, serverNamePatterns } from '../../src/core/search.ts';
import { matchesWildcard } from '../../src/core/wildcard.ts';
import { hostileNames } from './hostile.ts';

const splitWords = (text: string) => text.split(/\s+/).filter((word) => word !== '');

function found(words: string, name: string): boolean {
  return serverNamePatterns(splitWords(words)).some((pattern) => matchesWildcard(pattern, name));
}

describe('serverNamePatterns', () => {
  it.each([
    ['ubuntu', 'ubuntu/images/x'],
    ['Ubuntu', 'ubuntu/images/x'],
    ['ubuntu', 'Ubuntu CUDA9'],
    ['ubuntu', 'MY-UBUNTU-BASE'],
    ['rhel', 'RHEL-9.8.0_HVM'],
    ['arm64 ubuntu 24.04', 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-1'],
    ['windows 2022 core', 'Windows_Server-2022-English-Core-Base-1'],
    ['CloudWatch agent', 'base-CloudWatch-Agent'],
    ['al2023 2023', 'al2023-ami'],
    ['a b', 'B-A'],
    ['100%*', 'x100%*x'],
  ])('finds %j in %j', (words, name) => {
    expect(found(words, name)).toBe(true);
  });

  it('takes wildcards for what they are', () => {
    expect(found('a*b', 'aXb')).toBe(false);
    expect(found('a?b', 'aXb')).toBe(false);
    expect(found('a\\b', 'a\\b')).toBe(true);
  });

  it('never gives more values than EC2 takes, and leaves the shortest words to the check', () => {
    const words = splitWords('windows server english full base core sql standard');
    const patterns = serverNamePatterns(words);
    expect(patterns.length).toBeLessThanOrEqual(maxFilterValues);
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.some((pattern) => matchesWildcard(pattern, 'Windows standard english'))).toBe(true);
    expect(patterns.some((pattern) => matchesWildcard(pattern, 'core sql'))).toBe(false);
  });

  it('asks for no values when there are no words', () => {
    expect(serverNamePatterns([])).toEqual([]);
  });

  it.each(hostileNames)('stays within the limit for %j', (text) => {
    const patterns = serverNamePatterns(splitWords(text));
    expect(patterns.length).toBeLessThanOrEqual(maxFilterValues);
    expect(new Set(patterns).size).toBe(patterns.length);
    for (const pattern of patterns) expect(pattern).not.toMatch(/^\**$/);
  });

  it.each(hostileNames.filter((name) => splitWords(name).length === 1))('finds the name %j by itself', (name) => {
    const [word = ''] = splitWords(name);
    expect(found(word, word)).toBe(true);
    expect(found(word.toLowerCase(), word.toUpperCase())).toBe(word.toLowerCase().toUpperCase() === word.toUpperCase());
  });
});

describe('idQuery', () => {
  it('knows a whole id', () => {
    expect(idQuery(['AMI-0123456789ABCDEF0'])).toEqual({
      id: 'ami-0123456789abcdef0',
      patterns: ['ami-0123456789abcdef0'],
    });
  });

  it('takes eight digits for an old id and for the beginning of a new one', () => {
    expect(idQuery(['ami-0123abcd'])).toEqual({ id: 'ami-0123abcd', patterns: ['ami-0123abcd*', 'ami-0123abcd'] });
  });

  it('takes fewer digits for a beginning', () => {
    expect(idQuery(['ubuntu', 'ami-0ab'])).toEqual({ id: undefined, patterns: ['ami-0ab*', 'ami-0ab'] });
  });

  it.each([
    ['ami-000001', ['ami-000001*', 'ami-000001']],
    ['emi-3F2A1B0C', ['emi-3f2a1b0c*', 'emi-3F2A1B0C*', 'emi-3F2A1B0C']],
    [
      'ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58',
      ['ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58*', 'ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58'],
    ],
  ])('asks for %s as the endpoint may have it, whole or as a beginning', (word, patterns) => {
    expect(idQuery([word])).toEqual({ id: undefined, patterns });
  });

  it.each([['ami-'], ['ami-0a'], ['ami-xyz1'], ['0123abcd'], ['al2023-ami-2023.9'], ['my-ami-0123abcd'], ['']])(
    'finds no id in %j',
    (word) => expect(idQuery([word])).toBeUndefined(),
  );
});
