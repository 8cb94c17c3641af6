import { describe, expect, it } from 'vitest';
import { maxHeight, rowHeight, rowWindow, scrollTo } from '../../media/catalog/rowWindow.ts';
import { extended, maxSelected, moved, nothingSelected, rangeTo, select } from '../../media/catalog/selection.ts';

describe('rowWindow', () => {
  it('covers what is on screen, and little more', () => {
    for (const total of [0, 1, 20, 10_000, 500_000, 3_000_000]) {
      const full = Math.min(total * rowHeight, maxHeight);
      for (const scroll of [0, full / 3, Math.max(0, full - 600)]) {
        const { start, count, top } = rowWindow(total, scroll, 600);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + count).toBeLessThanOrEqual(total);
        expect(count).toBeLessThan(50);
        if (total > 50) {
          // The drawn rows cover the view from top to bottom.
          expect(top).toBeLessThanOrEqual(scroll + 0.5);
          expect(top + count * rowHeight).toBeGreaterThanOrEqual(Math.min(scroll + 600, full) - 0.5);
        }
      }
    }
  });

  it('is scrolled to any row, however many there are', () => {
    for (const total of [100, 500_000, 3_000_000]) {
      for (const row of [0, 57, total - 1]) {
        const scroll = scrollTo(row, total, (total * rowHeight) / 2, 600) ?? (total * rowHeight) / 2;
        const { start, count } = rowWindow(total, scroll, 600);
        expect(row).toBeGreaterThanOrEqual(start);
        expect(row).toBeLessThan(start + count);
      }
    }
    expect(scrollTo(3, 100, 0, 600)).toBeUndefined();
  });
});

describe('the selection', () => {
  const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `ami-${from + index}`);

  it('takes one, adds, takes out, and extends in either direction', () => {
    const one = select(nothingSelected, { row: 5, id: 'ami-5', toggle: false });
    expect([...one.ids]).toEqual(['ami-5']);
    expect(rangeTo(one, 7)).toEqual({ from: 5, to: 7 });
    const three = extended(one, 7, ids(5, 7));
    expect([...three.ids]).toEqual(['ami-5', 'ami-6', 'ami-7']);
    expect(three).toMatchObject({ anchor: 5, focus: 7 });
    expect(rangeTo(three, 3)).toEqual({ from: 3, to: 5 });
    expect(rangeTo(nothingSelected, 3)).toEqual({ from: 3, to: 3 });
    const two = select(one, { row: 9, id: 'ami-9', toggle: true });
    expect([...two.ids]).toEqual(['ami-5', 'ami-9']);
    expect([...select(two, { row: 5, id: 'ami-5', toggle: true }).ids]).toEqual(['ami-9']);
    expect(rangeTo(one, 100_000)).toEqual({ from: 5, to: 4 + maxSelected });
    expect(rangeTo({ ...one, anchor: 5_000 }, 0)).toEqual({ from: 5_001 - maxSelected, to: 5_000 });
  });

  it('moves by keys and stays within the rows', () => {
    expect(moved('ArrowDown', -1, 10, 5)).toBe(0);
    expect(moved('ArrowDown', 9, 10, 5)).toBe(9);
    expect(moved('PageUp', 3, 10, 5)).toBe(0);
    expect(moved('End', 3, 10, 5)).toBe(9);
    expect(moved('x', 3, 10, 5)).toBeUndefined();
  });
});
