import { AmiError } from '../core/errors.ts';
import type { CatalogFailure } from './port.ts';

/** A failure as it passes from thread to thread. */
export function toCatalogFailure(error: unknown): CatalogFailure {
  if (error instanceof AmiError) {
    const { kind, message, operation, region, code, requestId, profile, signIn, clockOffset } = error;
    return { kind: 'ami', error: { kind, message, operation, region, code, requestId, profile, signIn, clockOffset } };
  }
  const message = error instanceof Error ? error.message : String(error);
  // From a thread no more than the message comes: SQLite's own, and the operating system's.
  return /database or disk is full|ENOSPC/.test(message) ? { kind: 'full' } : { kind: 'other', message };
}

/** The failure on the other side: an AmiError where it was one. */
export function fromCatalogFailure(failure: CatalogFailure): Error {
  return failure.kind === 'ami'
    ? new AmiError(failure.error.message, failure.error)
    : new Error(failure.kind === 'other' ? failure.message : 'The disk is full.');
}
