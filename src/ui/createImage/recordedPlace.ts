import { accountScopeOf, isSameAccount } from '../../core/accountScope.ts';
import { partitionOf } from '../../core/regions.ts';
import type { Connection } from '../../ec2/port.ts';

/** What tells through which connection something may be looked at. */
export interface RecordedPlace {
  readonly kind: 'sample' | 'aws';
  readonly profile: string | undefined;
  readonly endpoint: string | undefined;
  /** Undefined where the endpoint has not told the account's number. */
  readonly account: string | undefined;
}

/** Something under way in an account. */
export interface AccountRecord extends RecordedPlace {
  readonly id: string;
  readonly region: string;
}

export function placeOf(
  connection: Pick<Connection, 'choice' | 'profile' | 'foreignEndpoint'>,
  account: string | undefined,
): RecordedPlace {
  return {
    kind: connection.choice.kind,
    profile: connection.profile,
    endpoint: connection.foreignEndpoint,
    account,
  };
}

/** Whether a connection leads to the account that an image is made in. */
export function belongsTo(
  record: Omit<AccountRecord, 'id'>,
  connection: Pick<Connection, 'choice' | 'profile' | 'foreignEndpoint' | 'defaultRegion'>,
  account: string | undefined,
): boolean {
  return isSameAccount({ ...record, partition: partitionOf(record.region) }, accountScopeOf(connection, account));
}
