import type { ContextKeyValue } from '../../contributions/contextKeys.ts';
import type { AmiError } from '../../core/errors.ts';

/** Whether an error is about the way to AWS, or about the credentials: another call would fail with it as well. */
export function concernsAllCalls(error: AmiError): boolean {
  return ['unreachable', 'clockWrong', 'badCredentials'].includes(obstacleOf(error)) && error.kind !== 'access-denied';
}

/** Whether an error is AWS's word on one call, which proves the way to AWS. Many errors prove neither this nor the opposite. */
export function isAnswer({ kind }: AmiError): boolean {
  switch (kind) {
    case 'access-denied':
    case 'not-opted-in':
    case 'region-unknown':
    case 'not-found':
    case 'malformed-id':
    case 'invalid-parameter':
    case 'name-taken':
    case 'name-malformed':
    case 'wrong-state':
    case 'unsupported':
    case 'limit':
    case 'throttled':
      return true;
    default:
      return false;
  }
}

/** What prevents a connection, by its error. */
export function obstacleOf({ kind, file }: AmiError): ContextKeyValue<'connection'> {
  switch (kind) {
    case 'mfa-code-missing':
      return 'mfaCodeMissing';
    case 'config-invalid':
      return file ? 'badConfigFile' : 'badSetting';
    case 'network':
    case 'timeout':
    case 'proxy':
    case 'redirected':
    case 'unavailable':
    case 'bad-answer':
      return 'unreachable';
    case 'clock-wrong':
      return 'clockWrong';
    case 'credentials-failed':
    case 'credentials-expired':
    case 'credentials-invalid':
    case 'access-denied':
      return 'badCredentials';
    default:
      return 'failed';
  }
}
