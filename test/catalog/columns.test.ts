import { expect, it } from 'vitest';
import { Codes, Times } from '../../src/catalog/search/columns.ts';
import { RowSet } from '../../src/catalog/search/rowSet.ts';
import { randomOf } from '../code/regionMaps/anyMap.ts';

it('keeps times exactly, whole seconds or not', () => {
  const times = [0, 1_000, Date.UTC(2026, 10, 23), 1_764_000_000_123, -5_000, 8.64e15, Number.NaN, 4_294_967_295_000];
  const column = new Times(2);
  column.reserve(times.length + 1);
  column.set(Float64Array.from(times), 1);
  expect(times.map((_, row) => column.at(row + 1))).toEqual(times);
});

it('keeps numbers that take more than two bytes', () => {
  const column = new Codes(4);
  column.set(0, 65_535);
  column.set(1, 65_536);
  column.reserve(8);
  column.set(7, 1_000_000);
  expect([...column.values]).toEqual([65_535, 65_536, 0, 0, 0, 0, 0, 1_000_000]);
});

it.each([1, 2, 3])('has the rows of a set, as a Set has them (%i)', (seed) => {
  const random = randomOf(seed);
  const count = 320;
  const some = (density: number) =>
    new Set(Array.from({ length: count }, (_, row) => row).filter(() => random.below(100) < density));
  for (const density of [0, 3, 50, 97, 100]) {
    const [a, b] = [some(density), some(50)];
    const [left, right] = [RowSet.of(count, a), RowSet.of(count, b)];
    expect([...left.rows()]).toEqual([...a]);
    expect([...left.copy().keep(right).rows()]).toEqual([...a].filter((row) => b.has(row)));
    expect([...left.copy().remove(right).rows()]).toEqual([...a].filter((row) => !b.has(row)));
    expect(new Set(left.copy().join(right).rows())).toEqual(new Set([...a, ...b]));
    expect(left.count()).toBe(a.size);
    expect(left.distance(right)).toBe(
      [...a].filter((row) => !b.has(row)).length + [...b].filter((row) => !a.has(row)).length,
    );
    expect([...left.filter((row) => row % 3 === 0).rows()]).toEqual([...a].filter((row) => row % 3 === 0));
    const numbers = Uint16Array.from({ length: count }, (_, row) => row % 5);
    expect([...left.where(numbers, Uint8Array.of(0, 1, 0, 1, 0)).rows()]).toEqual(
      [...a].filter((row) => row % 5 === 1 || row % 5 === 3),
    );
    left.add(7);
    left.delete(8);
    expect([left.has(7), left.has(8)]).toEqual([true, false]);
  }
});
