import * as v from 'valibot';
import { flag, listOf, membersOf, type Schema } from '../core/schemas.ts';
import { type CatalogQuery, catalogColumns, facetIds } from './catalog.ts';

export const initialQuery: CatalogQuery = {
  text: '',
  facets: {},
  newestOnly: false,
  sort: { column: 'created', descending: true },
};

/** Reads a page's query, perhaps from another version; invalid parts have their initial values. */
export const catalogQuery: Schema<CatalogQuery> = v.fallback(
  v.object({
    text: v.fallback(v.string(), initialQuery.text),
    facets: v.fallback(membersOf(facetIds, v.pipe(listOf(v.string()), v.minLength(1))), initialQuery.facets),
    newestOnly: flag,
    sort: v.fallback(v.object({ column: v.picklist(catalogColumns), descending: flag }), initialQuery.sort),
  }),
  initialQuery,
);
