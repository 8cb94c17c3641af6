/** The index of the last of items, in their order, that begins at a place or before it; -1 where none does. */
export function lastUpTo<T>(items: readonly T[], startOf: (item: T) => number, most: number): number {
  let [low, high] = [-1, items.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && startOf(item) <= most) low = middle;
    else high = middle - 1;
  }
  return low;
}
