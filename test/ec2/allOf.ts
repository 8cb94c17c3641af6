/** All that a listing brings, page after page. */
export async function allOf<T>(pages: AsyncIterable<readonly T[]> | readonly (readonly T[])[]): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    found.push(...page);
  }
  return found;
}
