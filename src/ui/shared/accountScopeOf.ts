import type { AccountScope } from '../../core/accountScope.ts';
import { partitionOf } from '../../core/regions.ts';
import type { Connection } from '../../ec2/port.ts';

/** The account behind a connection; its number where it is known. */
export function accountScopeOf(
  {
    choice,
    profile,
    foreignEndpoint,
    defaultRegion,
  }: Pick<Connection, 'choice' | 'profile' | 'foreignEndpoint' | 'defaultRegion'>,
  account: string | undefined,
): AccountScope {
  return {
    kind: choice.kind,
    partition: partitionOf(defaultRegion),
    endpoint: foreignEndpoint,
    account,
    profile,
  };
}
