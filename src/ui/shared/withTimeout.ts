import { AmiError } from '../../core/errors.ts';

/**
 * For somebody who waits no longer than so long (ms).
 *
 * @throws AmiError `timeout` after that; whatever `run` throws
 */
export async function withTimeout<T>(
  time: number,
  place: { readonly operation: string; readonly region: string },
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(time);
  try {
    return await run(AbortSignal.any([signal, late]));
  } catch (error) {
    throw late.aborted && !signal.aborted
      ? new AmiError(`No answer in ${time / 1000} s.`, { ...place, kind: 'timeout', cause: error })
      : error;
  }
}
