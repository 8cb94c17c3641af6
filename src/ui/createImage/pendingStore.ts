import { join } from 'node:path';
import { RecordFolder } from '../../images/recordFolder.ts';
import type { AccountRecord } from './recordedPlace.ts';

/** An image being made. */
export interface PendingRecord extends AccountRecord {
  readonly name: string;
  /** When the watch began, in milliseconds since 1970. */
  readonly since: number;
}

export function openPendingStore(folder: string): RecordFolder<PendingRecord> {
  return new RecordFolder(join(folder, 'pending'), isRecord);
}

function isRecord(value: unknown): value is PendingRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'id') === 'string' &&
    typeof Reflect.get(value, 'region') === 'string' &&
    typeof Reflect.get(value, 'since') === 'number'
  );
}
