import type { Numbers } from './columns.ts';

/** Rows that an index has, one bit each: the bit `row % 32` of the word `row / 32`. */
export class RowSet {
  readonly words: Uint32Array;

  constructor(words: Uint32Array) {
    this.words = words;
  }

  /** @param count rows of the index */
  static none(count: number): RowSet {
    return new RowSet(new Uint32Array(wordsFor(count)));
  }

  static of(count: number, rows: Iterable<number>): RowSet {
    const set = RowSet.none(count);
    for (const row of rows) {
      set.add(row);
    }
    return set;
  }

  /** A set without rows, for the same index. */
  none(): RowSet {
    return new RowSet(new Uint32Array(this.words.length));
  }

  copy(): RowSet {
    return new RowSet(this.words.slice());
  }

  has(row: number): boolean {
    return (((this.words[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  }

  add(row: number): void {
    this.words[row >>> 5] = (this.words[row >>> 5] ?? 0) | (1 << (row & 31));
  }

  delete(row: number): void {
    this.words[row >>> 5] = (this.words[row >>> 5] ?? 0) & ~(1 << (row & 31));
  }

  /** Keeps the rows that both sets have. */
  keep({ words }: RowSet): this {
    for (let place = 0; place < this.words.length; place += 1) {
      this.words[place] = (this.words[place] ?? 0) & (words[place] ?? 0);
    }
    return this;
  }

  /** Takes the rows of the other set away. */
  remove({ words }: RowSet): this {
    for (let place = 0; place < this.words.length; place += 1) {
      this.words[place] = (this.words[place] ?? 0) & ~(words[place] ?? 0);
    }
    return this;
  }

  join({ words }: RowSet): this {
    for (let place = 0; place < this.words.length; place += 1) {
      this.words[place] = (this.words[place] ?? 0) | (words[place] ?? 0);
    }
    return this;
  }

  /** How many rows it has. */
  count(): number {
    let count = 0;
    for (let place = 0; place < this.words.length; place += 1) {
      count += bitsOf(this.words[place] ?? 0);
    }
    return count;
  }

  /** How many rows one of two sets has and the other has not. */
  distance({ words }: RowSet): number {
    let count = 0;
    for (let place = 0; place < this.words.length; place += 1) {
      count += bitsOf((this.words[place] ?? 0) ^ (words[place] ?? 0));
    }
    return count;
  }

  /** In ascending order. */
  rows(): Uint32Array {
    const rows = new Uint32Array(this.count());
    let at = 0;
    for (let place = 0; place < this.words.length; place += 1) {
      for (let word = this.words[place] ?? 0; word !== 0; word &= word - 1) {
        rows[at] = place * 32 + lowestBit(word);
        at += 1;
      }
    }
    return rows;
  }

  /** The rows whose number is a wanted one. `wanted`: 1 for each number that is. */
  where(numbers: Numbers, wanted: Uint8Array): RowSet {
    const found = new Uint32Array(this.words.length);
    for (let place = 0; place < found.length; place += 1) {
      const own = this.words[place] ?? 0;
      if (own !== 0) {
        let word = 0;
        for (let bit = 0; bit < 32; bit += 1) {
          word |= (wanted[numbers[place * 32 + bit] ?? 0] ?? 0) << bit;
        }
        found[place] = word & own;
      }
    }
    return new RowSet(found);
  }

  /** The rows that pass a test. */
  filter(test: (row: number) => boolean): RowSet {
    const found = this.none();
    for (const row of this.rows()) {
      if (test(row)) {
        found.add(row);
      }
    }
    return found;
  }
}

export function wordsFor(count: number): number {
  return Math.ceil(count / 32);
}

/** The place of the lowest bit that is 1. */
function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** How many bits of a word are 1. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
