import * as v from 'valibot';
import type { ErrorReason, Said } from '../../core/errorReason.ts';
import { AmiError, type AmiErrorKind, errorCode, withoutAttachments } from '../../core/errors.ts';
import { ifKnown, someText } from '../../core/schemas.ts';
import { AnswerError } from '../answers/answerError.ts';
import { clockOffset } from './clockOffset.ts';
import { kindOfCode, networkCodeOf } from './errorCodes.ts';

/**
 * Converts what an SDK call rejects with. `mask` removes the credentials in use from texts: an endpoint may quote them
 * in its error.
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
  const { kind, code, said, requestId, clockOffset: offset } = read(error);
  return new AmiError(typeof said === 'string' ? mask(said) : said, {
    kind,
    operation,
    region,
    code: code && mask(code),
    requestId: requestId && mask(requestId),
    clockOffset: offset,
    cause: withoutAttachments(error, mask),
  });
}

interface Reading {
  readonly kind: AmiErrorKind;
  readonly code?: string | undefined;
  readonly said: Said;
  readonly requestId?: string | undefined;
  readonly clockOffset?: number | undefined;
}

function read(error: unknown): Reading {
  if (!(error instanceof Error)) {
    return { kind: 'unknown', said: String(error) };
  }
  const name = error.name;
  const message = error.message || name;
  const answer = answerOf(error);
  const { requestId, status } = answer;
  // A redirect is an error whatever its body says: a signed request must not follow it.
  if (status !== undefined && status >= 300 && status < 400) {
    return { kind: 'redirected', said: redirection(answer.location), code: statusCode(status), requestId };
  }
  const known = kindOfCode(name);
  if (known) {
    const kind = kindByMessage(known, name, message);
    return { ...withClock(kind, name, message, answer.date), code: name, said: message, requestId };
  }
  const systemCode = errorCode(error);
  if (name === 'AbortError') {
    return { kind: 'cancelled', said: message };
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || name === 'ProviderError') {
    return readProviderError(message);
  }
  if (isProxyRefusal(error, answer)) {
    return { kind: 'proxy', said: { kind: 'answer-not-from-aws' }, code: statusCode(status ?? 407), requestId };
  }
  // The SDK names a broken connection TimeoutError too: the system's code tells more.
  const networkCode = systemCode && networkCodeOf(systemCode, '');
  if (networkCode) {
    return { kind: 'network', code: networkCode, said: message };
  }
  if (message === 'aborted' || message === 'socket hang up' || message === 'terminated') {
    return { kind: 'network', code: systemCode, said: message };
  }
  // Node's HTTP parser: the server speaks another protocol.
  if (systemCode?.startsWith('HPE_')) {
    return { kind: 'bad-answer', said: { kind: 'answer-no-http' } };
  }
  // Node's codes for errors of zlib and Brotli.
  if (systemCode && /^(?:Z_|ERR__?ERROR_|ERR_BROTLI)/.test(systemCode)) {
    return { kind: 'bad-answer', said: { kind: 'answer-compression' } };
  }
  if (name === 'TimeoutError' || systemCode === 'ETIMEDOUT') {
    return { kind: 'timeout', code: systemCode, said: message };
  }
  const unreadable = isAnswerUnreadable(error);
  const failing = status !== undefined && (status >= 500 || status === 429);
  if (unreadable && !failing) {
    // What our readers say is for the user, the messages of the SDK's parser are not.
    const said: ErrorReason =
      error instanceof AnswerError && status === undefined ? error.reason : { kind: 'answer-no-xml', said: undefined };
    return { kind: 'bad-answer', said, code: statusCode(status), requestId };
  }
  if (status !== undefined) {
    // The answer may come from a proxy or a load balancer: only its status tells.
    const kind = status >= 500 ? 'unavailable' : status === 429 ? 'throttled' : 'unknown';
    const saysNothing = unreadable || message === 'Unknown' || message === 'UnknownError';
    return {
      kind,
      code: unreadable || name === 'Error' || name === 'Unknown' ? statusCode(status) : name,
      said: saysNothing ? `HTTP ${status}.` : message,
      requestId,
    };
  }
  return { kind: 'unknown', code: name === 'Error' ? systemCode : name, said: message, requestId };
}

/** The SDK's credential providers pass on only an error's name and message: `Error: connect ECONNREFUSED …`. */
function readProviderError(message: string): Reading {
  const code = networkCodeOf(undefined, message);
  if (code) {
    return { kind: 'network', code, said: message };
  }
  const [, name] = /^(\w+): /.exec(message) ?? [];
  if (name === 'TimeoutError') {
    return { kind: 'timeout', said: message };
  }
  return { kind: (name && kindOfCode(name)) || 'no-credentials', said: message };
}

interface Answer {
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly date: string | undefined;
  readonly location: string | undefined;
  readonly html: boolean;
}

/** The parts of an answer that the SDK attaches to its errors. */
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

/** Codes of refusals that may come of the time at which a request was signed. */
const codesOfClock = new Set([
  'RequestExpired',
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'AuthFailure',
]);

/** A wrong clock causes such refusals. Expired credentials stay expired, but their error has the offset too. */
function withClock(kind: AmiErrorKind, code: string, message: string, date: string | undefined) {
  const offset =
    kind === 'credentials-expired' || kind === 'credentials-invalid' || kind === 'clock-wrong'
      ? clockOffset(message, date, Date.now())
      : undefined;
  return offset !== undefined && codesOfClock.has(code)
    ? { kind: 'clock-wrong' as const, clockOffset: offset }
    : { kind, clockOffset: offset };
}

/** Statuses with which proxies and networks ask for a sign-in or refuse a connection. */
const statusesOfProxies = new Set([401, 403, 407, 451, 511]);

function isProxyRefusal(error: Error, { status, html }: Answer): boolean {
  if (/\b407\b.*Proxy Authentication Required|tunnel.*\b407\b/i.test(error.message)) {
    return true;
  }
  if (status === 407 || status === 511) {
    return true;
  }
  // AWS never answers an error in HTML.
  return html && status !== undefined && statusesOfProxies.has(status);
}

function redirection(location: string | undefined): ErrorReason {
  const base = 'http://same.invalid';
  const url = location && URL.canParse(location, base) ? new URL(location, base) : undefined;
  return url?.host === 'same.invalid'
    ? { kind: 'redirected-to-path' }
    : { kind: 'redirected', host: url?.host || undefined };
}

/** Some codes have several meanings, which the message tells apart. */
function kindByMessage(kind: AmiErrorKind, code: string, message: string): AmiErrorKind {
  if (code === 'AuthFailure' && /not authorized|unauthorized/i.test(message)) {
    // EC2's refusal for an image of another account: the keys are valid.
    return 'access-denied';
  }
  if (kind !== 'invalid-parameter') {
    return kind;
  }
  // CreateImage also answers InvalidParameterValue for the state and the root device type of the instance.
  if (/not in state/i.test(message)) {
    return 'wrong-state';
  }
  return /instance store/i.test(message) ? 'unsupported' : kind;
}

/** Whether an answer is unreadable: the SDK's deserializer rejects with its XML parser's error and the raw response. */
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
