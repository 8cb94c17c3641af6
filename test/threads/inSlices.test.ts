import { expect, it } from 'vitest';
import { flatMapInSlices } from '../../src/threads/inSlices.ts';

function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('lets others have their turn during long work, and keeps the order', async () => {
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 1);
  const results = await flatMapInSlices([1, 2, 3, 4, 5], (item) => {
    work(20);
    return item === 2 ? [] : [item, -item];
  });
  clearInterval(others);
  expect(results).toEqual([1, -1, 3, -3, 4, -4, 5, -5]);
  expect(turns).toBeGreaterThanOrEqual(3);
});
