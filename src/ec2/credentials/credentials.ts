import { AmiError, type AmiErrorKind } from '../../core/errors.ts';
import type { Credentials, MfaCodeProvider } from '../port.ts';
import { type CredentialOptions, resolveCredentials } from './resolveCredentials.ts';
import type { Secrets } from './secrets.ts';

/** The credentials of a connection, for all of its clients. They are cached, and resolved again before they expire. */
export interface CredentialSource {
  /** Changes whenever credentials are resolved. */
  readonly version: number;
  /** Rejects with AmiError. */
  get(): Promise<Credentials>;
  /** AWS has refused the credentials of this version: `get` resolves them again. */
  reset(version: number): void;
  /** `reset` by the id of the refused key. */
  resetKey(accessKeyId: string | undefined): void;
  /** Call it when the user does something: what failed is tried again, and an MFA code may be asked for. */
  userActed(): void;
  /** Masks the credentials in a text from AWS. */
  readonly mask: (text: string) => string;
}

/** Credentials are resolved again so long (ms) before they expire, lest they expire during a request. */
const expiryMargin = 5 * 60_000;

/**
 * Kinds of errors that may pass by themselves. After any other the user has to act before credentials are resolved
 * again.
 */
const passing: ReadonlySet<AmiErrorKind> = new Set([
  'network',
  'timeout',
  'unavailable',
  'throttled',
  'cancelled',
  // Resolving these again asks nobody, and succeeds as soon as the user has signed in, in a terminal for instance.
  'signed-out',
  'no-credentials',
]);

/** @param closed ends prompts, processes and requests */
export function credentialSource(options: CredentialOptions, secrets: Secrets, closed: AbortSignal): CredentialSource {
  let version = 0;
  let resolved: Credentials | undefined;
  let pending: Promise<Credentials> | undefined;
  let failure: AmiError | undefined;
  // MFA codes are asked for once after each act of the user, never from the background.
  let mayAsk = true;
  /** For resolving once: each role of a chain may need a code of its own. */
  const askingForCodes = (): MfaCodeProvider => {
    let asked = false;
    return async (device, profile, signal) => {
      const refusal = (cause?: unknown) =>
        new AmiError(
          { kind: 'no-mfa-code', device },
          {
            kind: 'mfa-code-missing',
            operation: 'Credentials',
            profile,
            cause,
          },
        );
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

/** The sample account accepts any keys. These belong to nobody. */
export const sampleCredentials: CredentialSource = {
  version: 0,
  get: async () => ({ accessKeyId: 'AKIASAMPLEACCOUNT', secretAccessKey: 'sample' }),
  reset() {},
  resetKey() {},
  userActed() {},
  mask: (text) => text,
};
