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

  it.each(['ami-builder', 'import-ami-role', 'amiable'])('with nothing but %s is not', (word) => {
    expect(mayMention(`x ${word} y`)).toBe(false);
  });
});
