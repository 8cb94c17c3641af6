/**
 * The pages of several questions, in the order in which they arrive. A question that fails or is slow does not hold up
 * the others; the first error is thrown once all have ended.
 *
 * @param atOnce how many questions are asked at the same time
 */
export async function* sideBySide<T>(
  questions: readonly AsyncIterable<T>[],
  atOnce = Number.POSITIVE_INFINITY,
): AsyncIterable<T> {
  const failures: unknown[] = [];
  const awaited = new Map<AsyncIterator<T>, Promise<Arrival<T>>>();
  const ask = (pages: AsyncIterator<T>) =>
    awaited.set(
      pages,
      pages.next().then(
        (result) => ({ pages, result }),
        (error: unknown) => ({ pages, error }),
      ),
    );
  const waiting = [...questions];
  while (awaited.size > 0 || waiting.length > 0) {
    for (const question of waiting.splice(0, atOnce - awaited.size)) {
      ask(question[Symbol.asyncIterator]());
    }
    const arrival = await Promise.race(awaited.values());
    awaited.delete(arrival.pages);
    if (!arrival.result) {
      failures.push(arrival.error);
    } else if (!arrival.result.done) {
      yield arrival.result.value;
      ask(arrival.pages);
    }
  }
  if (failures.length > 0) {
    throw failures[0];
  }
}

interface Arrival<T> {
  readonly pages: AsyncIterator<T>;
  readonly result?: IteratorResult<T>;
  readonly error?: unknown;
}
