import { describe, expect, it } from 'vitest';
import { isImageId, isInstanceId, isResourceId } from '../../src/core/imageId.ts';

describe('isImageId', () => {
  it.each(['ami-0123abcd', 'ami-0123456789abcdef0'])('takes %s', (id) => expect(isImageId(id)).toBe(true));

  it.each([
    '',
    'ami-',
    'ami-0123abc',
    'ami-0123abcde',
    'ami-0123456789abcdef01',
    'AMI-0123abcd',
    'ami-0123ABCD',
    'ami-0123abcg',
    ' ami-0123abcd',
    'ami-0123abcd\n',
    'i-0123abcd',
  ])('refuses %j', (id) => expect(isImageId(id)).toBe(false));
});

describe('isResourceId', () => {
  it.each([
    'ami-0123456789abcdef0',
    'ami-000001',
    'ami-4fd0b6a3e04e4c8faadd8d1b3a7a7b58',
    'emi-3F2A1B0C',
    'i-000001',
    'snap-00000001',
    '7f3e0a52-6c1d-4a0e-9b57-2d1f0c8e4b11',
  ])('takes %s', (id) => expect(isResourceId(id)).toBe(true));

  it.each([
    '',
    'ami',
    'ami-',
    '-ami',
    'ami--1',
    'ami-1 2',
    'ami-1\n',
    'ami-`id`',
    'ami-$(id)',
    'ami-1;rm',
    'ami-<b>',
    'ami-../..',
    'ami-\u202e1',
    `ami-${'1'.repeat(125)}`,
  ])('refuses %j', (id) => expect(isResourceId(id)).toBe(false));

  it('reads a long text at once', () => {
    expect(isResourceId('a'.repeat(1_000_000))).toBe(false);
  });
});

describe('isInstanceId', () => {
  it('takes both lengths and no other resource', () => {
    expect(isInstanceId('i-0123abcd')).toBe(true);
    expect(isInstanceId('i-0123456789abcdef0')).toBe(true);
    expect(isInstanceId('ami-0123abcd')).toBe(false);
    expect(isInstanceId('i-0123abcd0')).toBe(false);
  });
});
