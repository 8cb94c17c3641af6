/**
 * Does something in all regions at the same time, with what there is to do in each: one that does not answer holds up no
 * other. Gives the results in the order in which the regions come first. Rejects when one of them does.
 */
export async function inEachRegion<T extends { readonly region: string }, R>(
  items: readonly T[],
  run: (region: string, items: readonly T[]) => Promise<R>,
): Promise<R[]> {
  const regions = [...new Set(items.map(({ region }) => region))];
  return Promise.all(
    regions.map((region) =>
      run(
        region,
        items.filter((item) => item.region === region),
      ),
    ),
  );
}
