import { AmiError, type AmiErrorKind } from '../core/errors.ts';

/** EC2's and STS's error codes, from the EC2 API reference ("Error codes for the Amazon EC2 API"). */
const kindOfCode: Readonly<Record<string, AmiErrorKind>> = {
  UnauthorizedOperation: 'access-denied',
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  AuthFailure: 'credentials-invalid',
  InvalidClientTokenId: 'credentials-invalid',
  SignatureDoesNotMatch: 'credentials-invalid',
  UnrecognizedClientException: 'credentials-invalid',
  MissingAuthenticationToken: 'credentials-invalid',
  IncompleteSignature: 'credentials-invalid',
  RequestExpired: 'credentials-expired',
  ExpiredToken: 'credentials-expired',
  ExpiredTokenException: 'credentials-expired',
  OptInRequired: 'access-denied',
  PendingVerification: 'access-denied',
  Blocked: 'access-denied',
  'InvalidAMIID.Malformed': 'malformed-id',
  'InvalidInstanceID.Malformed': 'malformed-id',
  'InvalidAMIID.NotFound': 'not-found',
  'InvalidAMIID.Unavailable': 'not-found',
  'InvalidInstanceID.NotFound': 'not-found',
  'InvalidSnapshot.NotFound': 'not-found',
  'InvalidAMIName.Duplicate': 'name-taken',
  'InvalidAMIName.Malformed': 'name-malformed',
  IncorrectInstanceState: 'wrong-state',
  IncorrectState: 'wrong-state',
  'InvalidInstance.NotEbsBacked': 'unsupported',
  InvalidAction: 'unsupported',
  UnsupportedOperation: 'unsupported',
  Unsupported: 'unsupported',
  NoSuchVersion: 'unsupported',
  InvalidParameter: 'invalid-parameter',
  InvalidParameterValue: 'invalid-parameter',
  InvalidParameterCombination: 'invalid-parameter',
  InvalidBlockDeviceMapping: 'invalid-parameter',
  InvalidPaginationToken: 'invalid-parameter',
  InvalidNextToken: 'invalid-parameter',
  MissingParameter: 'invalid-parameter',
  ValidationError: 'invalid-parameter',
  ConcurrentCreateImageNoRebootLimitExceeded: 'limit',
  ResourceLimitExceeded: 'limit',
  SnapshotLimitExceeded: 'limit',
  TagLimitExceeded: 'limit',
  AMIQuotaExceeded: 'limit',
  // What the SDK takes for throttling (THROTTLING_ERROR_CODES of @smithy/core).
  BandwidthLimitExceeded: 'throttled',
  EC2ThrottledException: 'throttled',
  LimitExceededException: 'throttled',
  PriorRequestNotComplete: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  SlowDown: 'throttled',
  ThrottledException: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  TransactionInProgressException: 'throttled',
  Unavailable: 'unavailable',
  ServiceUnavailable: 'unavailable',
  InternalError: 'unavailable',
  InternalFailure: 'unavailable',
  ServerInternal: 'unavailable',
};

/** Node's and undici's codes for a request that did not make it, or whose answer did not. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EAI_AGAIN',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ERR_STREAM_PREMATURE_CLOSE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The kind, code and sentence of whatever an SDK call rejected with. */
export function toAmiError(error: unknown, operation: string, region?: string): AmiError {
  if (error instanceof AmiError) {
    return error;
  }
  const { kind, code, message, requestId } = read(error);
  return new AmiError(message, { kind, operation, region, code, requestId, cause: error });
}

interface Reading {
  readonly kind: AmiErrorKind;
  readonly code?: string | undefined;
  readonly message: string;
  readonly requestId?: string | undefined;
}

function read(error: unknown): Reading {
  if (!(error instanceof Error)) {
    return { kind: 'unknown', message: String(error) };
  }
  const name = error.name;
  const message = error.message || name;
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode');
  const requestId = text(property(metadata, 'requestId'));
  const systemCode = text(property(error, 'code'));
  // The query protocol of old says whose fault it is in front: `Client.RequestLimitExceeded`.
  const known = kindOfCode[name] ?? kindOfCode[name.replace(/^(Client|Server)\./, '')];
  if (known) {
    return { kind: kindBySentence(name, message) ?? known, code: name, message, requestId };
  }
  if (name === 'AbortError') {
    return { kind: 'cancelled', message };
  }
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError' || name === 'ProviderError') {
    return { kind: /expired|refresh/i.test(message) ? 'credentials-expired' : 'no-credentials', message };
  }
  // The SDK calls a connection that broke a TimeoutError too: the system's code tells more.
  if (systemCode && networkCodes.has(systemCode)) {
    return { kind: 'network', code: systemCode, message };
  }
  if (message === 'aborted' || message === 'socket hang up' || message === 'terminated') {
    return { kind: 'network', code: systemCode, message };
  }
  if (name === 'TimeoutError' || systemCode === 'ETIMEDOUT') {
    return { kind: 'timeout', code: systemCode, message };
  }
  if (isAnswerUnreadable(error)) {
    // Whoever reads answers here says what is wrong with one; the SDK's reader says it in the words of its parser.
    const said = error instanceof SyntaxError && status === undefined ? message : 'The answer is not EC2 XML.';
    return { kind: 'bad-answer', message: said, code: statusCode(status), requestId };
  }
  if (typeof status === 'number') {
    const kind = status >= 500 ? 'unavailable' : status === 429 ? 'throttled' : 'unknown';
    return { kind, code: name === 'Error' ? statusCode(status) : name, message, requestId };
  }
  return { kind: 'unknown', code: name === 'Error' ? systemCode : name, message, requestId };
}

/** Some codes stand for several things, which the sentence tells apart. */
function kindBySentence(code: string, message: string): AmiErrorKind | undefined {
  if (code === 'AuthFailure' && /not authorized|unauthorized/i.test(message)) {
    // Of an image that belongs to somebody else: the keys are good.
    return 'access-denied';
  }
  if (kindOfCode[code] !== 'invalid-parameter') {
    return undefined;
  }
  // CreateImage answers InvalidParameterValue for the state and the kind of the instance as well.
  if (/not in state/i.test(message)) {
    return 'wrong-state';
  }
  return /instance store/i.test(message) ? 'unsupported' : undefined;
}

/** The SDK's deserialiser fails with errors of the XML parser, to which it attaches the raw response. */
function isAnswerUnreadable(error: Error): boolean {
  return (
    error instanceof SyntaxError ||
    property(error, '$responseBodyText') !== undefined ||
    /Deserialization error|Unclosed|Expected closing tag|is not expected|xml/i.test(error.message)
  );
}

function statusCode(status: unknown): string | undefined {
  return typeof status === 'number' ? `HTTP ${status}` : undefined;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
