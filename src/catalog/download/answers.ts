import { AmiError } from '../../core/errors.ts';

/** The endpoint does not take the question, where another would be answered. */
export function isAboutTheQuestion(error: unknown): boolean {
  return error instanceof AmiError && (error.kind === 'invalid-parameter' || error.kind === 'unsupported');
}

/** Some endpoints answer what they do not know in their own way: a page of HTML, an error of no kind. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof AmiError && ['bad-answer', 'unavailable', 'unknown'].includes(error.kind);
}

/** The token is no longer known, or belongs to another account: for which there are other codes than EC2's, too. */
export function refusesToken(error: unknown): boolean {
  return (
    isAboutTheQuestion(error) || (error instanceof AmiError && error.kind === 'unknown' && error.code !== undefined)
  );
}
