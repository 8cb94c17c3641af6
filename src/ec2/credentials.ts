import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { Sdk } from './loadSdk.ts';
import type { Credentials, MfaCodeProvider } from './port.ts';
import type { ProfileInForce } from './sharedConfig/profileInForce.ts';
import { sdkProfileName } from './sharedConfig/sdkConfig.ts';

/** Credentials shared by all clients of a connection, resolved once and again before they expire. */
export interface CredentialSource {
  get(): Promise<Credentials>;
  /** Forgets what was resolved, so that the next call reads the files, the SSO cache or the process again. */
  reset(): void;
}

/** Resolve again this long (ms) before the end, so that a request under way does not meet it. */
const expiryMargin = 5 * 60_000;

export interface CredentialSourceOptions {
  /** Where roles are assumed, unless the profile says another region. */
  readonly region: string;
  readonly mfaCodeProvider: MfaCodeProvider;
  /** The way to STS and to IAM Identity Center. */
  readonly requestHandler: NonNullable<EC2ClientConfig['requestHandler']>;
  /** Has the files read as they are now; rejects where the profile can no longer be used. */
  readonly profile: () => Promise<ProfileInForce>;
}

export function credentialSource(sdk: Sdk, options: CredentialSourceOptions): CredentialSource {
  const { mfaCodeProvider, requestHandler, region } = options;
  // The region of `clientConfig` would take the place of the one that an SSO session is in.
  const init = { mfaCodeProvider, clientConfig: { requestHandler }, parentClientConfig: { region, requestHandler } };
  const resolve = async (): Promise<Credentials> => {
    const { name, credentials } = await options.profile();
    if (credentials === 'environment') {
      return sdk.fromEnv()();
    }
    const profile = name === undefined ? {} : { profile: sdkProfileName(name) };
    const provider = credentials === 'profile' ? sdk.fromIni : sdk.fromNodeProviderChain;
    return provider({ ...init, ...profile })();
  };
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
      const next = resolve();
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
