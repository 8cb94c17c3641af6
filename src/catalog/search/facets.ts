import type { Facet, FacetId, FacetValue } from '../../protocol/catalog.ts';
import { day } from '../day.ts';
import type { RegionIndex } from './regionIndex.ts';

/** How many values of a facet are shown; the search box finds the others. */
const shownValues = 30;

/** The same as in src/core/lifecycle.ts. */
const soonDays = 30;

export type FacetSelection = Readonly<Partial<Record<FacetId, readonly string[]>>>;

/** One facet of an index: each row's value as a number, and the key and label of each number. */
interface FacetColumn {
  readonly id: FacetId;
  /** By row. */
  readonly codes: Uint32Array | Uint16Array;
  /** How many numbers there are. */
  readonly size: number;
  readonly keyOf: (code: number) => string;
  readonly labelOf: (code: number) => string;
  readonly verifiedOf?: (code: number) => boolean;
}

const deprecations = ['never', 'later', 'soon', 'deprecated'];

const firstYear = 1970;
const years = 1_000;

/**
 * The facets of an index, computed for each of its versions, and anew each hour since deprecation depends on the time.
 */
export class FacetColumns {
  readonly #index: RegionIndex;
  #columns: readonly FacetColumn[] = [];
  /** How many of all images have each value, by facet. */
  #counts: readonly Uint32Array[] = [];
  #key = '';

  constructor(index: RegionIndex) {
    this.#index = index;
  }

  get(now: number): readonly FacetColumn[] {
    const key = `${this.#index.version} ${Math.floor(now / 3_600_000)}`;
    if (key !== this.#key) {
      this.#columns = facetColumns(this.#index, now);
      const all = listOf(this.#index.alive.subarray(0, this.#index.count));
      this.#counts = this.#columns.map((column) => counted(column, all));
      this.#key = key;
    }
    return this.#columns;
  }

  /**
   * How many of the rows have each value, by facet. `marked` has 1 for each of the rows, `list` has their numbers. If
   * they are more than half of all rows, the other rows are subtracted from the counts of all.
   */
  counts(now: number, marked: Uint8Array, list: Uint32Array): readonly Uint32Array[] {
    const columns = this.get(now);
    const { alive, aliveCount } = this.#index;
    if (list.length <= aliveCount / 2) {
      return columns.map((column) => counted(column, list));
    }
    const others = listOf(marked.map((mark, row) => (alive[row] ?? 0) & (mark ^ 1)));
    return columns.map(({ codes }, place) => {
      const counts = Uint32Array.from(this.#counts[place] ?? []);
      countCodes(counts, others, codes, -1);
      return counts;
    });
  }
}

function counted({ codes, size }: FacetColumn, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(size);
  countCodes(counts, rows, codes);
  return counts;
}

function facetColumns(index: RegionIndex, now: number): readonly FacetColumn[] {
  const { count, created, deprecated } = index;
  const coded = (id: 'architecture' | 'platform' | 'rootDeviceType' | 'family'): FacetColumn => {
    const { values } = index.dictionaries[id];
    return {
      id,
      codes: index.codes[id],
      size: values.length,
      keyOf: (code) => values[code] ?? '',
      labelOf: (code) => {
        const value = values[code] ?? '';
        return id === 'family' ? value.slice(value.indexOf(':') + 1) : value;
      },
    };
  };
  const { publisher, ownerId } = index.codes;
  const known = index.publishers.length;
  const owners = index.dictionaries.ownerId.values;
  const publishers = new Uint32Array(count);
  const yearCodes = new Uint16Array(count);
  const deprecationCodes = new Uint16Array(count);
  for (let row = 0; row < count; row += 1) {
    // Owners without a known publisher stand for themselves.
    publishers[row] = publisher[row] || known + (ownerId[row] ?? 0);
    const time = created[row] ?? Number.NaN;
    yearCodes[row] = Number.isNaN(time) ? 0 : Math.min(years - 1, Math.max(0, yearOf(time) - firstYear) + 1);
    const left = (deprecated[row] ?? Number.NaN) - now;
    deprecationCodes[row] = Number.isNaN(left) ? 0 : left > soonDays * day ? 1 : left > 0 ? 2 : 3;
  }
  const yearLabel = (code: number) => (code === 0 ? '' : String(firstYear + code - 1));
  const deprecation = (code: number) => deprecations[code] ?? '';
  return [
    {
      id: 'publisher',
      codes: publishers,
      size: known + owners.length,
      keyOf: (code) => (code < known ? (index.publishers[code]?.id ?? '') : (owners[code - known] ?? '')),
      labelOf: (code) => (code < known ? (index.publishers[code]?.name ?? '') : (owners[code - known] ?? '')),
      verifiedOf: (code) => index.publishers[code]?.verified ?? false,
    },
    coded('family'),
    coded('architecture'),
    coded('platform'),
    coded('rootDeviceType'),
    { id: 'year', codes: yearCodes, size: years, keyOf: yearLabel, labelOf: yearLabel },
    {
      id: 'deprecated',
      codes: deprecationCodes,
      size: deprecations.length,
      keyOf: deprecation,
      labelOf: deprecation,
    },
  ];
}

/**
 * The UTC year of a time. An estimate is corrected by the starts of years, which is faster than a Date for each row.
 */
function yearOf(time: number): number {
  const guess = Math.floor(firstYear + time / 31_556_952_000);
  if (time >= (yearStarts[guess + 1 - firstYear] ?? Number.POSITIVE_INFINITY)) {
    return guess + 1;
  }
  return time < (yearStarts[guess - firstYear] ?? Number.NEGATIVE_INFINITY) ? guess - 1 : guess;
}

const yearStarts: readonly number[] = Array.from({ length: 200 }, (_, index) => Date.UTC(firstYear + index, 0, 1));

export interface Faceted {
  readonly facets: readonly Facet[];
  /** 1 for each row that matches the selection of every facet. */
  readonly rows: Uint8Array;
  readonly count: number;
}

/**
 * Filters rows by the selected values of all facets, and counts the values. The counts of a facet ignore its own
 * selection: they show what another of its values would find.
 */
export function chooseByFacets(
  columns: FacetColumns,
  now: number,
  rows: Uint8Array,
  selection: FacetSelection,
  shown = shownValues,
): Faceted {
  const all = columns.get(now);
  const active = all.flatMap((column, place) => {
    const allowed = allowedCodes(column, selection[column.id]);
    return allowed ? [{ place, codes: column.codes, allowed }] : [];
  });
  // 0: the row passes all facets. 1 to 254: only the facet at that place, counted from 1, excludes it. 255: several
  // facets exclude it, or it was not among `rows`.
  const objections = new Uint8Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    objections[row] = ((rows[row] ?? 0) ^ 1) * several;
  }
  for (const { place, codes, allowed } of active) {
    object(objections, codes, allowed, place + 1);
  }
  const { marked: chosen, list } = rowsWith(objections, 0);
  const counted = columns.counts(now, chosen, list);
  const facets = all.map((column, place) => {
    const counts = counted[place] ?? new Uint32Array(column.size);
    if (active.some((one) => one.place === place)) {
      countCodes(counts, rowsWith(objections, place + 1).list, column.codes);
    }
    return toFacet(column, counts, selection[column.id] ?? [], shown);
  });
  return { facets, rows: chosen, count: list.length };
}

const several = 255;

function object(objections: Uint8Array, codes: FacetColumn['codes'], allowed: Uint8Array, mark: number): void {
  for (let row = 0; row < objections.length; row += 1) {
    if (allowed[codes[row] ?? 0] !== 1) {
      objections[row] = objections[row] === 0 ? mark : several;
    }
  }
}

function rowsWith(
  objections: Uint8Array,
  objection: number,
): { readonly marked: Uint8Array; readonly list: Uint32Array } {
  const marked = new Uint8Array(objections.length);
  for (let row = 0; row < objections.length; row += 1) {
    marked[row] = Number(objections[row] === objection);
  }
  return { marked, list: listOf(marked) };
}

/**
 * The marked rows. Without a branch, which a processor would predict wrongly half of the time if half of the rows are
 * marked.
 */
function listOf(marked: Uint8Array): Uint32Array {
  const list = new Uint32Array(marked.length + 1);
  let place = 0;
  for (let row = 0; row < marked.length; row += 1) {
    list[place] = row;
    place += marked[row] ?? 0;
  }
  return list.subarray(0, place);
}

/** Adds `step` to the count of each row's value. */
function countCodes(counts: Uint32Array, rows: Uint32Array, codes: FacetColumn['codes'], step = 1): void {
  for (let place = 0; place < rows.length; place += 1) {
    const code = codes[rows[place] ?? 0] ?? 0;
    counts[code] = (counts[code] ?? 0) + step;
  }
}

function allowedCodes(column: FacetColumn, keys: readonly string[] | undefined): Uint8Array | undefined {
  if (!keys || keys.length === 0) {
    return undefined;
  }
  const wanted = new Set(keys);
  return Uint8Array.from({ length: column.size }, (_, code) => Number(wanted.has(column.keyOf(code))));
}

function toFacet(column: FacetColumn, counts: Uint32Array, selected: readonly string[], limit: number): Facet {
  const wanted = new Set(selected);
  const present: { readonly code: number; readonly count: number }[] = [];
  for (let code = 0; code < column.size; code += 1) {
    const count = counts[code] ?? 0;
    if (count > 0 || (wanted.size > 0 && wanted.has(column.keyOf(code)))) {
      present.push({ code, count });
    }
  }
  present.sort((a, b) => (column.id === 'year' ? b.code - a.code : b.count - a.count || a.code - b.code));
  const shown = present.filter(({ code }, place) => place < limit || wanted.has(column.keyOf(code)));
  return {
    id: column.id,
    values: shown.map(({ code, count }): FacetValue => {
      const value = { key: column.keyOf(code), label: column.labelOf(code), count };
      return column.verifiedOf ? { ...value, verified: column.verifiedOf(code) } : value;
    }),
    more: present.length - shown.length,
  };
}
