import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import { element } from '../wire/xml.ts';

/**
 * The only STS operation of the sample account. Unlike EC2, STS ignores unknown parameters. @throws ServiceError
 * InvalidAction
 */
export function callerIdentity(action: string): string {
  if (action !== 'GetCallerIdentity') {
    throw new ServiceError('InvalidAction', `Could not find operation ${action} for version 2011-06-15`);
  }
  return (
    element('Arn', `arn:aws:iam::${SAMPLE_ACCOUNT_ID}:user/sample`) +
    element('UserId', 'AIDASAMPLEACCOUNTUSER') +
    element('Account', SAMPLE_ACCOUNT_ID)
  );
}
