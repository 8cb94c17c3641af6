import { AmiError } from '../core/errors.ts';

/**
 * Aborts `run` after `timeout` ms.
 *
 * @throws AmiError `timeout` after that; else what `run` throws
 */
export async function withTimeout<T>(
  timeout: number,
  place: { readonly operation: string; readonly region: string },
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(timeout);
  try {
    return await run(AbortSignal.any([signal, late]));
  } catch (error) {
    throw late.aborted && !signal.aborted
      ? new AmiError({ kind: 'no-answer', seconds: timeout / 1_000 }, { ...place, kind: 'timeout', cause: error })
      : error;
  }
}
