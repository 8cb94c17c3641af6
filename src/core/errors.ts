import { maskSecrets } from './maskSecrets.ts';

/** What went wrong, in the terms that decide what to tell the user and which button to offer. */
export type AmiErrorKind =
  /** No source of credentials is configured at all. */
  | 'no-credentials'
  /** A profile's source of credentials gives none: the message says why. */
  | 'credentials-failed'
  /** A session of `aws sso login` or `aws login` is missing, over or refused: see `signIn`. */
  | 'signed-out'
  /** The user gave no code of an MFA device; nobody is asked again until the user does something. */
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
  /** The endpoint sends the request on to another host, which it is not sent to: the message names it. */
  | 'redirected'
  /** A proxy, or a sign-in page of the network, has answered in the endpoint's place. */
  | 'proxy'
  | 'bad-answer'
  /** The pages of a listing do not lead to its end. */
  | 'listing-broken'
  /** The user's setting `amiExplorer.readOnly` keeps everything from being changed: nothing was sent. */
  | 'read-only'
  | 'cancelled'
  | 'unknown';

/** How a profile's session is begun: `aws sso login` or `aws login`, for the profile that has it. */
export interface SignIn {
  /** Of the profile in force, the one that it takes its credentials from, or the one after that. */
  readonly profile: string;
  readonly command: 'sso login' | 'login';
  /** Path of the file that the command writes when it is done. */
  readonly cacheFile: string;
}

export interface AmiErrorDetails {
  readonly kind: AmiErrorKind;
  /** The EC2 action that failed, `CreateImage` for instance. */
  readonly operation: string;
  readonly region?: string | undefined;
  /** EC2's own code, `InvalidAMIName.Duplicate` for instance. */
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  /** Whose credentials failed. */
  readonly profile?: string | undefined;
  readonly signIn?: SignIn | undefined;
  /** How much (ms) this machine's clock is behind the endpoint's; negative where it is ahead. */
  readonly clockOffset?: number | undefined;
  readonly cause?: unknown;
}

/** No sentence is longer (characters); an encoded authorization message, which the log shows whole, may be this long. */
const longestMessage = 4_000;
const longestName = 120;

/**
 * Every failure of a call to AWS, whatever lies beneath it. `message` is the server's own sentence, without what looks like
 * credentials. So are the code, the request's id and the causes, which keep nothing but names and sentences.
 */
export class AmiError extends Error {
  override readonly name = 'AmiError';
  readonly kind: AmiErrorKind;
  readonly operation: string;
  readonly region: string | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly profile: string | undefined;
  readonly signIn: SignIn | undefined;
  readonly clockOffset: number | undefined;

  constructor(message: string, details: AmiErrorDetails) {
    super(harmless(message, longestMessage), details.cause === undefined ? undefined : { cause: bare(details.cause) });
    this.kind = details.kind;
    this.operation = details.operation;
    this.region = details.region;
    this.code = details.code === undefined ? undefined : harmless(details.code, longestName);
    this.requestId = details.requestId === undefined ? undefined : harmless(details.requestId, longestName);
    this.profile = details.profile;
    this.signIn = details.signIn;
    this.clockOffset = details.clockOffset;
  }
}

export function isCancelled(error: unknown): boolean {
  return error instanceof AmiError && error.kind === 'cancelled';
}

/** The code that Node gives an error, `ENOENT` for instance; undefined where it gives none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What a server has said, without what looks like credentials, and cut where it is overlong. */
function harmless(text: string, limit: number): string {
  // What is far too long is cut first: nothing of it is looked at.
  const shown = maskSecrets(text.slice(0, limit * 4));
  return shown.length > limit ? `${shown.slice(0, limit - 1)}…` : shown;
}

/** How deep causes are kept. */
const longestChain = 5;

/**
 * Names and sentences of an error and its causes, all of them through `mask`: requests, answers and commands, which the SDK
 * and Node attach to their errors, stay behind.
 */
export function bare(error: unknown, mask: (text: string) => string = (text) => text, depth = 1): Error {
  if (error instanceof AmiError) {
    return error;
  }
  const said = (text: string, limit: number) => harmless(mask(text), limit);
  if (!(error instanceof Error)) {
    return new Error(said(String(error), longestMessage));
  }
  const cause = error.cause === undefined || depth >= longestChain ? undefined : bare(error.cause, mask, depth + 1);
  const copy = new Error(said(error.message, longestMessage), cause && { cause });
  copy.name = said(error.name, longestName);
  copy.stack = `${copy.name}: ${copy.message}`;
  return copy;
}
