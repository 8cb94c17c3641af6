import { AmiError, type AmiErrorKind } from '../../core/errors.ts';
import type { Credentials, MfaCodeProvider } from '../port.ts';
import { type CredentialOptions, resolveCredentials } from './resolveCredentials.ts';
import type { Secrets } from './secrets.ts';

/** Credentials shared by all clients of a connection, resolved once and again before they expire. */
export interface CredentialSource {
  /** Which credentials are given: another number after others were resolved. */
  readonly version: number;
  /** Rejects with AmiError. */
  get(): Promise<Credentials>;
  /** AWS has refused the credentials of this version: the next call reads the files, the cache or the process again. */
  reset(version: number): void;
  /** The same for whoever knows no more of them than the key's id. */
  resetKey(accessKeyId: string | undefined): void;
  /** The user has done something: what failed may be tried again, and a code may be asked for. */
  userActed(): void;
  /** What is to be masked in whatever AWS says. */
  readonly mask: (text: string) => string;
}

/** Resolve again this long (ms) before the end, so that a request under way does not meet it. */
const expiryMargin = 5 * 60_000;

/** What may be different a moment later; anything else stays so until the user does something about it. */
const passing: ReadonlySet<AmiErrorKind> = new Set([
  'network',
  'timeout',
  'unavailable',
  'throttled',
  'cancelled',
  // Nothing runs and nobody is asked for it, and it ends as soon as somebody signs in, wherever that is.
  'signed-out',
  'no-credentials',
]);

/** `closed` ends what is under way: prompts, processes and requests. */
export function credentialSource(options: CredentialOptions, secrets: Secrets, closed: AbortSignal): CredentialSource {
  let version = 0;
  let resolved: Credentials | undefined;
  let pending: Promise<Credentials> | undefined;
  let failure: AmiError | undefined;
  // Codes are asked for once for each thing that the user does: what runs in the background never asks again.
  let mayAsk = true;
  /** For one way to the credentials, on which each role may need a code of its own. */
  const askingForCodes = (): MfaCodeProvider => {
    let asked = false;
    return async (device, profile, signal) => {
      const refusal = (cause?: unknown) =>
        new AmiError(`No code of the MFA device ${device} was given.`, {
          kind: 'mfa-code-missing',
          operation: 'Credentials',
          profile,
          cause,
        });
      if (!mayAsk && !asked) {
        throw refusal();
      }
      asked = true;
      mayAsk = false;
      try {
        return await options.mfaCodeProvider(device, profile, signal);
      } catch (error) {
        throw refusal(error);
      }
    };
  };
  const resolve = async (): Promise<Credentials> => {
    try {
      const asking = { ...options, mfaCodeProvider: askingForCodes() };
      const credentials = secrets.take(await resolveCredentials(asking, closed));
      version += 1;
      resolved = credentials;
      return credentials;
    } catch (error) {
      if (resolved && timeLeft(resolved) > 0) {
        return resolved;
      }
      if (error instanceof AmiError && !passing.has(error.kind)) {
        failure = error;
      }
      throw error;
    } finally {
      pending = undefined;
    }
  };
  return {
    get version() {
      return version;
    },
    async get() {
      if (resolved && timeLeft(resolved) > expiryMargin) {
        return resolved;
      }
      if (failure) {
        throw failure;
      }
      pending ??= resolve();
      return pending;
    },
    reset(refused) {
      if (refused === version) {
        resolved = undefined;
      }
    },
    resetKey(accessKeyId) {
      if (accessKeyId === resolved?.accessKeyId) {
        resolved = undefined;
      }
    },
    userActed() {
      failure = undefined;
      mayAsk = true;
    },
    mask: secrets.mask,
  };
}

function timeLeft({ expiration }: Credentials): number {
  return expiration ? expiration.getTime() - Date.now() : Number.POSITIVE_INFINITY;
}

/** The sample account accepts any keys; these are nobody's. */
export const sampleCredentials: CredentialSource = {
  version: 0,
  get: async () => ({ accessKeyId: 'AKIASAMPLEACCOUNT', secretAccessKey: 'sample' }),
  reset() {},
  resetKey() {},
  userActed() {},
  mask: (text) => text,
};
