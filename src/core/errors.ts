import type { Said } from './errorReason.ts';
import { saidText } from './errorReasonText.ts';
import { plainL10n } from './l10n.ts';
import { maskSecrets } from './maskSecrets.ts';

/** What went wrong. The kind decides the sentence that the user reads and the button offered with it. */
export type AmiErrorKind =
  /** No source of credentials is configured. */
  | 'no-credentials'
  /** A profile's source of credentials gives none; the message says why. */
  | 'credentials-failed'
  /** A session of `aws sso login` or `aws login` is missing, expired or refused: see `signIn`. */
  | 'signed-out'
  /** The user gave no code of an MFA device. The prompt does not return until the user acts. */
  | 'mfa-code-missing'
  | 'credentials-expired'
  | 'credentials-invalid'
  | 'config-invalid'
  /** The clock of this machine is off: see `clockOffset`. */
  | 'clock-wrong'
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
  /** The endpoint redirects the request to another host, which the message names. Requests do not follow redirects. */
  | 'redirected'
  /** A proxy or a network's sign-in page answered instead of the endpoint. */
  | 'proxy'
  | 'bad-answer'
  /** The pages of a listing do not lead to an end. */
  | 'listing-broken'
  /** The setting `amiExplorer.readOnly` prevents changes: nothing was sent. */
  | 'read-only'
  | 'cancelled'
  | 'unknown';

/** How to start a profile's session: with `aws sso login` or `aws login`, for the profile that owns the session. */
export interface SignIn {
  /** The profile in force, or a profile that it takes its credentials from, directly or indirectly. */
  readonly profile: string;
  readonly command: 'sso login' | 'login';
  /** Path of the file that the command writes when it succeeds. */
  readonly cacheFile: string;
}

/** A place in a shared config or credentials file. `line` counts from 1; undefined for the file as a whole. */
export interface ConfigFilePlace {
  readonly path: string;
  readonly line: number | undefined;
}

export interface AmiErrorDetails {
  readonly kind: AmiErrorKind;
  /** The operation that failed, `CreateImage` for instance. */
  readonly operation: string;
  readonly region?: string | undefined;
  /** EC2's own code, `InvalidAMIName.Duplicate` for instance. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  /** The profile whose credentials failed. */
  readonly profile?: string | undefined;
  readonly signIn?: SignIn | undefined;
  /** How much (ms) this machine's clock is behind the endpoint's; negative where it is ahead. */
  readonly clockOffset?: number | undefined;
  /** Where a `config-invalid` error can be corrected, if in one of the AWS files. */
  readonly file?: ConfigFilePlace | undefined;
  readonly cause?: unknown;
}

/** In characters. An encoded authorization message, which the log shows whole, may be this long. */
const longestMessage = 4_000;
const longestName = 120;

/** An AmiError as data, which can be sent between threads. */
export interface AmiErrorData extends Omit<AmiErrorDetails, 'cause'> {
  readonly said: Said;
}

/**
 * Every error of a call to AWS. Message, code, request id and causes are free of what looks like credentials, and
 * causes keep only their names and messages. The message is English, for the log and the check; `said` is for users.
 */
export class AmiError extends Error {
  override readonly name = 'AmiError';
  readonly said: Said;
  readonly kind: AmiErrorKind;
  readonly operation: string;
  readonly region: string | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly profile: string | undefined;
  readonly signIn: SignIn | undefined;
  readonly clockOffset: number | undefined;
  readonly file: ConfigFilePlace | undefined;

  constructor(said: Said, details: AmiErrorDetails) {
    const harmlessSaid = withHarmlessTexts(said);
    super(
      harmless(saidText(harmlessSaid, plainL10n), longestMessage),
      details.cause === undefined ? undefined : { cause: withoutAttachments(details.cause) },
    );
    this.said = harmlessSaid;
    this.kind = details.kind;
    this.operation = details.operation;
    this.region = details.region;
    this.code = details.code === undefined ? undefined : harmless(details.code, longestName);
    this.requestId = details.requestId === undefined ? undefined : harmless(details.requestId, longestName);
    this.profile = details.profile;
    this.signIn = details.signIn;
    this.clockOffset = details.clockOffset;
    this.file = details.file;
  }
}

/** The error of a call that its caller, or the end of its connection, has aborted. */
export function cancelled(details: Omit<AmiErrorDetails, 'kind'>): AmiError {
  return new AmiError({ kind: 'cancelled' }, { ...details, kind: 'cancelled' });
}

export function isCancelled(error: unknown): boolean {
  return error instanceof AmiError && error.kind === 'cancelled';
}

/** The code that Node gives an error, `ENOENT` for instance; undefined where it gives none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A server's text without what looks like credentials, cut where it is overlong. */
function harmless(text: string, limit: number): string {
  // Cut before masking, which would take long on a huge text.
  const shown = maskSecrets(text.slice(0, limit * 4));
  return shown.length > limit ? `${shown.slice(0, limit - 1)}…` : shown;
}

function withHarmlessTexts<T>(data: T): T;
function withHarmlessTexts(data: unknown): unknown {
  if (typeof data === 'string') {
    return harmless(data, longestMessage);
  }
  if (Array.isArray(data)) {
    return data.map(withHarmlessTexts);
  }
  return typeof data === 'object' && data !== null
    ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withHarmlessTexts(value)]))
    : data;
}

/** The deepest chain of causes that is copied. */
const longestChain = 5;

/**
 * Copies only the names and messages of an error and its causes, each through `mask`. The SDK and Node attach requests,
 * answers and commands to their errors; those are dropped.
 */
export function withoutAttachments(error: unknown, mask: (text: string) => string = (text) => text, depth = 1): Error {
  if (error instanceof AmiError) {
    return error;
  }
  const cleaned = (text: string, limit: number) => harmless(mask(text), limit);
  if (!(error instanceof Error)) {
    return new Error(cleaned(String(error), longestMessage));
  }
  const cause =
    error.cause === undefined || depth >= longestChain ? undefined : withoutAttachments(error.cause, mask, depth + 1);
  const copy = new Error(cleaned(error.message, longestMessage), cause && { cause });
  copy.name = cleaned(error.name, longestName);
  copy.stack = `${copy.name}: ${copy.message}`;
  return copy;
}
