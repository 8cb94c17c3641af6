/** Keeps what a search finds of a node, a line, a list: thousands of references in one of them ask the same of it. */
export function oncePer<K extends object, T>(search: (key: K) => T): (key: K) => T {
  const found = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const known = found.get(key) ?? { value: search(key) };
    found.set(key, known);
    return known.value;
  };
}
