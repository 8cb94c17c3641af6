import type { Sdk } from './loadSdk.ts';
import type { Credentials, MfaCodeProvider } from './port.ts';

/** Credentials shared by all clients of a connection, resolved once and again before they expire. */
export interface CredentialSource {
  get(): Promise<Credentials>;
  /** Forgets what was resolved, so that the next call reads the files, the SSO cache or the process again. */
  reset(): void;
}

/** Resolve again this long (ms) before the end, so that a request under way does not meet it. */
const expiryMargin = 5 * 60_000;

export function credentialSource(
  sdk: Sdk,
  profile: string | undefined,
  region: string,
  mfaCodeProvider: MfaCodeProvider,
): CredentialSource {
  // `ignoreCache`: shared config files are cached in the process, which would bring back keys that were replaced.
  const init = { ignoreCache: true, mfaCodeProvider, clientConfig: { region } };
  const provider = () => (profile ? sdk.fromIni({ ...init, profile }) : sdk.fromNodeProviderChain(init));
  let resolved: Promise<Credentials> | undefined;
  return {
    async get() {
      const current = resolved;
      if (current) {
        const credentials = await current;
        if (!credentials.expiration || credentials.expiration.getTime() - Date.now() > expiryMargin) {
          return credentials;
        }
        // Several calls may find them about to expire at once: the first to get here resolves for all.
        if (resolved !== current) {
          return resolved ?? this.get();
        }
      }
      const next = provider()();
      resolved = next;
      next.catch(() => {
        if (resolved === next) {
          resolved = undefined;
        }
      });
      return next;
    },
    reset() {
      resolved = undefined;
    },
  };
}

/** The sample account accepts any keys; these are nobody's. */
export const sampleCredentials: CredentialSource = {
  get: async () => ({ accessKeyId: 'AKIASAMPLEACCOUNT', secretAccessKey: 'sample' }),
  reset() {},
};
