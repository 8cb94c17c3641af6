import type { SampleAccount } from './account.ts';
import type { RequestTarget, SampleRequest } from './wire/request.ts';
import type { SampleResponse } from './wire/response.ts';

/** The whole list at once, whatever MaxResults is. */
export function unpaged(
  account: SampleAccount,
  request: SampleRequest,
  target: RequestTarget,
): Promise<SampleResponse> {
  return account.handle(without('MaxResults', request, target));
}

/** The first page, whatever NextToken is, with its own token as the next one. */
export async function withSameToken(
  account: SampleAccount,
  request: SampleRequest,
  target: RequestTarget,
): Promise<SampleResponse> {
  const response = await account.handle(without('NextToken', request, target));
  const text = Buffer.from(response.body).toString('utf8');
  const body =
    target.service === 'ssm'
      ? JSON.stringify({ ...JSON.parse(text), NextToken: 'again' })
      : text.replace(/<nextToken>[^<]*<\/nextToken>|(?=<\/Describe\w+Response>)/, '<nextToken>again</nextToken>');
  return { ...response, body };
}

/** The request without a parameter, in its query and body. */
function without(name: string, request: SampleRequest, { service }: RequestTarget): SampleRequest {
  const { query, body } = request;
  return service === 'ssm'
    ? { ...request, body: JSON.stringify({ ...JSON.parse(body), [name]: undefined }) }
    : { ...request, query: withoutPair(name, query), body: withoutPair(name, body) };
}

function withoutPair(name: string, text: string): string {
  return text
    .split('&')
    .filter((pair) => !pair.startsWith(`${name}=`))
    .join('&');
}
