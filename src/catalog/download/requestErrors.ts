import { AmiError } from '../../core/errors.ts';

/** Whether the endpoint refuses this request, but may answer another one, without filters for example. */
export function isRequestRefused(error: unknown): boolean {
  return error instanceof AmiError && (error.kind === 'invalid-parameter' || error.kind === 'unsupported');
}

/** Whether the answer cannot be read: some endpoints answer unknown requests with an HTML page or an unknown error. */
export function isAnswerUnreadable(error: unknown): boolean {
  return error instanceof AmiError && ['bad-answer', 'unavailable', 'unknown'].includes(error.kind);
}

/** Whether the endpoint may have refused the page token. Endpoints other than EC2 have codes of their own for that. */
export function isTokenRefused(error: unknown): boolean {
  return isRequestRefused(error) || (error instanceof AmiError && error.kind === 'unknown' && error.code !== undefined);
}
