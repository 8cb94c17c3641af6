import { Buffer } from 'node:buffer';
import { lineEnd, separator } from '../segment.ts';
import { RowSet, wordsFor } from './rowSet.ts';
import { type ScannedMemory, startTextScan, type TextScan } from './textScan.ts';

/** How a word is found, by its number in `textScan.wat`; see src/core/searchWord.ts. */
const rules = { anywhere: 0, shortNumber: 1, wholeWord: 2 } as const;

/** The parts of a line in which a word can be searched: with the id or without, and where they end (`until` in `textScan.wat`). */
const parts = {
  line: { withId: 1, until: 0 },
  nameAndDescription: { withId: 0, until: 0 },
  idAndName: { withId: 1, until: 1 },
  name: { withId: 0, until: 1 },
  id: { withId: 1, until: 2 },
} as const;

export type FindRule = keyof typeof rules;
export type LinePart = keyof typeof parts;

/** The most rows. Room for their places is set aside, of which the system gives memory only for what is used. */
export const maxRows = 1 << 21;

/** The word stands at the beginning. What is typed is cut off at 1,000 units of UTF-16, of three bytes each at most. */
const wordRoom = 4_096;
const marksAt = wordRoom;
const startsAt = marksAt + maxRows / 8;
const textsAt = startsAt + 4 * (maxRows + 1) + 64;

/** Read beyond the last line, since 16 bytes are looked at together, twice. */
const spare = 64;

const pageSize = 65_536;

/** The memory grows by so much: a larger step would be empty for the most part. */
const growth = 16 * pageSize;

/** Bytes of the first texts by which it is known how often each byte stands in them. */
const sample = 65_536;

const separatorByte = separator.charCodeAt(0);

/**
 * The texts of all rows, `id NUL name NUL description LF` each, in lower case: UTF-8 in one memory, in which WebAssembly
 * finds words.
 */
export class TextMemory {
  readonly #memory: ScannedMemory;
  readonly #scan: TextScan;
  #bytes: Buffer;
  /** Where each row begins, and where the last one ends. */
  #starts: Uint32Array;
  #marks: Uint32Array;
  #count = 0;
  /** How often each byte stands in a sample of the texts. */
  readonly #frequencies = new Uint32Array(256);
  /** Bytes of that sample. */
  #sampled = 0;

  constructor() {
    const { memory, scan } = startTextScan(Math.ceil((textsAt + spare) / pageSize));
    this.#memory = memory;
    this.#scan = scan;
    this.#bytes = Buffer.from(memory.buffer);
    this.#starts = new Uint32Array(memory.buffer, startsAt, maxRows + 1);
    this.#marks = new Uint32Array(memory.buffer, marksAt, wordsFor(maxRows));
    this.#bytes[textsAt - 1] = lineEnd.charCodeAt(0);
    this.#starts[0] = textsAt;
  }

  /** The UTF-8 of all rows, each at its place. Another buffer after rows were added. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Where a row begins in `bytes`; where the last one ends for the row after it. */
  start(row: number): number {
    return this.#starts[row] ?? 0;
  }

  /**
   * Adds the rows of a segment.
   *
   * @throws RangeError if there are more rows than can be numbered
   */
  add(text: Uint8Array, count: number): void {
    if (this.#count + count > maxRows) {
      throw new RangeError(`More than ${maxRows} images cannot be searched.`);
    }
    const start = this.start(this.#count);
    const end = start + text.length;
    this.#reserve(end + spare);
    this.#bytes.set(text, start);
    const lines = this.#scan.lines(start, end, startsAt + 4 * (this.#count + 1));
    if (lines !== count || this.start(this.#count + count) !== end) {
      throw new Error('A part of the catalog is damaged: it has another number of texts than of images.');
    }
    this.#count += count;
    if (this.#sampled < sample) {
      this.#countBytes(text.subarray(0, sample - this.#sampled));
    }
  }

  /** The texts of rows that follow each other, without the last line's end. */
  text(from: number, to = from + 1): string {
    return this.#bytes.toString('utf8', this.start(from), this.start(to) - 1);
  }

  /** The id of a row's image, in lower case. */
  id(row: number): string {
    const start = this.start(row);
    return this.#bytes.toString('utf8', start, this.#bytes.indexOf(separatorByte, start));
  }

  /** Those of the rows that have the word. */
  find(rows: RowSet, word: string, rule: FindRule, part: LinePart): RowSet {
    const length = this.#bytes.write(word, 0, wordRoom);
    if (length === 0 || this.#bytes.toString('utf8', 0, length) !== word) {
      // Half a character, which no text has.
      return rows.none();
    }
    const { words } = rows;
    this.#marks.set(words);
    const [first, second] = this.#rarestBytes(length);
    const { withId, until } = parts[part];
    this.#scan.mark(startsAt, marksAt, words.length, length, rules[rule], withId, until, first, second);
    return new RowSet(this.#marks.slice(0, words.length));
  }

  /** The places of the two bytes of the word that the texts have least: they tell most places from the word's. */
  #rarestBytes(length: number): readonly [number, number] {
    let first = 0;
    let second = length - 1;
    const frequency = (place: number) => this.#frequencies[this.#bytes[place] ?? 0] ?? 0;
    if (frequency(second) < frequency(first)) {
      [first, second] = [second, first];
    }
    for (let place = 1; place < length - 1; place += 1) {
      if (frequency(place) < frequency(first)) {
        second = first;
        first = place;
      } else if (frequency(place) < frequency(second)) {
        second = place;
      }
    }
    return [first, second];
  }

  #countBytes(text: Uint8Array): void {
    for (let at = 0; at < text.length; at += 1) {
      const byte = text[at] ?? 0;
      this.#frequencies[byte] = (this.#frequencies[byte] ?? 0) + 1;
    }
    this.#sampled += text.length;
  }

  #reserve(size: number): void {
    const missing = size - this.#bytes.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(Math.max(missing, growth) / pageSize));
      const { buffer } = this.#memory;
      this.#bytes = Buffer.from(buffer);
      this.#starts = new Uint32Array(buffer, startsAt, maxRows + 1);
      this.#marks = new Uint32Array(buffer, marksAt, wordsFor(maxRows));
    }
  }
}
