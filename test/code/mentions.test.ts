import { describe, expect, it } from 'vitest';
import { findImageIds } from '../../src/code/imageIds.ts';
import { mayMention } from '../../src/code/mentions.ts';

describe('a text', () => {
  it.each([
    'ami-0a1b2c3d4e5f60718',
    'AMI-0A1B2C3D',
    // Malformed: a character that is no digit, and digits that are too few or too many.
    'ami-0g1b2c3d4e5f60718',
    'ami-o1b2c3d4e5f607182',
    'ami-0a1b2c3',
    'ami-0a1b2c3d4e',
  ])('with %s is read', (id) => {
    expect(findImageIds(`x ${id} y`)).toHaveLength(1);
    expect(mayMention(`x ${id} y`)).toBe(true);
  });

  it.each([
    'Get-EC2Image -Filter $filter',
    "Aws::EC2::Resource.new.images(filters: [{ name: 'name', values: ['web-*'] }])",
    "ec2.images({ filters: [{ name: 'name', values: ['web-*'] }] })",
    "AWS.ec2.images.filter('name', 'web-*')",
  ])('that looks images up without another word is read: %s', (text) => {
    expect(mayMention(text)).toBe(true);
  });

  it('of blanks alone behind a word takes no time of its own', () => {
    const start = process.cpuUsage();
    expect(mayMention(`images(${' '.repeat(100_000)}`)).toBe(false);
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
  });

  it.each(['ami-builder', 'import-ami-role', 'amiable'])('with nothing but %s is not', (word) => {
    expect(mayMention(`x ${word} y`)).toBe(false);
  });
});
