import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { textScanFile, textScanSource } from '../../scripts/textScan.ts';
import { RowSet } from '../../src/catalog/search/rowSet.ts';
import { type LinePart, TextMemory } from '../../src/catalog/search/textMemory.ts';
import { hasWholeWord, hasWord, toSearchWord } from '../../src/core/searchWord.ts';
import { randomOf } from '../code/regionMaps/anyMap.ts';

it('searches with the module that its source makes', async () => {
  expect(await readFile(textScanFile, 'utf8')).toBe(await textScanSource());
});

/** Few letters, so that words are found, and what rules look at: digits, dots, letters beyond ASCII. */
const pieces = [
  'a',
  'b',
  'ab',
  'e',
  '1',
  '2',
  '9',
  '86',
  '64',
  '386',
  '2022',
  '20250101',
  '.',
  '-',
  ' ',
  '_',
  'ä',
  '日本',
  '🚀',
  'm',
];

const halfCharacter = /[\ud800-\udfff]/u;

type Line = readonly [id: string, name: string, description: string];

const textOf: Readonly<Record<LinePart, (line: Line) => string>> = {
  line: (line) => line.join('\0'),
  nameAndDescription: ([, name, description]) => `${name}\0${description}`,
  idAndName: ([id, name]) => `${id}\0${name}`,
  name: ([, name]) => name,
  id: ([id]) => id,
};

describe('texts in one memory', () => {
  it.each([1, 2, 3, 4])('have the words that they have in the obvious way, whatever they are (%i)', (seed) => {
    const random = randomOf(seed);
    const someText = (most: number) =>
      Array.from({ length: random.below(most) }, () => random.pick(...pieces)).join('');
    const lines = Array.from(
      { length: 700 },
      (_, row): Line => [`ami-${row.toString(16)}${someText(4)}`, someText(12), someText(60)],
    );
    const texts = new TextMemory();
    for (let start = 0; start < lines.length; start += 150) {
      const page = lines.slice(start, start + 150);
      texts.add(Buffer.from(page.map((line) => `${line.join('\0')}\n`).join('')), page.length);
    }
    expect(lines.map((_, row) => texts.text(row))).toEqual(lines.map((line) => line.join('\0')));
    expect(lines.map((_, row) => texts.id(row))).toEqual(lines.map(([id]) => id));
    for (let turn = 0; turn < 150; turn += 1) {
      const text = someText(4) || random.pick('a', '2', '\ud83d', 'ami-');
      const word = toSearchWord(text);
      const rows = RowSet.of(
        lines.length,
        [...lines.keys()].filter(() => random.below(5) > 0),
      );
      for (const part of Object.keys(textOf) as LinePart[]) {
        const rule = word.isShortNumber ? 'shortNumber' : 'anywhere';
        const found = texts.find(rows, text, rule, part);
        const whole = texts.find(rows, text, 'wholeWord', part);
        const has = (test: (line: string) => boolean) =>
          [...rows.rows()].filter((row) => !halfCharacter.test(text) && test(textOf[part](lines[row] ?? ['', '', ''])));
        expect([text, part, ...found.rows()]).toEqual([text, part, ...has((line) => hasWord(line, word))]);
        expect([text, part, ...whole.rows()]).toEqual([text, part, ...has((line) => hasWholeWord(line, word))]);
      }
    }
  });

  it('are refused where a line is missing', () => {
    expect(() => new TextMemory().add(Buffer.from('ami-1\0a\0\n'), 2)).toThrow(/damaged/);
  });

  it('find a word of any length', () => {
    const texts = new TextMemory();
    const long = 'é'.repeat(500);
    texts.add(Buffer.from(`ami-1\0\0${long}x\nami-2\0${long}\0\n`), 2);
    const all = RowSet.of(2, [0, 1]);
    expect([...texts.find(all, `${long}x`, 'anywhere', 'line').rows()]).toEqual([0]);
    expect([...texts.find(all, 'x'.repeat(5_000), 'anywhere', 'line').rows()]).toEqual([]);
  });
});
