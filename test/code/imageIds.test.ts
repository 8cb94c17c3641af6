import { expect, it } from 'vitest';
import { findImageIds } from '../../src/code/imageIds.ts';

it.each([
  ['ami-12345678', true],
  ['ami-0123456789abcdef0', true],
  ['ami-00000000000000000', true],
  ['ami-0abcabcabcabcabca', true],
  ['ami-0a1b2c3d4e5f00000', true],
  ['ami-0a1b2c3d4abababab', true],
  // Real ids end so, one of 256 of them.
  ['ami-0a9ea43f5b2694eee', false],
  ['ami-0a9ea43f5b269aaaa', false],
  ['ami-5bf4a222', false],
])('%s is a placeholder: %s', (text, isPlaceholder) => {
  expect(findImageIds(`ami = "${text}"`)).toMatchObject([{ value: text, isPlaceholder, isMalformed: false }]);
});
