import { AmiError } from '../core/errors.ts';
import type { CatalogFailure } from './port.ts';

/** A failure as it passes from thread to thread. */
export function toCatalogFailure(error: unknown): CatalogFailure {
  if (error instanceof AmiError) {
    const { kind, message, operation, region, code, requestId } = error;
    return { kind: 'ami', error: { kind, message, operation, region, code, requestId } };
  }
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}
