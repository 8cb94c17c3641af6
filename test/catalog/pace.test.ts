import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/catalog/download/pace.ts';
import { Throttle } from '../../src/sample/throttle.ts';

interface Simulated {
  readonly time: number;
  readonly throttled: number;
  readonly most: number;
  readonly fewestLeft: number;
}

/**
 * Sends so many requests at a pace, in simulated time (ms), to an endpoint that takes `latency` for each and has EC2's
 * limits. `others`: how many requests of others came before.
 */
function simulate(pages: number, latency: number, { others = 0, images = 1_000, limited = true } = {}): Simulated {
  const pace = new Pace();
  const limits = new Throttle();
  const takes = (now: number) => !limited || limits.take('DescribeImages', 'us-east-1', now);
  for (let request = 0; request < others; request += 1) {
    takes(0);
  }
  const ends: { readonly at: number; readonly end: () => void }[] = [];
  let [now, sent, answered, throttled, most, fewestLeft] = [0, 0, 0, 0, 0, 100];
  while (answered < pages && now < 600_000) {
    const delay = sent - throttled < pages ? pace.delay(now) : undefined;
    const next = ends.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
    if (delay !== undefined && now + delay <= next) {
      now += delay;
      if (delay > 0) {
        continue;
      }
      const isTaken = takes(now);
      pace.started(now);
      sent += 1;
      most = Math.max(most, pace.underWay);
      fewestLeft = Math.min(fewestLeft, 100 + (now / 1_000) * 20 - sent);
      ends.push({
        at: now + (isTaken ? latency : 20),
        end: () => {
          if (isTaken) {
            answered += 1;
            pace.answered(now, { time: latency, images });
          } else {
            throttled += 1;
            pace.throttledAt(now);
          }
        },
      });
    } else {
      now = next;
      const place = ends.findIndex(({ at }) => at === next);
      ends.splice(place, 1)[0]?.end();
    }
  }
  return { time: now, throttled, most, fewestLeft };
}

describe('the pace of a download', () => {
  it.each([
    [212, 300, 6_100],
    [110, 600, 3_200],
    [110, 1_200, 6_100],
    [525, 300, 21_750],
    [30, 300, 700],
  ])('takes little longer than EC2’s limits and the latency: %i pages of %i ms in %i ms', (pages, latency, time) => {
    const simulated = simulate(pages, latency);
    expect(simulated.throttled).toBe(0);
    expect(simulated.time).toBeLessThan(time);
    expect(simulated.most).toBeLessThanOrEqual(32);
  });

  it('leaves some requests to the editor', () => {
    expect(simulate(400, 300).fewestLeft).toBeGreaterThanOrEqual(3);
  });

  it('gets through where others have used the limits up, and is refused seldom then', () => {
    const { time, throttled } = simulate(200, 300, { others: 100 });
    expect(throttled).toBeLessThan(30);
    expect(time).toBeLessThan(30_000);
  });

  it.each([
    [1_000, 90],
    [0, 10],
  ])('is bound by no limits of EC2 where an endpoint is faster than EC2: %i images in %i ms', (images, latency) => {
    expect(simulate(1_000, latency, { images, limited: false }).time).toBeLessThan(latency * 50);
  });
});
