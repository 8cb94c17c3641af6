import type { CatalogColumn } from '../../protocol/catalog.ts';
import { lineEnd, noSize, separator } from '../segment.ts';
import type { IndexColumn, RegionIndex } from './regionIndex.ts';

/** The key of rows without a value. */
const none = 0xffff_ffff;

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * All rows in the order of a column, smallest first, then the rows without a value, which come last in either
 * direction.
 */
export interface Order {
  readonly rows: Uint32Array;
  /** How many rows at the end have no value. */
  readonly without: number;
}

export function orderBy(index: RegionIndex, column: CatalogColumn): Order {
  switch (column) {
    case 'created':
      return byNumber(index, (row) => seconds(index.created.at(row)));
    case 'deprecated':
      return byNumber(index, (row) => seconds(index.deprecated.at(row)));
    case 'size':
      return byNumber(index, (row) => index.sizes[row] ?? noSize);
    case 'name':
      return byText(index, (line) => line.slice(line.indexOf(separator) + 1, line.lastIndexOf(separator)));
    case 'id':
      return byText(index, (line) => line.slice(0, line.indexOf(separator)));
    case 'publisher':
      return byPublisher(index);
    default:
      return byCode(index, column, (value) => (column === 'family' ? value.slice(value.indexOf(':') + 1) : value));
  }
}

/**
 * Rows with the most whole words first, then those of verified publishers. Otherwise in the order given.
 *
 * @param whole how many words each row of the index has whole
 */
export function bestFirst(index: RegionIndex, ordered: Uint32Array, whole: Uint8Array): Uint32Array {
  const publisher = index.codes.publisher.values;
  const verified = index.publishers.map((each) => Number(each?.verified ?? false));
  const places = new Map<number, number[]>();
  for (const row of ordered) {
    const rank = (whole[row] ?? 0) * 2 + (verified[publisher[row] ?? 0] ?? 0);
    const ofRank = places.get(rank);
    if (ofRank) {
      ofRank.push(row);
    } else {
      places.set(rank, [row]);
    }
  }
  return Uint32Array.from([...places.keys()].sort((a, b) => b - a).flatMap((rank) => places.get(rank) ?? []));
}

/** Seconds since 1970; earlier times count as 0. */
function seconds(time: number): number {
  return Number.isNaN(time) ? none : Math.max(0, Math.min(none - 1, Math.floor(time / 1_000)));
}

/** @param key 32 bits; `none` for rows without a value */
function byNumber({ count }: RegionIndex, key: (row: number) => number): Order {
  const keys = new Uint32Array(count);
  let without = 0;
  for (let row = 0; row < count; row += 1) {
    const value = key(row);
    keys[row] = value;
    without += Number(value === none);
  }
  return { rows: sortedRows(keys), without };
}

/** Bits of a key by which the rows are sorted at once. */
const digitBits = 11;
const digits = 1 << digitBits;

/** The rows by their keys, and by their numbers where keys are equal: a radix sort, from the lowest digit on. */
function sortedRows(keys: Uint32Array): Uint32Array {
  let rows = new Uint32Array(keys.length).map((_, row) => row);
  let sorted = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += digitBits) {
    const places = new Uint32Array(digits);
    for (let row = 0; row < keys.length; row += 1) {
      const digit = ((keys[row] ?? 0) >>> shift) & (digits - 1);
      places[digit] = (places[digit] ?? 0) + 1;
    }
    let start = 0;
    for (let digit = 0; digit < digits; digit += 1) {
      const count = places[digit] ?? 0;
      places[digit] = start;
      start += count;
    }
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] ?? 0;
      const digit = ((keys[row] ?? 0) >>> shift) & (digits - 1);
      const place = places[digit] ?? 0;
      sorted[place] = row;
      places[digit] = place + 1;
    }
    [rows, sorted] = [sorted, rows];
  }
  return rows;
}

function byCode(index: RegionIndex, column: IndexColumn & CatalogColumn, label: (value: string) => string): Order {
  if (column === 'publisher') {
    return byPublisher(index);
  }
  const ranks = ranksOf(index.dictionaries[column].values.map(label));
  const codes = index.codes[column].values;
  return byNumber(index, (row) => ranks[codes[row] ?? 0] ?? none);
}

/** Known publishers by name, then other owners by id. */
function byPublisher(index: RegionIndex): Order {
  const publishers = ranksOf(index.publishers.map((publisher) => publisher?.name ?? ''));
  const owners = ranksOf(index.dictionaries.ownerId.values);
  const publisher = index.codes.publisher.values;
  const ownerId = index.codes.ownerId.values;
  const known = index.publishers.length;
  return byNumber(index, (row) => {
    const owner = owners[ownerId[row] ?? 0];
    return publishers[publisher[row] ?? 0] ?? (owner === undefined ? none : known + owner);
  });
}

/** The place of each text among the sorted texts; undefined for the empty text. */
function ranksOf(texts: readonly string[]): readonly (number | undefined)[] {
  const sorted = texts.map((_, code) => code).sort((a, b) => collator.compare(texts[a] ?? '', texts[b] ?? ''));
  const ranks: (number | undefined)[] = new Array(texts.length);
  for (const [rank, code] of sorted.entries()) {
    ranks[code] = texts[code] === '' ? undefined : rank;
  }
  return ranks;
}

/** Texts of so many rows are decoded at once. */
const rowsAtOnce = 1_000;

function byText({ count, texts }: RegionIndex, text: (line: string) => string): Order {
  const keys: string[] = [];
  let without = 0;
  for (let first = 0; first < count; first += rowsAtOnce) {
    const lines = texts.text(first, Math.min(first + rowsAtOnce, count)).split(lineEnd);
    for (const [place, line] of lines.entries()) {
      const value = text(line);
      without += Number(value === '');
      // With the row behind the text, the built-in order serves: a comparison function would take most of the time.
      keys.push(`${value === '' ? '\uffff' : value}\0${(first + place).toString(36).padStart(5, '0')}`);
    }
  }
  keys.sort();
  return { rows: Uint32Array.from(keys, (key) => Number.parseInt(key.slice(-5), 36)), without };
}
