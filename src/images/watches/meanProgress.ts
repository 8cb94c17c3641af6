import type { Watched } from './watchEvent.ts';

/**
 * The mean progress (percent) of watches that go on and of those of their batches that are over, so that it does not go
 * back when one of several is done. Undefined until EC2 has said any.
 */
export function meanProgress(watched: readonly Watched[]): number | undefined {
  const goesOn = watched.filter(({ hasEnded }) => !hasEnded);
  const batches = new Set(goesOn.flatMap(({ record: { batch } }) => batch ?? []));
  const counted = watched.filter(
    ({ hasEnded, record: { batch } }) => !hasEnded || (batch !== undefined && batches.has(batch)),
  );
  if (goesOn.every(({ progress }) => progress === undefined)) {
    return undefined;
  }
  const sum = counted.reduce((total, { hasEnded, progress = 0 }) => total + (hasEnded ? 100 : progress), 0);
  return Math.floor(sum / counted.length);
}
