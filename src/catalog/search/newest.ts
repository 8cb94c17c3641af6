import type { RegionIndex } from './regionIndex.ts';

/**
 * Leaves the newest image of each family, owner and architecture. Owners are told apart because anybody can publish
 * images under the names of others. Images without a family are left out.
 */
export function newestOfFamilies(
  index: RegionIndex,
  rows: Uint8Array,
): { readonly rows: Uint8Array; readonly count: number } {
  const { family, ownerId, architecture } = index.codes;
  const owners = index.dictionaries.ownerId.values.length;
  const architectures = index.dictionaries.architecture.values.length;
  const newest = new Map<number, number>();
  for (let row = 0; row < rows.length; row += 1) {
    const code = family[row] ?? 0;
    if (rows[row] === 1 && code !== 0) {
      const key = (code * owners + (ownerId[row] ?? 0)) * architectures + (architecture[row] ?? 0);
      const current = newest.get(key);
      if (current === undefined || isNewer(index, row, current)) {
        newest.set(key, row);
      }
    }
  }
  const chosen = new Uint8Array(rows.length);
  for (const row of newest.values()) {
    chosen[row] = 1;
  }
  return { rows: chosen, count: newest.size };
}

function isNewer(index: RegionIndex, row: number, current: number): boolean {
  const a = index.created[row] ?? Number.NaN;
  const b = index.created[current] ?? Number.NaN;
  return a === b ? index.line(row) > index.line(current) : Number.isNaN(b) || a > b;
}
