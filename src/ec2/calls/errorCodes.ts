import type { AmiErrorKind } from '../../core/errors.ts';

/** EC2's and STS's error codes, from the EC2 API reference ("Error codes for the Amazon EC2 API"). */
const kinds: Readonly<Record<string, AmiErrorKind>> = {
  UnauthorizedOperation: 'access-denied',
  AccessDenied: 'access-denied',
  AccessDeniedException: 'access-denied',
  AuthFailure: 'credentials-invalid',
  InvalidClientTokenId: 'credentials-invalid',
  SignatureDoesNotMatch: 'credentials-invalid',
  UnrecognizedClientException: 'credentials-invalid',
  MissingAuthenticationToken: 'credentials-invalid',
  IncompleteSignature: 'credentials-invalid',
  InvalidSignatureException: 'credentials-invalid',
  RequestTimeTooSkewed: 'clock-wrong',
  RequestInTheFuture: 'clock-wrong',
  RequestExpired: 'credentials-expired',
  ExpiredToken: 'credentials-expired',
  ExpiredTokenException: 'credentials-expired',
  OptInRequired: 'access-denied',
  RegionDisabledException: 'not-opted-in',
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
  // The SDK's THROTTLING_ERROR_CODES (@smithy/core).
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

/** Codes of Node and undici for a request or an answer that was lost on the network. */
const network: ReadonlySet<string> = new Set([
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
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The kind of an error with an EC2 code; undefined for an unknown code. */
export function kindOfCode(code: string): AmiErrorKind | undefined {
  // EC2's query protocol may have a prefix: `Client.RequestLimitExceeded`.
  const known = code.replace(/^(Client|Server)\./, '');
  return Object.hasOwn(kinds, known) ? kinds[known] : undefined;
}

/** The code of a network error: `code`, or one in the message, where the SDK's errors may have it alone. */
export function networkCodeOf(code: string | undefined, message: string): string | undefined {
  if (code) {
    return network.has(code) ? code : undefined;
  }
  return message.match(/\b[A-Z][A-Z_]{3,}\b/g)?.find((word) => network.has(word));
}
