/** Those of the values, in their order, that are no larger together than a limit; what is too large leaves room for others. */
export function firstWithin<T extends { readonly size: number }>(values: readonly T[], limit: number): readonly T[] {
  let left = limit;
  return values.filter(({ size }) => {
    if (size > left) return false;
    left -= size;
    return true;
  });
}
