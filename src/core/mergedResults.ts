/** What several sources yield, as it comes. Each is asked for its next result while the last one is worked with. */
export async function* mergedResults<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T, void> {
  const open = new Map(
    sources.map((source) => source[Symbol.asyncIterator]()).map((iterator) => [iterator, nextOf(iterator)]),
  );
  try {
    while (open.size > 0) {
      const { iterator, result } = await Promise.race(open.values());
      if (result.done) {
        open.delete(iterator);
        continue;
      }
      open.set(iterator, nextOf(iterator));
      yield result.value;
    }
  } finally {
    for (const iterator of open.keys()) iterator.return?.().catch(() => undefined);
  }
}

function nextOf<T>(iterator: AsyncIterator<T>) {
  const next = iterator.next().then((result) => ({ iterator, result }));
  // It is waited for later, and may be rejected before.
  next.catch(() => undefined);
  return next;
}
