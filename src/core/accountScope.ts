import { type Partition, partitionOf } from './regions.ts';

/** An account as far as it is known, and where it is. What is kept for one concerns no other. */
export interface AccountScope {
  readonly kind: 'sample' | 'aws';
  readonly partition: Partition;
  /** The URL of an endpoint that is not AWS's, without credentials. */
  readonly endpoint: string | undefined;
  /** Undefined where the endpoint has not told it. */
  readonly account: string | undefined;
  readonly profile: string | undefined;
}

/**
 * Whether two are the same account. The numbers decide where both are known, since a profile may have come to mean another
 * account; the profile's name does otherwise. Local endpoints give the same numbers to all, so theirs count there alone.
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

/** The account behind a connection; its number where it is known. */
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
