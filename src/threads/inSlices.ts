import { setImmediate as threadIsFree } from 'node:timers/promises';

/** How long (ms) others wait, as what is done for them takes some time, too. */
const sliceTime = 8;

/** `flatMap` that lets the thread do other things meanwhile. */
export async function flatMapInSlices<T, R>(
  items: readonly T[],
  map: (item: T) => R | readonly R[],
): Promise<readonly R[]> {
  const results: (R | readonly R[])[] = [];
  let start = performance.now();
  for (const item of items) {
    if (performance.now() - start > sliceTime) {
      await threadIsFree();
      start = performance.now();
    }
    results.push(map(item));
  }
  return results.flat() as readonly R[];
}
