import type { Facet, FacetId, FacetValue } from '../../protocol/catalog.ts';
import { day } from '../day.ts';
import { Codes, type Numbers } from './columns.ts';
import type { RegionIndex } from './regionIndex.ts';
import { RowSet } from './rowSet.ts';

/** How many values of a facet are shown; the search box finds the others. */
const shownValues = 30;

/** The same as in src/core/lifecycle.ts. */
const soonDays = 30;

export type FacetSelection = Readonly<Partial<Record<FacetId, readonly string[]>>>;

/** One facet of an index: each row's value as a number, and the key and label of each number. */
interface FacetColumn {
  readonly id: FacetId;
  /** By row. */
  readonly codes: Numbers;
  /** How many numbers there are. */
  readonly size: number;
  readonly keyOf: (code: number) => string;
  readonly labelOf: (code: number) => string;
  readonly verifiedOf?: (code: number) => boolean;
}

/** How many of some rows have each value, by facet. */
interface Counted {
  readonly rows: RowSet;
  readonly counts: readonly Uint32Array[];
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
  /** Of no row and of all. */
  #bounds: readonly Counted[] = [];
  #last: Counted | undefined;
  #key = '';

  constructor(index: RegionIndex) {
    this.#index = index;
  }

  get(now: number): readonly FacetColumn[] {
    const key = `${this.#index.version} ${Math.floor(now / 3_600_000)}`;
    if (key !== this.#key) {
      this.#columns = facetColumns(this.#index, now);
      const none: Counted = {
        rows: RowSet.none(this.#index.count),
        counts: this.#columns.map(({ size }) => new Uint32Array(size)),
      };
      this.#bounds = [none, recounted(none, this.#index.alive.copy(), this.#columns)];
      this.#last = undefined;
      this.#key = key;
    }
    return this.#columns;
  }

  /**
   * How many of the rows have each value, by facet. Only those rows are looked at by which they differ from rows whose
   * counts are known: the last ones, none or all.
   */
  counts(now: number, rows: RowSet): readonly Uint32Array[] {
    const columns = this.get(now);
    const known = this.#last ? [this.#last, ...this.#bounds] : this.#bounds;
    const distances = known.map((each) => each.rows.distance(rows));
    const nearest = known[distances.indexOf(Math.min(...distances))];
    this.#last = nearest && recounted(nearest, rows, columns);
    return this.#last?.counts ?? [];
  }
}

/** The counts of rows, from those of others. */
function recounted(known: Counted, rows: RowSet, columns: readonly FacetColumn[]): Counted {
  const more = rows.copy().remove(known.rows).rows();
  const fewer = known.rows.copy().remove(rows).rows();
  const counts = columns.map(({ codes }, place) => {
    const counts = Uint32Array.from(known.counts[place] ?? []);
    countCodes(counts, more, codes, 1);
    countCodes(counts, fewer, codes, -1);
    return counts;
  });
  return { rows, counts };
}

function facetColumns(index: RegionIndex, now: number): readonly FacetColumn[] {
  const { count, created, deprecated } = index;
  const coded = (id: 'architecture' | 'platform' | 'rootDeviceType' | 'family'): FacetColumn => {
    const { values } = index.dictionaries[id];
    return {
      id,
      codes: index.codes[id].values,
      size: values.length,
      keyOf: (code) => values[code] ?? '',
      labelOf: (code) => {
        const value = values[code] ?? '';
        return id === 'family' ? value.slice(value.indexOf(':') + 1) : value;
      },
    };
  };
  const publisher = index.codes.publisher.values;
  const ownerId = index.codes.ownerId.values;
  const known = index.publishers.length;
  const owners = index.dictionaries.ownerId.values;
  const publishers = new Codes(count);
  const yearCodes = new Uint16Array(count);
  const deprecationCodes = new Uint16Array(count);
  for (let row = 0; row < count; row += 1) {
    // Owners without a known publisher stand for themselves.
    publishers.set(row, publisher[row] || known + (ownerId[row] ?? 0));
    const time = created.at(row);
    yearCodes[row] = Number.isNaN(time) ? 0 : Math.min(years - 1, Math.max(0, yearOf(time) - firstYear) + 1);
    const left = deprecated.at(row) - now;
    deprecationCodes[row] = Number.isNaN(left) ? 0 : left > soonDays * day ? 1 : left > 0 ? 2 : 3;
  }
  const yearLabel = (code: number) => (code === 0 ? '' : String(firstYear + code - 1));
  const deprecation = (code: number) => deprecations[code] ?? '';
  return [
    {
      id: 'publisher',
      codes: publishers.values,
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
  /** The rows that match the selection of every facet. */
  readonly rows: RowSet;
  readonly count: number;
}

/**
 * Filters rows by the selected values of all facets, and counts the values. The counts of a facet ignore its own
 * selection: they show what another of its values would find.
 */
export function chooseByFacets(
  columns: FacetColumns,
  now: number,
  rows: RowSet,
  selection: FacetSelection,
  shown = shownValues,
): Faceted {
  const all = columns.get(now);
  const passing = all.map((column) => {
    const allowed = allowedCodes(column, selection[column.id]);
    return allowed && rows.where(column.codes, allowed);
  });
  const passingAll = (but?: number) =>
    passing.reduce<RowSet>((left, each, place) => (each && place !== but ? left.keep(each) : left), rows.copy());
  const chosen = passingAll();
  const counted = columns.counts(now, chosen);
  const facets = all.map((column, place) => {
    const counts = Uint32Array.from(counted[place] ?? []);
    if (passing[place]) {
      countCodes(counts, passingAll(place).remove(chosen).rows(), column.codes, 1);
    }
    return toFacet(column, counts, selection[column.id] ?? [], shown);
  });
  return { facets, rows: chosen, count: chosen.count() };
}

/** Adds `step` to the count of each row's value. */
function countCodes(counts: Uint32Array, rows: Uint32Array, codes: Numbers, step: 1 | -1): void {
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
  const isWanted = (code: number) => wanted.size > 0 && wanted.has(column.keyOf(code));
  const present: number[] = [];
  for (let code = 0; code < column.size; code += 1) {
    if ((counts[code] ?? 0) > 0 || isWanted(code)) {
      present.push(code);
    }
  }
  // Years are few, and newest first.
  const isBefore =
    column.id === 'year'
      ? (a: number, b: number) => b - a
      : (a: number, b: number) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b;
  const first = firstOf(present, limit, isBefore);
  const shown =
    wanted.size === 0
      ? first
      : [...first, ...present.filter((code) => isWanted(code) && !first.includes(code)).sort(isBefore)];
  return {
    id: column.id,
    values: shown.map((code): FacetValue => {
      const value = { key: column.keyOf(code), label: column.labelOf(code), count: counts[code] ?? 0 };
      return column.verifiedOf ? { ...value, verified: column.verifiedOf(code) } : value;
    }),
    more: present.length - shown.length,
  };
}

/** The first `limit` of values in an order. Most of the others are not sorted. */
function firstOf(values: readonly number[], limit: number, order: (a: number, b: number) => number): readonly number[] {
  if (values.length <= limit) {
    return values.toSorted(order);
  }
  const first = values.slice(0, limit).sort(order);
  for (const value of values.slice(limit)) {
    if (order(value, first[limit - 1] ?? value) < 0) {
      first.splice(-1, 1, value);
      first.sort(order);
    }
  }
  return first;
}
