import {
  type CatalogColumn,
  type CatalogKept,
  type CatalogQuery,
  catalogColumns,
  type FacetId,
  facetIds,
} from '../../src/protocol/catalog.ts';

/** How the page is arranged and what it asks; VS Code keeps it while the page is hidden and over a restart. */
export interface Arrangement {
  readonly query: CatalogQuery;
  readonly columns: readonly CatalogColumn[];
  /** CSS pixels. */
  readonly widths: Readonly<Partial<Record<CatalogColumn, number>>>;
  readonly openFacets: readonly FacetId[];
  readonly facetsShown: boolean;
}

/** Where the user is in the table: kept as the rest is, since whoever comes back from an image goes on from there. */
export interface Place {
  /** CSS pixels. */
  readonly scroll: number;
  /** How many images there were. */
  readonly matches: number;
  readonly ids: readonly string[];
  readonly anchor: number;
  readonly focus: number;
  /** Whether the table had the keyboard. */
  readonly inTable: boolean;
}

export type Kept = CatalogKept & { readonly arrangement: Arrangement; readonly place: Place };

export const initialArrangement: Arrangement = {
  query: { text: '', facets: {}, newestOnly: false, sort: { column: 'created', descending: true } },
  columns: ['name', 'id', 'publisher', 'architecture', 'created', 'platform', 'size'],
  widths: {},
  openFacets: ['publisher', 'architecture', 'platform', 'deprecated'],
  facetsShown: true,
};

export const minWidth = 50;
export const maxWidth = 1_600;

/** A question without the order of the rows: what it finds. */
export function contentOf({ text, facets, newestOnly }: CatalogQuery): string {
  return JSON.stringify([text, facets, newestOnly]);
}

/** A column comes where it is in the list of all, as far as the others are in that order. */
export function withColumn(columns: readonly CatalogColumn[], column: CatalogColumn): readonly CatalogColumn[] {
  const later = catalogColumns.slice(catalogColumns.indexOf(column) + 1);
  const place = columns.findIndex((other) => later.includes(other));
  return place < 0 ? [...columns, column] : columns.toSpliced(place, 0, column);
}

/** Reads what an earlier page, maybe of another version, has kept: what is not understood is as at the beginning. */
export function readArrangement(kept: unknown): Arrangement {
  const arrangement = property(kept, 'arrangement');
  const query = property(arrangement, 'query');
  const sort = property(query, 'sort');
  const columns = list(property(arrangement, 'columns')).filter(isColumn);
  const widths: Partial<Record<CatalogColumn, number>> = {};
  const facets: Partial<Record<FacetId, readonly string[]>> = {};
  for (const column of catalogColumns) {
    const width = property(property(arrangement, 'widths'), column);
    if (typeof width === 'number' && width >= minWidth && width <= maxWidth) widths[column] = width;
  }
  for (const id of facetIds) {
    const keys = list(property(property(query, 'facets'), id)).filter((key) => typeof key === 'string');
    if (keys.length > 0) facets[id] = keys;
  }
  const column = property(sort, 'column');
  const text = property(query, 'text');
  const openFacets = property(arrangement, 'openFacets');
  return {
    query: {
      text: typeof text === 'string' ? text : '',
      facets,
      newestOnly: property(query, 'newestOnly') === true,
      sort: isColumn(column)
        ? { column, descending: property(sort, 'descending') === true }
        : initialArrangement.query.sort,
    },
    columns: columns.length > 0 ? [...new Set(columns)] : initialArrangement.columns,
    widths,
    openFacets: Array.isArray(openFacets) ? list(openFacets).filter(isFacet) : initialArrangement.openFacets,
    facetsShown: property(arrangement, 'facetsShown') !== false,
  };
}

/** The region that an earlier page showed, and where it was; undefined where that is not understood. */
export function readPlace(kept: unknown): (Place & { readonly region: string }) | undefined {
  const [region, place] = [property(kept, 'region'), property(kept, 'place')];
  const [scroll, matches, anchor, focus] = ['scroll', 'matches', 'anchor', 'focus'].map((key) => property(place, key));
  if (typeof region !== 'string' || !isNumber(scroll) || !isNumber(matches)) return undefined;
  if (!isNumber(anchor) || !isNumber(focus)) return undefined;
  const ids = list(property(place, 'ids')).filter((id) => typeof id === 'string');
  return { region, scroll, matches, anchor, focus, ids, inTable: property(place, 'inTable') === true };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isColumn(value: unknown): value is CatalogColumn {
  return catalogColumns.some((column) => column === value);
}

function isFacet(value: unknown): value is FacetId {
  return facetIds.some((id) => id === value);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
