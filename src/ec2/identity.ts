import { readXmlAnswer } from './answers/xmlAnswer.ts';
import type { AwsCalls } from './calls/awsCalls.ts';
import type { Identity } from './port.ts';

/** Whose the credentials are. */
export async function identity(calls: AwsCalls, signal: AbortSignal): Promise<Identity> {
  const result = 'GetCallerIdentityResult';
  const { rest } = await calls.sts(
    { operation: 'GetCallerIdentity', signal },
    () => new calls.sdk.GetCallerIdentityCommand({}),
    (body, limits) => readXmlAnswer(body, { root: 'GetCallerIdentityResponse', has: result }, () => undefined, limits),
  );
  return { account: rest.child(result)?.text('Account') ?? '', arn: rest.child(result)?.text('Arn') ?? '' };
}
