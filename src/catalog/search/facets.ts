import type { Facet, FacetId, FacetValue } from '../../protocol/catalog.ts';
import type { RegionIndex } from './regionIndex.ts';

/** How many values of a facet are shown; the search box finds the others. */
const shownValues = 30;

const day = 86_400_000;
/** As src/core/lifecycle.ts has it. */
const soonDays = 30;

export type FacetSelection = Readonly<Partial<Record<FacetId, readonly string[]>>>;

/** One facet over the rows of an index: each row's value as a number, and what the numbers mean. */
interface FacetColumn {
  readonly id: FacetId;
  readonly codeOf: (row: number) => number;
  /** How many numbers there are. */
  readonly size: number;
  readonly keyOf: (code: number) => string;
  readonly labelOf: (code: number) => string;
  readonly verifiedOf?: (code: number) => boolean;
}

const deprecations = ['never', 'later', 'soon', 'deprecated'];

const firstYear = 1970;

function facetColumns(index: RegionIndex, now: number): readonly FacetColumn[] {
  const coded = (id: 'architecture' | 'platform' | 'rootDeviceType' | 'family'): FacetColumn => {
    const codes = index.codes[id];
    const { values } = index.dictionaries[id];
    return {
      id,
      codeOf: (row) => codes[row] ?? 0,
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
  const { created, deprecated } = index;
  return [
    {
      id: 'publisher',
      // Whoever is not known is told apart by the owner's id.
      codeOf: (row) => publisher[row] || known + (ownerId[row] ?? 0),
      size: known + owners.length,
      keyOf: (code) => (code < known ? (index.publishers[code]?.id ?? '') : (owners[code - known] ?? '')),
      labelOf: (code) => (code < known ? (index.publishers[code]?.name ?? '') : (owners[code - known] ?? '')),
      verifiedOf: (code) => index.publishers[code]?.verified ?? false,
    },
    coded('family'),
    coded('architecture'),
    coded('platform'),
    coded('rootDeviceType'),
    {
      id: 'year',
      codeOf: (row) => {
        const time = created[row] ?? Number.NaN;
        return Number.isNaN(time) ? 0 : Math.max(0, yearOf(time) - firstYear) + 1;
      },
      size: 1_000,
      keyOf: (code) => (code === 0 ? '' : String(firstYear + code - 1)),
      labelOf: (code) => (code === 0 ? '' : String(firstYear + code - 1)),
    },
    {
      id: 'deprecated',
      codeOf: (row) => {
        const left = (deprecated[row] ?? Number.NaN) - now;
        return Number.isNaN(left) ? 0 : left > soonDays * day ? 1 : left > 0 ? 2 : 3;
      },
      size: deprecations.length,
      keyOf: (code) => deprecations[code] ?? '',
      labelOf: (code) => deprecations[code] ?? '',
    },
  ];
}

/** A date's year without making a Date of it for each row: near the turn of a year the calendar is asked. */
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
  /** 1 for each row that all facets let through. */
  readonly rows: Uint8Array;
  readonly count: number;
}

/**
 * Lets the facets choose among rows, and counts: a facet's own choice does not count for its counts, so that one sees what
 * another value would bring.
 */
export function chooseByFacets(
  index: RegionIndex,
  rows: Uint8Array,
  selection: FacetSelection,
  now: number,
  shown = shownValues,
): Faceted {
  const columns = facetColumns(index, now);
  const counts = columns.map(({ size }) => new Uint32Array(size));
  const allowed = columns.map((column) => allowedCodes(column, selection[column.id]));
  const chosen = new Uint8Array(rows.length);
  const active = allowed.flatMap((codes, place) => (codes ? [place] : []));
  let count = 0;
  // A facet at a time: a row's values then come from one array after the other, and the tests of each stay in the cache.
  const misses = active.length > 0 ? new Uint8Array(rows.length) : undefined;
  const missed = active.length > 0 ? new Uint8Array(rows.length) : undefined;
  for (const place of active) {
    const codes = allowed[place];
    const column = columns[place];
    if (codes && column && misses && missed) {
      for (let row = 0; row < rows.length; row += 1) {
        if (rows[row] === 1 && codes[column.codeOf(row)] !== 1) {
          misses[row] = (misses[row] ?? 0) + 1;
          missed[row] = place;
        }
      }
    }
  }
  for (let row = 0; row < rows.length; row += 1) {
    if (rows[row] === 1 && (misses?.[row] ?? 0) === 0) {
      chosen[row] = 1;
      count += 1;
    }
  }
  for (const [place, column] of columns.entries()) {
    const target = counts[place];
    const { codeOf } = column;
    if (target) {
      for (let row = 0; row < rows.length; row += 1) {
        if (chosen[row] === 1 || (rows[row] === 1 && misses?.[row] === 1 && missed?.[row] === place)) {
          const code = codeOf(row);
          target[code] = (target[code] ?? 0) + 1;
        }
      }
    }
  }
  return {
    facets: columns.map((column, place) => toFacet(column, counts[place], selection[column.id] ?? [], shown)),
    rows: chosen,
    count,
  };
}

function allowedCodes(column: FacetColumn, keys: readonly string[] | undefined): Uint8Array | undefined {
  if (!keys || keys.length === 0) {
    return undefined;
  }
  const wanted = new Set(keys);
  return Uint8Array.from({ length: column.size }, (_, code) => Number(wanted.has(column.keyOf(code))));
}

function toFacet(
  column: FacetColumn,
  counts: Uint32Array | undefined,
  selected: readonly string[],
  limit: number,
): Facet {
  const wanted = new Set(selected);
  const present: { readonly code: number; readonly count: number }[] = [];
  for (let code = 0; code < column.size; code += 1) {
    const count = counts?.[code] ?? 0;
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
