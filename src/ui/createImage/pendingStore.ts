import { join } from 'node:path';
import { isSameAccount } from '../../core/accountScope.ts';
import { partitionOf } from '../../core/regions.ts';
import type { Connection } from '../../ec2/port.ts';
import { accountScopeOf, ownEndpoint } from '../accountScopeOf.ts';
import { RecordFolder } from './recordFolder.ts';

/** What tells through which connection something may be looked at. */
export interface RecordedPlace {
  readonly kind: 'sample' | 'aws';
  readonly profile: string | undefined;
  readonly endpoint: string | undefined;
  /** Undefined where the endpoint has not told the account's number. */
  readonly account: string | undefined;
}

/** An image being made. */
export interface PendingRecord extends RecordedPlace {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  /** When the watch began, in milliseconds since 1970. */
  readonly since: number;
}

export function recordOf(
  connection: Pick<Connection, 'choice' | 'profile' | 'endpoint'>,
  account: string | undefined,
  image: Pick<PendingRecord, 'id' | 'region' | 'name' | 'since'>,
): PendingRecord {
  return { ...image, ...placeOf(connection, account) };
}

export function placeOf(
  connection: Pick<Connection, 'choice' | 'profile' | 'endpoint'>,
  account: string | undefined,
): RecordedPlace {
  return {
    kind: connection.choice.kind,
    profile: connection.profile,
    endpoint: connection.endpoint?.url,
    account,
  };
}

/** Whether a connection leads to the account that an image is made in. */
export function belongsTo(
  record: RecordedPlace & { readonly region: string },
  connection: Pick<Connection, 'choice' | 'profile' | 'endpoint' | 'defaultRegion'>,
  account: string | undefined,
): boolean {
  const made = { ...record, partition: partitionOf(record.region), endpoint: ownEndpoint(record.endpoint) };
  return isSameAccount(made, accountScopeOf(connection, account));
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
