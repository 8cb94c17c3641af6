import { expect, it } from 'vitest';
import { firstWithin } from '../../../src/ui/code/completion/firstWithin.ts';

it('takes values until they are too large together, and leaves out what is too large alone', () => {
  const sizes = (...all: readonly number[]) => all.map((size) => ({ size }));
  expect(firstWithin(sizes(4, 3, 2), 9)).toEqual(sizes(4, 3, 2));
  expect(firstWithin(sizes(4, 3, 3), 9)).toEqual(sizes(4, 3));
  expect(firstWithin(sizes(10, 4, 6, 5), 9)).toEqual(sizes(4, 5));
  expect(firstWithin([], 9)).toEqual([]);
});
