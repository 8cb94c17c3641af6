import { readXmlAnswer } from './answers/xmlAnswer.ts';
import type { AwsCalls } from './calls/awsCalls.ts';
import type { AccountReader } from './port.ts';

export function accountReader(calls: AwsCalls): AccountReader {
  return {
    listRegions: (signal) => calls.listRegions(signal),
    explain: (error) => calls.explain(error),

    async identity(signal) {
      const result = 'GetCallerIdentityResult';
      const shape = { root: 'GetCallerIdentityResponse', has: result };
      const { rest } = await calls.sts(
        { operation: 'GetCallerIdentity', signal },
        () => new calls.sdk.GetCallerIdentityCommand({}),
        (body, limits) => readXmlAnswer(body, shape, () => undefined, limits),
      );
      return { account: rest.child(result)?.text('Account') ?? '', arn: rest.child(result)?.text('Arn') ?? '' };
    },
  };
}
