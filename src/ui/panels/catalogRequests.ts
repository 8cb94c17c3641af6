import { isResourceId } from '../../core/imageId.ts';
import { type CatalogQuery, catalogColumns, type FacetId, facetIds } from '../../protocol/catalog.ts';

/** More rows or images than this are not asked for at once. */
export const maxRows = 1_000;

export function idsOf(ids: readonly string[]): readonly string[] {
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string' && isResourceId(id)).slice(0, maxRows) : [];
}

/** What a page sends is read as carefully as anything from outside. */
export function readQuery(query: CatalogQuery): CatalogQuery {
  const facets: Partial<Record<FacetId, readonly string[]>> = {};
  for (const id of facetIds) {
    const keys: unknown = query.facets?.[id];
    if (Array.isArray(keys)) {
      facets[id] = keys.filter((key) => typeof key === 'string');
    }
  }
  return {
    text: String(query.text),
    facets,
    newestOnly: query.newestOnly === true,
    sort: {
      column: catalogColumns.find((column) => column === query.sort?.column) ?? 'created',
      descending: query.sort?.descending === true,
    },
  };
}
