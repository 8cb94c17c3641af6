import type { AccountScope } from '../../core/accountScope.ts';
import { isAwsHost, partitionOf } from '../../core/regions.ts';
import type { Connection } from '../../ec2/port.ts';

/** The account behind a connection; its number where it is known. */
export function accountScopeOf(
  { choice, profile, endpoint, defaultRegion }: Pick<Connection, 'choice' | 'profile' | 'endpoint' | 'defaultRegion'>,
  account: string | undefined,
): AccountScope {
  return {
    kind: choice.kind,
    partition: partitionOf(defaultRegion),
    endpoint: ownEndpoint(endpoint?.url),
    account,
    profile,
  };
}

/** Undefined for AWS's own endpoints, a VPC's among them: they lead to the same accounts. */
export function ownEndpoint(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) {
    return url;
  }
  const { hostname, href } = new URL(url);
  return isAwsHost(hostname) ? undefined : href;
}
