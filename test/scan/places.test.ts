import { expect, it } from 'vitest';
import { Places } from '../../src/scan/places.ts';

it('lines end as an editor ends them, with \\n, \\r\\n or \\r', () => {
  const text = 'a\r\rb\nc\r\nd\r\n\re\n\n';
  const places = new Places(text);
  const found = ['a', 'b', 'c', 'd', 'e'].map((letter) => places.of(text.indexOf(letter)).line);
  expect(found).toEqual([0, 2, 3, 4, 6]);
  expect(places.of(text.length)).toEqual({ line: 8, character: 0 });
  expect(places.lineAround(text.indexOf('c'), 10)).toBe('c');
});

it('of a long line the part around is told', () => {
  const text = `x\n${'-'.repeat(50)}here${'-'.repeat(50)}`;
  expect(new Places(text).lineAround(text.indexOf('here'), 10)).toBe('-----here-');
});
