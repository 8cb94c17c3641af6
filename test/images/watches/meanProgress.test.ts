import { describe, expect, it } from 'vitest';
import { meanProgress } from '../../../src/images/watches/meanProgress.ts';
import type { Watched } from '../../../src/images/watches/watchEvent.ts';

function watched(progress: number | undefined, batch?: string, hasEnded = false): Watched {
  const scope = { kind: 'aws', partition: 'aws', endpoint: undefined, account: undefined, profile: undefined } as const;
  return {
    record: { id: '', kind: 'image', region: 'us-east-1', scope, since: 0, heldUntil: 0, batch, subject: '' },
    progress,
    hasEnded,
  };
}

describe('the mean progress', () => {
  it.each([
    ['of one is its own', [watched(40)], 40],
    ['of several is the mean, in whole percent', [watched(10), watched(25), watched(90)], 41],
    ['counts nothing for what EC2 has said nothing of yet', [watched(50), watched(undefined)], 25],
    ['is unknown as long as EC2 has said nothing at all', [watched(undefined), watched(undefined)], undefined],
    ['of none is unknown', [], undefined],
    ['does not go back when one of a batch is done', [watched(undefined, 'a', true), watched(40, 'a')], 70],
    ['leaves out a batch of which none goes on', [watched(undefined, 'a', true), watched(40, 'b')], 40],
    [
      'is unknown where one is done and EC2 says nothing of the rest',
      [watched(1, 'a', true), watched(undefined, 'a')],
      undefined,
    ],
  ] as const)('%s', (_, all, expected) => {
    expect(meanProgress(all)).toBe(expected);
  });
});
