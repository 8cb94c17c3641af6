import * as v from 'valibot';
import { flag, ifKnown, listOf, membersOf, read, type Schema } from '../../src/core/schemas.ts';
import {
  type CatalogColumn,
  type CatalogQuery,
  catalogColumns,
  type FacetId,
  facetIds,
  type SavedCatalog,
} from '../../src/protocol/catalog.ts';
import { catalogQuery, initialQuery } from '../../src/protocol/catalogQuerySchema.ts';

/** The query and the layout of the page, which VS Code saves while the page is hidden and over a restart. */
export interface Arrangement {
  readonly query: CatalogQuery;
  readonly columns: readonly CatalogColumn[];
  /** CSS pixels; of the columns that the user has resized. */
  readonly widths: Readonly<Partial<Record<CatalogColumn, number>>>;
  readonly openFacets: readonly FacetId[];
  /** Whether the user has shown or hidden the filters; undefined: they are shown where there is room. */
  readonly filtersShown: boolean | undefined;
}

/** The user's place in the table: saved too, so that the user finds it again after a look at an image. */
export interface Place {
  /** CSS pixels. */
  readonly scroll: number;
  /** How many images matched. */
  readonly matches: number;
  readonly ids: readonly string[];
  readonly anchor: number;
  readonly focus: number;
  /** Whether the table had the keyboard. */
  readonly inTable: boolean;
}

export type SavedPage = SavedCatalog & { readonly arrangement: Arrangement; readonly place: Place };

export const initialArrangement: Arrangement = {
  query: initialQuery,
  columns: ['name', 'publisher', 'created', 'id', 'architecture', 'platform', 'size'],
  widths: {},
  openFacets: ['publisher', 'architecture', 'platform', 'deprecated'],
  filtersShown: undefined,
};

export const minWidth = 50;
export const maxWidth = 1_600;

/** A query without its sort order, as a key: what it finds. */
export function contentOf({ text, facets, newestOnly }: CatalogQuery): string {
  return JSON.stringify([text, facets, newestOnly]);
}

/** Adds a column before the first one that follows it in the list of all columns. */
export function withColumn(columns: readonly CatalogColumn[], column: CatalogColumn): readonly CatalogColumn[] {
  const later = catalogColumns.slice(catalogColumns.indexOf(column) + 1);
  const place = columns.findIndex((other) => later.includes(other));
  return place < 0 ? [...columns, column] : columns.toSpliced(place, 0, column);
}

const width = v.pipe(v.number(), v.minValue(minWidth), v.maxValue(maxWidth));

const arrangement: Schema<Arrangement> = v.object({
  query: catalogQuery,
  columns: v.fallback(
    v.pipe(
      listOf(v.picklist(catalogColumns)),
      v.minLength(1),
      v.transform((columns) => [...new Set(columns)]),
    ),
    initialArrangement.columns,
  ),
  widths: v.fallback(membersOf(catalogColumns, width), initialArrangement.widths),
  openFacets: v.fallback(listOf(v.picklist(facetIds)), initialArrangement.openFacets),
  filtersShown: ifKnown(v.boolean()),
});

const savedArrangement = v.object({ arrangement });

/** Reads saved state, which another version may have written: an unreadable part has its initial value. */
export function readArrangement(saved: unknown): Arrangement {
  return read(savedArrangement, saved)?.arrangement ?? initialArrangement;
}

const number = v.pipe(v.number(), v.finite());

const place: Schema<Place> = v.object({
  scroll: number,
  matches: number,
  ids: v.fallback(listOf(v.string()), []),
  anchor: number,
  focus: number,
  inTable: flag,
});

const savedPlace = v.object({ region: v.string(), place });

/** The saved region and place; undefined if they cannot be read. */
export function readPlace(saved: unknown): (Place & { readonly region: string }) | undefined {
  const found = read(savedPlace, saved);
  return found && { ...found.place, region: found.region };
}
