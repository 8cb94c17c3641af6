import { expect, test } from 'vitest';
import { boundedClues } from '../../../src/code/readers/boundedClues.ts';
import type { RegionClue } from '../../../src/code/reading.ts';

const text = 'ami-0abc1234def567890 in us-east-1';
const span = { start: 0, end: 21 };
const untold: readonly RegionClue[] = [{ kind: 'untold' }];

test('of the first references counts what a reader finds, of those behind them their line and the path', () => {
  const clues = boundedClues({ text, path: 'eu-west-1/a.txt' }, () => untold, 2);
  expect([clues(span), clues(span)]).toEqual([untold, untold]);
  expect(clues(span)).toMatchObject([{ regions: ['us-east-1'] }, { regions: ['eu-west-1'], from: 'path' }]);
});
