import { expect, it } from 'vitest';
import { type CursorPlace, isSamePlace } from '../../../src/ui/code/completion/cursorPlace.ts';

/** Where `|` is, in a text of one line or several. */
function at(marked: string): CursorPlace {
  const offset = marked.indexOf('|');
  const start = marked.lastIndexOf('\n', offset) + 1;
  const [line = ''] = marked.slice(start).split('\n');
  const [before = '', after = ''] = line.split('|');
  return { offset, before, after };
}

it.each([
  ['nothing has changed', 'a = 1\nami = "|"', 'a = 1\nami = "|"', 0, true],
  ['more was typed at the cursor', 'ami = "|"', 'ami = "|ami-0"', 0, true],
  ['something below has changed', 'ami = "|"\nb', 'ami = "|"\nbbb', 0, true],
  ['the text above is longer', 'a = 1\nami = "|"', 'a = 10\nami = "|"', 0, false],
  ['a line was put above one of the same text', 'ami = "|"', '\nami = "|"', 0, false],
  ['the line begins otherwise', 'ami = "|"', 'amj = "|"', 0, false],
  ['what is behind the cursor has changed', 'ami = "|"', 'ami = "|\'', 0, false],
  ['the end of the id that is replaced has gone', 'ami = "ami-0|123"', 'ami = "ami-0|"', 3, false],
  ['the id that is replaced has become longer', 'ami = "ami-0|123"', 'ami = "ami-0|9123"', 3, false],
  ['the id that is replaced is the same', 'ami = "ami-0|123"', 'ami = "ami-0|123"', 3, true],
])('tells whether a place is the same where %s', (_, then, now, replaced, expected) => {
  expect(isSamePlace(at(then), at(now), replaced)).toBe(expected);
});
