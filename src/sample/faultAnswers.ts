import { randomUUID } from 'node:crypto';
import type { SampleAccount } from './account.ts';
import type { Fault } from './faults.ts';
import { SAMPLE_ACCOUNT_ID } from './model.ts';
import { unpaged, withSameToken } from './pagingFaults.ts';
import { inWordsOf, ServiceError } from './wire/errors.ts';
import type { RequestTarget, SampleRequest } from './wire/request.ts';
import { errorResponse, type SampleResponse } from './wire/response.ts';

const HTML_PAGE =
  '<!doctype html>\n<html><head><title>502 Bad Gateway</title></head>' +
  '<body><h1>Bad Gateway</h1><p>The proxy got no <b>valid</b> answer &mdash; sorry.<br></body></html>\n';

/** The answer that a fault gives instead of the account's, or the account's. */
export async function answerWith(
  account: SampleAccount,
  request: SampleRequest,
  target: RequestTarget,
  fault: Fault | undefined,
): Promise<SampleResponse> {
  const error = fault && faultError(fault, target);
  if (error) {
    return errorResponse(target.service, error, randomUUID());
  }
  if (fault?.kind === 'html') {
    return { status: 502, headers: { 'content-type': 'text/html' }, body: HTML_PAGE };
  }
  if (fault?.kind === 'same-token') {
    return withSameToken(account, request, target);
  }
  if (fault?.kind === 'unpaged') {
    return unpaged(account, request, target);
  }
  const response = await account.handle(request);
  if (fault?.kind === 'empty-body') {
    return { ...response, body: '' };
  }
  if (fault?.kind === 'malformed-xml') {
    const text = Buffer.from(response.body).toString('utf8');
    return { ...response, body: `${text.slice(0, text.length / 2)}<&</wrong>` };
  }
  return response;
}

/** The error of a fault in the words of the service, which an `error` brings along. */
function faultError(fault: Fault, target: RequestTarget): ServiceError | undefined {
  if (fault.kind === 'error') {
    return new ServiceError(
      fault.code ?? 'InternalError',
      fault.message ?? 'A fault of the test.',
      fault.status ?? 400,
    );
  }
  const error = commonError(fault, target);
  return error && inWordsOf(target.service, error);
}

function commonError({ kind }: Fault, { service, action }: RequestTarget): ServiceError | undefined {
  switch (kind) {
    case 'throttled':
      return new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503);
    case 'server-error':
      return new ServiceError('InternalError', 'An internal error has occurred', 500);
    case 'unavailable':
      return new ServiceError('Unavailable', 'The service is unavailable. Please try again shortly.', 503);
    case 'expired-credentials':
      return new ServiceError('RequestExpired', 'Request has expired.');
    case 'access-denied':
      return new ServiceError(
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. User: arn:aws:iam::${SAMPLE_ACCOUNT_ID}:user/sample is not ` +
          `authorized to perform: ${service}:${action} because no identity-based policy allows the ${service}:${action} ` +
          'action. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcdef_ABCDEF',
        403,
      );
    case 'invalid-token':
      return new ServiceError('InvalidPaginationToken', 'The pagination token is invalid or has expired.');
    case 'not-opted-in':
      return new ServiceError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401);
    default:
      return undefined;
  }
}
