import { AmiError } from '../core/errors.ts';
import type { CatalogFailure } from './port.ts';
import { isFull } from './store/openStore.ts';
import { placeProblem, StorePlaceError } from './store/storePlace.ts';

/** An error as data, which can be sent between threads. */
export function toCatalogFailure(error: unknown): CatalogFailure {
  if (error instanceof AmiError) {
    const { kind, said, operation, region, code, requestId, profile, signIn, clockOffset } = error;
    return { kind: 'ami', error: { kind, said, operation, region, code, requestId, profile, signIn, clockOffset } };
  }
  if (error instanceof CatalogFailureError) {
    return error.failure;
  }
  if (error instanceof StorePlaceError) {
    return { kind: 'place', folder: error.folder, code: error.code, message: error.message };
  }
  return isFull(error)
    ? { kind: 'full' }
    : { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}

/**
 * The same for an error of a store's file. SQLite's errors name neither the file nor the cause, which are found here.
 */
export function toStoreFailure(error: unknown, file: string): CatalogFailure {
  return toCatalogFailure(placeProblem(file, error) ?? error);
}

/** A failure of a thread, as an error again. */
class CatalogFailureError extends Error {
  readonly failure: CatalogFailure;

  constructor(failure: CatalogFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}

/** Makes an error of a failure that was received: an AmiError if it was one. */
export function fromCatalogFailure(failure: CatalogFailure): Error {
  return failure.kind === 'ami'
    ? new AmiError(failure.error.said, failure.error)
    : new CatalogFailureError(failure, failure.kind === 'full' ? 'The disk is full.' : failure.message);
}
