import type { RegionIndex } from './regionIndex.ts';
import { RowSet } from './rowSet.ts';

/**
 * Leaves the newest image of each family, owner and architecture. Owners are told apart because anybody can publish
 * images under the names of others. Images without a family are left out.
 */
export function newestOfFamilies(index: RegionIndex, rows: RowSet): RowSet {
  const family = index.codes.family.values;
  const ownerId = index.codes.ownerId.values;
  const architecture = index.codes.architecture.values;
  const owners = index.dictionaries.ownerId.values.length;
  const architectures = index.dictionaries.architecture.values.length;
  const newest = new Map<number, number>();
  for (const row of rows.rows()) {
    const code = family[row] ?? 0;
    if (code !== 0) {
      const key = (code * owners + (ownerId[row] ?? 0)) * architectures + (architecture[row] ?? 0);
      const current = newest.get(key);
      if (current === undefined || isNewer(index, row, current)) {
        newest.set(key, row);
      }
    }
  }
  return RowSet.of(index.count, newest.values());
}

function isNewer(index: RegionIndex, row: number, current: number): boolean {
  const a = index.created.at(row);
  const b = index.created.at(current);
  return a === b ? index.texts.text(row) > index.texts.text(current) : Number.isNaN(b) || a > b;
}
