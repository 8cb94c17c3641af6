import { type Partition, partitionOf } from './regions.ts';

/** An account and where it is, as far as known. Data saved for one account is not used for another. */
export interface AccountScope {
  readonly kind: 'sample' | 'aws';
  readonly partition: Partition;
  /** The URL of an endpoint that is not AWS's, without credentials. */
  readonly endpoint: string | undefined;
  /** Undefined until the endpoint has named it. */
  readonly account: string | undefined;
  readonly profile: string | undefined;
}

/**
 * Whether both are the same account. Account numbers decide where both are known, otherwise profile names do: a profile
 * can be changed to another account. Local endpoints all give the same numbers, so the endpoint is compared too.
 */
export function isSameAccount(a: AccountScope, b: AccountScope): boolean {
  if (a.kind !== b.kind || a.kind === 'sample') {
    return a.kind === b.kind;
  }
  if (a.partition !== b.partition || a.endpoint !== b.endpoint) {
    return false;
  }
  return a.account && b.account ? a.account === b.account : a.profile === b.profile;
}

/** The account of a connection, with its number where it is known. */
export function accountScopeOf(
  {
    choice,
    profile,
    foreignEndpoint,
    defaultRegion,
  }: {
    readonly choice: Pick<AccountScope, 'kind'>;
    readonly profile: string | undefined;
    readonly foreignEndpoint: string | undefined;
    readonly defaultRegion: string;
  },
  account: string | undefined,
): AccountScope {
  return { kind: choice.kind, partition: partitionOf(defaultRegion), endpoint: foreignEndpoint, account, profile };
}
