import * as v from 'valibot';
import { AmiError, type AmiErrorKind, bare, errorCode } from '../../core/errors.ts';
import { ifKnown, someText } from '../../core/schemas.ts';
import { clockOffset } from './clockOffset.ts';
import { kindOfCode, networkCodeOf } from './errorCodes.ts';

/**
 * The kind, code and sentence of whatever an SDK call rejected with. `mask` takes out the credentials in use, which the
 * endpoint may have quoted.
 */
export function toAmiError(
  error: unknown,
  operation: string,
  region?: string,
  mask: (text: string) => string = (text) => text,
): AmiError {
  if (error instanceof AmiError) {
    return error;
  }
  const { kind, code, message, requestId, clockOffset: offset } = read(error);
  return new AmiError(mask(message), {
    kind,
    operation,
    region,
    code: code && mask(code),
    requestId: requestId && mask(requestId),
    clockOffset: offset,
    cause: bare(error, mask),
  });
}

interface Reading {
  readonly kind: AmiErrorKind;
  readonly code?: string | undefined;
  readonly message: string;
  readonly requestId?: string | undefined;
  readonly clockOffset?: number | undefined;
}

function read(error: unknown): Reading {
  if (!(error instanceof Error)) {
    return { kind: 'unknown', message: String(error) };
  }
  const name = error.name;
  const message = error.message || name;
  const answer = answerOf(error);
  const { requestId, status } = answer;
  // Whatever its body says: nobody follows it with a signed request.
  if (status !== undefined && status >= 300 && status < 400) {
    return { kind: 'redirected', message: redirection(answer.location), code: statusCode(status), requestId };
  }
  const known = kindOfCode(name);
  if (known) {
    const kind = kindBySentence(known, name, message);
    return { ...withClock(kind, name, message, answer.date), code: name, message, requestId };
  }
  const systemCode = errorCode(error);
  if (name === 'AbortError') {
    return { kind: 'cancelled', message };
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || name === 'ProviderError') {
    return readProviderError(message);
  }
  if (isProxyRefusal(error, answer)) {
    return { kind: 'proxy', message: 'The answer is not from AWS.', code: statusCode(status ?? 407), requestId };
  }
  // The SDK calls a connection that broke a TimeoutError too: the system's code tells more.
  const networkCode = systemCode && networkCodeOf(systemCode, '');
  if (networkCode) {
    return { kind: 'network', code: networkCode, message };
  }
  if (message === 'aborted' || message === 'socket hang up' || message === 'terminated') {
    return { kind: 'network', code: systemCode, message };
  }
  // Node's parser of HTTP: what listens there is something else.
  if (systemCode?.startsWith('HPE_')) {
    return { kind: 'bad-answer', message: 'The answer is not HTTP.' };
  }
  // Node's codes of zlib's and Brotli's.
  if (systemCode && /^(?:Z_|ERR__?ERROR_|ERR_BROTLI)/.test(systemCode)) {
    return { kind: 'bad-answer', message: 'The answer is not compressed as it says.' };
  }
  if (name === 'TimeoutError' || systemCode === 'ETIMEDOUT') {
    return { kind: 'timeout', code: systemCode, message };
  }
  const unreadable = isAnswerUnreadable(error);
  const failing = status !== undefined && (status >= 500 || status === 429);
  if (unreadable && !failing) {
    // Whoever reads answers here says what is wrong with one; the SDK's reader says it in the words of its parser.
    const said = error instanceof SyntaxError && status === undefined ? message : 'The answer is not EC2 XML.';
    return { kind: 'bad-answer', message: said, code: statusCode(status), requestId };
  }
  if (status !== undefined) {
    // A proxy or a load balancer fails in its own words: the status tells.
    const kind = status >= 500 ? 'unavailable' : status === 429 ? 'throttled' : 'unknown';
    const saysNothing = unreadable || message === 'Unknown' || message === 'UnknownError';
    return {
      kind,
      code: unreadable || name === 'Error' || name === 'Unknown' ? statusCode(status) : name,
      message: saysNothing ? `HTTP ${status}.` : message,
      requestId,
    };
  }
  return { kind: 'unknown', code: name === 'Error' ? systemCode : name, message, requestId };
}

/** The SDK's sources of credentials keep of an error nothing but its name and its sentence: `Error: connect ECONNREFUSED …`. */
function readProviderError(message: string): Reading {
  const code = networkCodeOf(undefined, message);
  if (code) {
    return { kind: 'network', code, message };
  }
  const [, name] = /^(\w+): /.exec(message) ?? [];
  if (name === 'TimeoutError') {
    return { kind: 'timeout', message };
  }
  return { kind: (name && kindOfCode(name)) || 'no-credentials', message };
}

interface Answer {
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly date: string | undefined;
  readonly location: string | undefined;
  readonly html: boolean;
}

/** What the SDK attaches of the answer to its errors. */
const sdkError = v.object({
  $metadata: ifKnown(v.object({ httpStatusCode: ifKnown(v.number()), requestId: ifKnown(someText) })),
  $response: ifKnown(
    v.object({
      statusCode: ifKnown(v.number()),
      headers: ifKnown(
        v.object({ date: ifKnown(someText), location: ifKnown(someText), 'content-type': ifKnown(someText) }),
      ),
    }),
  ),
});

function answerOf(error: Error): Answer {
  const { $metadata, $response } = v.parse(sdkError, error);
  return {
    status: $metadata?.httpStatusCode ?? $response?.statusCode,
    requestId: $metadata?.requestId,
    date: $response?.headers?.date,
    location: $response?.headers?.location,
    html: /html/i.test($response?.headers?.['content-type'] ?? ''),
  };
}

/** Codes by which endpoints refuse a request for the time at which it was signed, or for something else. */
const codesOfClock = new Set([
  'RequestExpired',
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'AuthFailure',
]);

/** Where the clock is off, that is what is wrong with a request; credentials that have expired have all the same. */
function withClock(kind: AmiErrorKind, code: string, message: string, date: string | undefined) {
  const offset =
    kind === 'credentials-expired' || kind === 'credentials-invalid' || kind === 'clock-wrong'
      ? clockOffset(message, date, Date.now())
      : undefined;
  return offset !== undefined && codesOfClock.has(code)
    ? { kind: 'clock-wrong' as const, clockOffset: offset }
    : { kind, clockOffset: offset };
}

/** Statuses by which proxies and networks ask for a sign-in of their own, or refuse the way. */
const statusesOfProxies = new Set([401, 403, 407, 451, 511]);

function isProxyRefusal(error: Error, { status, html }: Answer): boolean {
  if (/\b407\b.*Proxy Authentication Required|tunnel.*\b407\b/i.test(error.message)) {
    return true;
  }
  if (status === 407 || status === 511) {
    return true;
  }
  // AWS's own errors are no pages.
  return html && status !== undefined && statusesOfProxies.has(status);
}

function redirection(location: string | undefined): string {
  if (!location) {
    return 'Redirected without saying where.';
  }
  const url = URL.canParse(location, 'http://same.invalid') ? new URL(location, 'http://same.invalid') : undefined;
  return url?.host === 'same.invalid'
    ? 'Redirected to another path of the same host.'
    : `Redirected to ${url?.host || 'an address that is none'}.`;
}

/** Some codes stand for several things, which the sentence tells apart. */
function kindBySentence(kind: AmiErrorKind, code: string, message: string): AmiErrorKind {
  if (code === 'AuthFailure' && /not authorized|unauthorized/i.test(message)) {
    // Of an image that belongs to somebody else: the keys are good.
    return 'access-denied';
  }
  if (kind !== 'invalid-parameter') {
    return kind;
  }
  // CreateImage answers InvalidParameterValue for the state and the kind of the instance as well.
  if (/not in state/i.test(message)) {
    return 'wrong-state';
  }
  return /instance store/i.test(message) ? 'unsupported' : kind;
}

/** The SDK's deserialiser fails with errors of the XML parser, to which it attaches the raw response. */
function isAnswerUnreadable(error: Error): boolean {
  return (
    error instanceof SyntaxError ||
    '$responseBodyText' in error ||
    /Deserialization error|Unclosed|Expected closing tag|is not expected|xml/i.test(error.message)
  );
}

function statusCode(status: number | undefined): string | undefined {
  return status === undefined ? undefined : `HTTP ${status}`;
}
