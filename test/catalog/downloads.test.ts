import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Downloads } from '../../src/catalog/downloads.ts';
import type { CatalogFailure } from '../../src/catalog/port.ts';
import type { DownloadOutcome } from '../../src/catalog/threads/contracts.ts';
import { AmiError, type AmiErrorKind } from '../../src/core/errors.ts';

const place = { file: '/stores/aws.sqlite', region: 'us-east-1' };
const progress = { images: 1_000, share: 0.5, rate: 100, throttled: false, refreshing: false };

let downloads: Downloads;
let runs: number;
let told: (readonly [CatalogFailure['kind'] | undefined, boolean])[];
let lookedAt: boolean;
let ended: Promise<void>;
/** The outcomes of the runs in order; the last one is for all that follow. */
let outcomes: (() => Promise<DownloadOutcome>)[];

const done = async (): Promise<DownloadOutcome> => ({ kind: 'done' });
const failing = (kind: AmiErrorKind) => async (): Promise<DownloadOutcome> => ({
  kind: 'failed',
  failure: { kind: 'ami', error: { ...details, kind, said: 'said' } },
});
const details = { operation: 'DescribeImages', region: undefined, code: undefined, requestId: undefined };

beforeEach(() => {
  runs = 0;
  told = [];
  lookedAt = true;
  outcomes = [done];
  let end = () => {};
  ended = new Promise((resolve) => {
    end = resolve;
  });
  downloads = open(1, () => end());
});
afterEach(() => downloads.cancel(place));

function open(firstDelay: number, end: () => void): Downloads {
  return new Downloads({
    run: () => {
      const outcome = outcomes[Math.min(runs, outcomes.length - 1)] ?? done;
      runs += 1;
      return outcome();
    },
    cancel: () => {},
    isLookedAt: () => lookedAt,
    failed: (_, failure, retrying) => told.push([failure?.kind, retrying]),
    ended: end,
    firstDelay,
  });
}

describe('the downloads of a window', () => {
  it.each(['network', 'timeout', 'unavailable'] as const)('are retried after a transient error: %s', async (kind) => {
    outcomes = [failing(kind), failing(kind), done];
    downloads.start(place, false);
    await ended;
    expect(runs).toBe(3);
    // The failure is shown until the download is resumed.
    expect(told).toEqual([
      [undefined, false],
      ['ami', true],
      ['ami', true],
      [undefined, false],
    ]);
  });

  it.each(['access-denied', 'credentials-expired', 'invalid-parameter'] as const)(
    'wait for the user after a lasting error: %s',
    async (kind) => {
      outcomes = [failing(kind)];
      downloads.start(place, false);
      await ended;
      expect(runs).toBe(1);
      expect(told.at(-1)).toEqual(['ami', false]);
    },
  );

  it('are not retried where no panel looks at the region', async () => {
    lookedAt = false;
    outcomes = [failing('network')];
    downloads.start(place, false);
    await ended;
    expect(runs).toBe(1);
    expect(told.at(-1)).toEqual(['ami', false]);
  });

  it('are retried at once when the user asks, and end when the user cancels or leaves, during the delay', async () => {
    for (const act of ['retry', 'cancel', 'leave'] as const) {
      runs = 0;
      lookedAt = true;
      outcomes = [failing('network'), done];
      let end = () => {};
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      const waiting = open(3_600_000, end);
      waiting.start(place, false);
      await expect.poll(() => told.at(-1)?.[1]).toBe(true);
      if (act === 'retry') {
        waiting.start(place, false);
      } else if (act === 'cancel') {
        waiting.cancel(place);
      } else {
        lookedAt = false;
        waiting.readerLeft(place);
      }
      await over;
      expect(runs).toBe(act === 'retry' ? 2 : 1);
    }
  });

  it('run once at a time for each region, and say how far they are', async () => {
    let finish = () => {};
    outcomes = [
      () =>
        new Promise((resolve) => {
          finish = () => resolve({ kind: 'done' });
        }),
    ];
    let changes = 0;
    downloads.onDidChange(() => {
      changes += 1;
    });
    downloads.start(place, false);
    downloads.start(place, false);
    expect(downloads.underWay).toEqual([]);
    downloads.receive(place, progress);
    expect(downloads.underWay).toEqual([{ region: 'us-east-1', progress }]);
    expect(changes).toBe(1);
    finish();
    await ended;
    expect(runs).toBe(1);
    expect(downloads.underWay).toEqual([]);
    expect(changes).toBeGreaterThan(1);
  });

  it('report the error because of which they could not begin', async () => {
    outcomes = [
      () => Promise.reject(new AmiError('No credentials.', { kind: 'no-credentials', operation: 'GetCallerIdentity' })),
    ];
    downloads.start(place, false);
    await ended;
    expect(told.at(-1)).toEqual(['ami', false]);
  });
});
