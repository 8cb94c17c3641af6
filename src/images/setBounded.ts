const maxEntries = 50_000;

/** Sets a value and, where the map is full, deletes its oldest entry. */
export function setBounded<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > maxEntries) {
    for (const first of map.keys()) {
      map.delete(first);
      break;
    }
  }
}
