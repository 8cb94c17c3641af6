import { DatabaseSync } from 'node:sqlite';
import { RegionIndex } from '../../src/catalog/search/regionIndex.ts';
import { RegionSearch } from '../../src/catalog/search/regionSearch.ts';
import { openStore } from '../../src/catalog/store/openStore.ts';
import { CatalogStore } from '../../src/catalog/store/store.ts';
import type { CatalogRow } from '../../src/protocol/catalog.ts';
import { openSampleCatalog, region } from './sampleCatalog.ts';

export type StoredRow = Omit<CatalogRow, 'lastSeen'>;

/**
 * Every row that a store shows, by id.
 *
 * @throws Error if SQLite finds the file damaged
 */
export function storedRows(file: string): readonly StoredRow[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const check = db.prepare('PRAGMA integrity_check').get();
  db.close();
  if (check?.['integrity_check'] !== 'ok') {
    throw new Error(`The store is damaged: ${JSON.stringify(check)}`);
  }
  const store = new CatalogStore(openStore(file).db);
  const index = new RegionIndex(region, 'aws', []);
  while (index.catchUp(store, 1_000).more) {
    // Repeats until the index has everything.
  }
  const query = { text: '', facets: {}, newestOnly: false, sort: { column: 'id', descending: false } } as const;
  const { rows } = new RegionSearch(index).query(query, 0, 1_000_000, Date.now());
  store.close();
  return rows.map(({ lastSeen: _, ...row }) => row);
}

/** The rows of an uninterrupted download. */
export async function undisturbedRows(images: number): Promise<readonly StoredRow[]> {
  const catalog = await openSampleCatalog({ images });
  try {
    await catalog.download();
    return storedRows(catalog.file);
  } finally {
    await catalog.close();
  }
}

/** Whether the store has all of the region, and no whole refresh is under way. */
export function isComplete(file: string): boolean {
  const store = new CatalogStore(openStore(file).db);
  try {
    const record = store.region(region);
    return record?.completed !== undefined && record.staged === undefined;
  } finally {
    store.close();
  }
}
