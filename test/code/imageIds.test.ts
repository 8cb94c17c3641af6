// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are those of other languages
import { describe, expect, it } from 'vitest';
import { findImageIds } from '../../src/code/imageIds.ts';

const found = (text: string) =>
  findImageIds(text).map(({ value, isMalformed, isPlaceholder }) =>
    [value, isMalformed ? 'malformed' : '', isPlaceholder ? 'placeholder' : ''].filter(Boolean).join(' '),
  );

describe('ids in texts', () => {
  it.each([
    ['"ami-095ffa7a"', 'ami-095ffa7a'],
    ['\\"ami-095ffa7a\\"', 'ami-095ffa7a'],
    ['AMI-095FFA7A2ADA3D9CA', 'ami-095ffa7a2ada3d9ca'],
    ['image_id=ami-095ffa7a&x', 'ami-095ffa7a'],
    ['https://x/#launchAmi=ami-095ffa7a2ada3d9ca', 'ami-095ffa7a2ada3d9ca'],
    ['#ami-095ffa7a', 'ami-095ffa7a'],
    ['arn:aws:ec2:us-east-1::image/ami-095ffa7a', 'ami-095ffa7a'],
    ['/ami-095ffa7a/', 'ami-095ffa7a'],
    ['Use ami-095ffa7a.', 'ami-095ffa7a'],
    ['**ami-095ffa7a**', 'ami-095ffa7a'],
    ['_ami-095ffa7a_', 'ami-095ffa7a'],
    ['__ami-095ffa7a__,', 'ami-095ffa7a'],
    ['<td>ami-095ffa7a</td>', 'ami-095ffa7a'],
    ['${AMI:-ami-095ffa7a}', 'ami-095ffa7a'],
    ['"us-east-1:\\nami-095ffa7a\\n"', 'ami-095ffa7a'],
    ['x%3Dami-095ffa7a%26', 'ami-095ffa7a'],
    ['\u001b[32mami-095ffa7a\u001b[0m', 'ami-095ffa7a'],
    ['AMI는 ami-095ffa7a를 씁니다', 'ami-095ffa7a'],
    ['イメージami-095ffa7aを使う', 'ami-095ffa7a'],
    ['ami-095ffa7a - Ubuntu', 'ami-095ffa7a'],
    ['ami-095ffa7a-', 'ami-095ffa7a'],
  ])('%s has one', (text, id) => {
    expect(found(text)).toEqual([id]);
  });

  it.each([
    'import-ami-0c207d759080a3dff',
    'my_ami-095ffa7a',
    'ami-095ffa7a_version',
    'ami-095ffa7a-kernel',
    'ami-095ffa7a.bin',
    'x.ami-095ffa7a',
    'xami-095ffa7a',
    'ami-095ffa7aé',
    'ami-095ffa7a2ada3d9ca095ffa7a2ada3d9ca',
    'amzn-ami-2018.03.0',
    'amzn2-ami-hvm-2.0.20230101.0-x86_64-gp2',
    'ami-natinstance',
    'ami-%08x',
    'ami-xxxxxxxx',
    'ami-[0-9a-f]{8}',
    'ami-${var.id}',
    'ami-facade1',
    'ami-feed123',
    'ami-build12',
    'ami%2D095ffa7a',
    'ami_095ffa7a',
    'ami-095f',
  ])('%s has none', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['ami-095ffa7a2', 'nine digits'],
    ['ami-095ffa7a2ada3d9c', 'sixteen digits'],
    ['ami-095ffa7a2ada3d9ca1', 'eighteen digits'],
    ['ami-0b301ce3ce3475r4f', 'another letter among seventeen'],
    ['ami-095ff7a', 'seven digits'],
  ])('%s is meant as one: %s', (text) => {
    expect(found(text)).toEqual([`${text} malformed`]);
  });

  it.each([
    'ami-12345678',
    'ami-87654321',
    'ami-00000000',
    'ami-1a2b3c4d',
    'ami-abcd1234',
    'ami-0123456789abcdef0',
    'ami-0abcdef1234567890',
    'ami-01234567890123456',
    'ami-00000000000000001',
    'ami-deadbeef',
    'ami-abababab',
    'ami-0abcabcabcabcabca',
    'ami-0a1b2c3d4e5f00000',
    'ami-0a1b2c3d4abababab',
  ])('%s is an example', (text) => {
    expect(found(text)).toEqual([`${text} placeholder`]);
  });

  it.each([
    'ami-79fd7eee',
    'ami-0a9ea43f5b2694eee',
    'ami-0a9ea43f5b269aaaa',
    'ami-5bf4a222',
    'ami-0b5442d3714e8e222',
    'ami-bfbfd4be',
    'ami-06b94666',
    'ami-a13aeccc',
  ])('%s is none, for all its repeated digits', (text) => {
    expect(found(text)).toEqual([text]);
  });

  it.each(['ami-abcdef123', 'ami-0abc123', 'ami-0123456789abcdefg', 'ami-1234567'])(
    'says nothing of %s, an example that was written in a hurry',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it('takes time in proportion to a text of nothing but beginnings', () => {
    const text = 'ami-0ami-'.repeat(300_000);
    const started = performance.now();
    expect(findImageIds(text)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
