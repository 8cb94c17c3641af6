import { expect, test } from 'vitest';
import { heredocEnds } from '../../../src/code/tree/heredocEnds.ts';

const line = (word: string) => `^[ \\t]*${word}$`;

test('the next line of a word ends a heredoc', () => {
  const text = 'a\nEOF\nb\n  EOF\nE.F\nEXF\n';
  const end = heredocEnds(text, line);
  expect(end('EOF', 0)).toEqual({ start: 2, end: 5 });
  expect(end('EOF', 2)).toEqual({ start: 2, end: 5 });
  expect(end('EOF', 6)).toEqual({ start: 8, end: 13 });
  expect(end('EOF', 0)).toEqual({ start: 2, end: 5 });
  expect(end('EOF', 14)).toBeUndefined();
  expect(end('E.F', 0)).toEqual({ start: 14, end: 17 });
});

test('of too many words whose heredocs do not end, none is looked for', () => {
  const end = heredocEnds('EOF\n', line);
  for (let index = 0; index <= 40; index += 1) expect(end(`W${index}`, 0)).toBeUndefined();
  expect(end('EOF', 0)).toBeUndefined();
});

test('one word whose heredocs do not end counts once', () => {
  const end = heredocEnds('EOF\n', line);
  for (let index = 0; index < 100; index += 1) expect(end('W', index % 4)).toBeUndefined();
  expect(end('EOF', 0)).toEqual({ start: 0, end: 3 });
});
