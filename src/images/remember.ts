/** More is not remembered: what was remembered first is forgotten first. */
const maxKept = 50_000;

export function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > maxKept) {
    for (const first of map.keys()) {
      map.delete(first);
      break;
    }
  }
}
