import { describe, expect, it } from 'vitest';
import { lowerCase, originalCase } from '../../src/catalog/letterCase.ts';

function split(text: string): { readonly small: string; readonly capitals: Uint8Array } {
  const { text: small, capitals } = lowerCase(Buffer.from(text));
  return { small: small.toString('utf8'), capitals };
}

const texts = [
  '',
  'ami-0abc',
  'A',
  'Windows_Server-2022-English-Full-Base-2026.11.11',
  `${'x'.repeat(255)}Y${'z'.repeat(254)}Q${'-'.repeat(700)}END`,
  'Ünïcode ÄÖÜß Straße İstanbul ΟΔΟΣ Ǆǅ ꭰ ſ K',
  '\u{1f680} Rocket \u{10400}\u{1d5d4} Z',
  '\u202eRTL Text',
];

describe('the letter case of a text', () => {
  it.each(texts)('comes back: %j', (text) => {
    const { small, capitals } = split(text);
    expect(originalCase(small, capitals)).toBe(text);
    for (let start = 0; start <= text.length; start += 1) {
      for (const end of [start, start + 1, start + 7, text.length]) {
        expect(originalCase(small, capitals, start, Math.min(end, text.length))).toBe(text.slice(start, end));
      }
    }
  });

  it('is taken out of what is searched', () => {
    expect(split('Amazon LINUX').small).toBe('amazon linux');
    expect(split('ÄÖÜ Straße ΔΟ').small).toBe('äöü straße δο');
  });

  it('takes a byte for a capital, and one for 255 characters without any', () => {
    expect(split('Amazon LINUX').capitals).toHaveLength(6);
    expect(split(`${'x'.repeat(1_000)}Y`).capitals).toHaveLength(4);
    expect(split('x'.repeat(1_000)).capitals).toHaveLength(0);
  });
});
