import { isAscii } from 'node:buffer';
import { capitalPlaces, originalCase } from '../letterCase.ts';
import type { ShardKind } from '../store/shard.ts';
import type { TextMemory } from './textMemory.ts';

/** The rows of one segment in an index. */
export interface TextPart {
  /** The segment's id in the store. */
  readonly segment: number;
  readonly kind: ShardKind;
  /** When EC2 answered the page: milliseconds since 1970. */
  readonly seen: number;
  readonly firstRow: number;
  readonly count: number;
  readonly own: OwnTexts;
  /** False once the segment is deleted from the store. */
  alive: boolean;
}

/** For so many rows together it is kept where their capitals are. */
const rowsOfGroup = 16;

/** Restores the capitals of a segment's texts. */
export class OwnTexts {
  readonly #texts: TextMemory;
  readonly #firstRow: number;
  readonly #count: number;
  readonly #capitals: Uint8Array;
  /** The `capitalPlaces` of all groups, made when the first row is shown. */
  #groups: Int32Array | undefined;

  /** @param capitals the places of the capitals in the texts of all the rows, see `originalCase` */
  constructor(texts: TextMemory, firstRow: number, count: number, capitals: Uint8Array) {
    this.#texts = texts;
    this.#firstRow = firstRow;
    this.#count = count;
    this.#capitals = capitals;
  }

  /** The texts of a row in their original case. */
  line(row: number): string {
    const group = Math.floor((row - this.#firstRow) / rowsOfGroup);
    this.#groups ??= capitalPlaces(this.#capitals, this.#groupStarts());
    const first = { index: this.#groups[group * 2] ?? 0, at: this.#groups[group * 2 + 1] ?? 0 };
    const before = this.#text(this.#firstRow + group * rowsOfGroup, row);
    return originalCase(before + this.#texts.text(row), this.#capitals, before.length, undefined, first);
  }

  /** Where each group begins, in UTF-16 units from the beginning of the segment's text. */
  #groupStarts(): readonly number[] {
    const { bytes } = this.#texts;
    const begin = this.#texts.start(this.#firstRow);
    const isPlain = isAscii(bytes.subarray(begin, this.#texts.start(this.#firstRow + this.#count)));
    const starts: number[] = [];
    let start = 0;
    for (let place = 0; place < this.#count; place += rowsOfGroup) {
      const row = this.#firstRow + place;
      starts.push(isPlain ? this.#texts.start(row) - begin : start);
      start += isPlain ? 0 : this.#text(row, Math.min(row + rowsOfGroup, this.#firstRow + this.#count)).length;
    }
    return starts;
  }

  /** The lines from one row to another. */
  #text(from: number, to: number): string {
    return this.#texts.bytes.toString('utf8', this.#texts.start(from), this.#texts.start(to));
  }
}
