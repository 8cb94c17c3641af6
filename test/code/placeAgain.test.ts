import { describe, expect, it } from 'vitest';
import { type EarlierPlace, placesAgain } from '../../src/code/placeAgain.ts';

const id = 'ami-0a9ea43f5b2694c1d';
const place = { id, span: { start: 6, end: 27 }, index: 0, count: 1 };

function placeAgain(text: string, one: EarlierPlace) {
  return placesAgain(text, [one])[0];
}

describe('the place of an id', () => {
  it('is where it was', () => {
    expect(placeAgain(`ami = ${id}`, place)).toEqual({ start: 6, end: 27 });
    expect(placeAgain(`AMI = ${id.toUpperCase().replace('AMI', 'ami')}`, place)).toEqual({ start: 6, end: 27 });
  });

  it('is where it has moved, with others of its kind in their order', () => {
    expect(placeAgain(`# more\nami = ${id}`, place)).toEqual({ start: 13, end: 34 });
    expect(placeAgain(`\n${id}\n${id}`, { ...place, index: 1, count: 2 })).toEqual({ start: 23, end: 44 });
  });

  it('is nowhere once it is another id, or cannot be told from others', () => {
    expect(placeAgain(`ami = ${id.replace('c1d', 'c1e')}`, place)).toBeUndefined();
    expect(placeAgain(`${id}0`, place)).toBeUndefined();
    expect(placeAgain(` ${id} ${id}`, place)).toBeUndefined();
    // It is still there, whatever has come behind it.
    expect(placeAgain(`ami = ${id} ${id}`, place)).toEqual({ start: 6, end: 27 });
  });

  it('is found for thousands of ids in one text at once', () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `ami-0a9ea43f5b26${String(index).padStart(5, '0')}`);
    const text = ids.map((each) => `${each}\n`).join('');
    const places = ids.map((each, index) => ({
      ...place,
      id: each,
      span: { start: index * 22, end: index * 22 + 21 },
    }));
    const begun = process.cpuUsage();
    expect(placesAgain(`\n${text}`, places).map((span) => span?.start)).toEqual(ids.map((_, index) => index * 22 + 1));
    // One by one it takes minutes.
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(5_000);
  });
});
