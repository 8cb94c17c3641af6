/** The first of the values that have the same key, in their order. */
export function firstOfEach<T>(values: readonly T[], keyOf: (value: T) => unknown): readonly T[] {
  const seen = new Set<unknown>();
  return values.filter((value) => {
    const { size } = seen;
    return seen.add(keyOf(value)).size > size;
  });
}
