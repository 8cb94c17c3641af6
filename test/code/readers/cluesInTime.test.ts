import { expect, test } from 'vitest';
import { cluesInTime } from '../../../src/code/readers/cluesInTime.ts';
import type { RegionClue } from '../../../src/code/reading.ts';

const text = 'ami-0abc1234def567890 in us-east-1';
const span = { start: 0, end: 21 };
const untold: readonly RegionClue[] = [{ kind: 'untold' }];

test('what a reader finds counts as long as it takes a reasonable time', () => {
  expect(cluesInTime(text, () => untold)(span)).toBe(untold);
});

test('behind that the line of a reference is looked at alone', () => {
  const clues = cluesInTime(text, () => untold, -1)(span);
  expect(clues).toMatchObject([{ kind: 'stated', regions: ['us-east-1'] }]);
});
