import { expect, test } from 'vitest';
import { read } from '../../src/core/schemas.ts';
import type { CatalogQuery } from '../../src/protocol/catalog.ts';
import { catalogQuery, initialQuery } from '../../src/protocol/catalogQuerySchema.ts';

test('a query comes over as it was asked', () => {
  const query: CatalogQuery = {
    text: 'ubuntu -daily',
    facets: { year: ['2026', '2025'], publisher: ['canonical'] },
    newestOnly: true,
    sort: { column: 'size', descending: false },
  };
  expect(read(catalogQuery, JSON.parse(JSON.stringify(query)))).toEqual(query);
});

test('what is not understood of a query is as at the beginning', () => {
  for (const value of [undefined, null, 'x', 7, [], {}]) {
    expect(read(catalogQuery, value), JSON.stringify(value)).toEqual(initialQuery);
  }
  expect(
    read(catalogQuery, {
      text: 7,
      facets: { year: ['2026', 5], evil: ['x'], architecture: 'arm64', family: [] },
      newestOnly: 'yes',
      sort: { column: 'evil', descending: false },
    }),
  ).toStrictEqual({ ...initialQuery, facets: { year: ['2026'] } });
});
