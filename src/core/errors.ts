/** What went wrong, in the terms that decide what to tell the user and which button to offer. */
export type AmiErrorKind =
  | 'no-credentials'
  | 'credentials-expired'
  | 'credentials-invalid'
  | 'config-invalid'
  | 'access-denied'
  | 'not-opted-in'
  | 'region-unknown'
  | 'not-found'
  | 'malformed-id'
  | 'invalid-parameter'
  | 'name-taken'
  | 'name-malformed'
  | 'wrong-state'
  | 'unsupported'
  | 'limit'
  | 'throttled'
  | 'unavailable'
  | 'network'
  | 'timeout'
  | 'bad-answer'
  /** The pages of a listing do not lead to its end. */
  | 'listing-broken'
  | 'cancelled'
  | 'unknown';

export interface AmiErrorDetails {
  readonly kind: AmiErrorKind;
  /** The EC2 action that failed, `CreateImage` for instance. */
  readonly operation: string;
  readonly region?: string | undefined;
  /** EC2's own code, `InvalidAMIName.Duplicate` for instance. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** Every failure of a call to AWS, whatever lies beneath it. `message` is the server's own sentence. */
export class AmiError extends Error {
  override readonly name = 'AmiError';
  readonly kind: AmiErrorKind;
  readonly operation: string;
  readonly region: string | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, details: AmiErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.operation = details.operation;
    this.region = details.region;
    this.code = details.code;
    this.requestId = details.requestId;
  }
}

export function isCancelled(error: unknown): boolean {
  return error instanceof AmiError && error.kind === 'cancelled';
}
