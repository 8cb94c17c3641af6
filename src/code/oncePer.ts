/** What has no more parts than this is searched again: that is faster than to keep what was found. */
const fewParts = 12;

/**
 * Keeps what a search finds of a node, a line, a list: thousands of references in one of them ask the same of it.
 *
 * @param countParts where most have few parts
 */
export function oncePer<K extends object, T>(search: (key: K) => T, countParts?: (key: K) => number): (key: K) => T {
  const found = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    if (countParts && countParts(key) <= fewParts) return search(key);
    const known = found.get(key) ?? { value: search(key) };
    found.set(key, known);
    return known.value;
  };
}

/** Keeps what a search finds, which is made when it is first asked for. */
export function once<T>(search: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: search() };
    return found.value;
  };
}
