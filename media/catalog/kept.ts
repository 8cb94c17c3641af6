import * as v from 'valibot';
import { flag, listOf, membersOf, read, type Schema } from '../../src/core/schemas.ts';
import {
  type CatalogColumn,
  type CatalogKept,
  type CatalogQuery,
  catalogColumns,
  type FacetId,
  facetIds,
} from '../../src/protocol/catalog.ts';
import { catalogQuery, initialQuery } from '../../src/protocol/catalogQuery.ts';

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
  query: initialQuery,
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
  facetsShown: v.fallback(v.boolean(), initialArrangement.facetsShown),
});

const keptArrangement = v.object({ arrangement });

/** Reads what an earlier page, maybe of another version, has kept: what is not understood is as at the beginning. */
export function readArrangement(kept: unknown): Arrangement {
  return read(keptArrangement, kept)?.arrangement ?? initialArrangement;
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

const keptPlace = v.object({ region: v.string(), place });

/** The region that an earlier page showed, and where it was; undefined where that is not understood. */
export function readPlace(kept: unknown): (Place & { readonly region: string }) | undefined {
  const found = read(keptPlace, kept);
  return found && { ...found.place, region: found.region };
}
