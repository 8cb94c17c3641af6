/**
 * Runs something for each region's items, all regions at once, so that a slow region delays no other. Results come in
 * the order in which the regions first occur; rejects when one region rejects.
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
