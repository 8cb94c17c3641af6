import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { ErrorReason, Said } from '../../core/errorReason.ts';
import { AmiError, type AmiErrorKind, cancelled } from '../../core/errors.ts';
import { askEither, mayBeAboutRegion } from '../calls/accountRegions.ts';
import type { CommonConfig } from '../calls/clientConfig.ts';
import { toAmiError } from '../calls/toAmiError.ts';
import { noVariants } from '../endpoint.ts';
import type { Sdk } from '../loadSdk.ts';
import type { Credentials, MfaCodeProvider } from '../port.ts';
import type { ProfileInForce } from '../sharedConfig/profileInForce.ts';
import { profileKind } from '../sharedConfig/profileKind.ts';
import { maxRoleChain } from '../sharedConfig/profileProblem.ts';
import { sdkProfileName } from '../sharedConfig/sdkConfig.ts';
import type { Section, SharedConfig } from '../sharedConfig/sharedConfig.ts';
import { runCredentialProcess } from './credentialProcess.ts';
import { ownSignIn } from './signIn.ts';

export interface CredentialOptions {
  readonly sdk: Sdk;
  readonly env: NodeJS.ProcessEnv;
  /** From the files as they are now. Rejects where the profile can no longer be used. */
  readonly profile: () => Promise<{ readonly config: SharedConfig; readonly inForce: ProfileInForce }>;
  /** Asked first for STS. */
  readonly region: string;
  /** For the clients of STS, IAM Identity Center and the sign-in service. */
  readonly clientConfig: CommonConfig;
  /** The URL that replaces AWS's own endpoint of STS. */
  readonly stsEndpointIn: (region: string) => string | undefined;
  readonly mfaCodeProvider: MfaCodeProvider;
}

/** In ms, for all sources on the network. */
const networkTimeout = 45_000;

/** In ms, short since the metadata service is a hop away, or not there at all. */
const metadataRequestTimeout = 1_000;
const metadataTotalTimeout = 5_000;

/**
 * Credentials from the environment, the profile or the standard chain. Each source is asked separately, so that the
 * error names the profile that failed and why. Rejects with AmiError.
 */
export async function resolveCredentials(options: CredentialOptions, signal: AbortSignal): Promise<Credentials> {
  const { config, inForce } = await options.profile();
  const name = inForce.name ?? 'default';
  const resolution = new Resolution(options, config, name, signal);
  switch (inForce.credentials) {
    case 'environment':
      return resolution.environment();
    case 'profile':
      return resolution.profile();
    case 'chain':
      return resolution.chain(inForce.name);
  }
}

function keysOf(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
): Credentials | undefined {
  return accessKeyId && secretAccessKey
    ? { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
    : undefined;
}

const operation = 'Credentials';

/** Kinds of errors that a source passes on; any other becomes `credentials-failed`. */
const passedKinds: ReadonlySet<AmiErrorKind> = new Set([
  'network',
  'timeout',
  'unavailable',
  'throttled',
  'redirected',
  'proxy',
  'bad-answer',
  'clock-wrong',
  'cancelled',
  'config-invalid',
  'mfa-code-missing',
  'signed-out',
  'credentials-failed',
]);

function isOn(variable: string | undefined): boolean {
  return variable !== undefined && variable !== '' && variable.toLowerCase() !== 'false';
}

interface WebIdentity {
  readonly tokenFile: string;
  readonly roleArn: string;
  readonly sessionName: string | undefined;
}

/** Resolves the credentials of one profile in force. */
class Resolution {
  readonly #options: CredentialOptions;
  readonly #config: SharedConfig;
  readonly #inForce: string;
  readonly #signal: AbortSignal;

  constructor(options: CredentialOptions, config: SharedConfig, inForce: string, signal: AbortSignal) {
    this.#options = options;
    this.#config = config;
    this.#inForce = inForce;
    this.#signal = signal;
  }

  /** @param name of a profile that names no source of credentials; undefined where there is no profile */
  async chain(name: string | undefined): Promise<Credentials> {
    const { env } = this.#options;
    if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI']) {
      return this.#container();
    }
    let cause: unknown;
    if (!isOn(env['AWS_EC2_METADATA_DISABLED'])) {
      try {
        return await this.#instance();
      } catch (error) {
        cause = error;
      }
    }
    throw name === undefined
      ? new AmiError(
          { kind: 'no-source' },
          {
            kind: cause instanceof AmiError && cause.kind === 'cancelled' ? 'cancelled' : 'no-credentials',
            operation,
            cause,
          },
        )
      : this.#failed(name, { kind: 'no-source-in-profile-or-role' }, cause);
  }

  /** The environment's keys, or the role of its web identity. */
  async environment(): Promise<Credentials> {
    const { env } = this.#options;
    const tokenFile = env['AWS_WEB_IDENTITY_TOKEN_FILE'] ?? '';
    const roleArn = env['AWS_ROLE_ARN'] ?? '';
    const sessionName = env['AWS_ROLE_SESSION_NAME'];
    return this.#environmentKeys() ?? this.#webIdentity({ tokenFile, roleArn, sessionName });
  }

  #environmentKeys(): Credentials | undefined {
    const { env } = this.#options;
    // The CLI's older name of the token has precedence.
    const token = env['AWS_SECURITY_TOKEN'] || env['AWS_SESSION_TOKEN'];
    return keysOf(env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY'], token);
  }

  async profile(name = this.#inForce, visited: readonly string[] = []): Promise<Credentials> {
    const section = this.#config.profiles.get(name)?.values ?? {};
    const keys = keysOf(section['aws_access_key_id'], section['aws_secret_access_key'], section['aws_session_token']);
    const kind = profileKind(section);
    if (keys && (kind === 'keys' || visited.length > 0)) {
      return keys;
    }
    // Profiles with such a problem are refused before: `profileProblem` finds it in the files.
    if (visited.includes(name) || visited.length > maxRoleChain) {
      throw this.#failed(name, { kind: 'source-circle' });
    }
    switch (kind) {
      case 'assume-role':
        return this.#role(name, section, visited);
      case 'web-identity':
        return this.#webIdentity(
          {
            tokenFile: section['web_identity_token_file'] ?? '',
            roleArn: section['role_arn'] ?? '',
            sessionName: section['role_session_name'],
          },
          name,
        );
      case 'sso':
      case 'login':
        return this.#session(name, section);
      case 'process':
        return this.#process(name, section['credential_process'] ?? '');
      case 'keys':
      case 'none':
        return section['credential_source']
          ? this.#credentialSource(name, section['credential_source'])
          : Promise.reject(this.#failed(name, { kind: 'no-source-in-profile' }));
    }
  }

  async #role(name: string, section: Section, visited: readonly string[]): Promise<Credentials> {
    const { sdk, mfaCodeProvider } = this.#options;
    const source = section['source_profile'];
    const credentials = source
      ? await this.profile(source, [...visited, name])
      : await this.#credentialSource(name, section['credential_source'] ?? '');
    const device = section['mfa_serial'];
    // Asked for last, since no code is needed where the source gives no credentials.
    const code = device ? await mfaCodeProvider(device, name, this.#signal) : undefined;
    const duration = Number.parseInt(section['duration_seconds'] ?? '', 10);
    const request = {
      RoleArn: section['role_arn'],
      RoleSessionName: section['role_session_name'] || `ami-explorer-${Date.now()}`,
      ...(section['external_id'] ? { ExternalId: section['external_id'] } : {}),
      ...(Number.isNaN(duration) ? {} : { DurationSeconds: duration }),
      ...(device ? { SerialNumber: device, TokenCode: code } : {}),
    };
    try {
      const answer = await this.#askSts(async (config) => {
        const client = new sdk.STSClient({ ...config, credentials });
        try {
          return await this.#limited((abortSignal) => client.send(new sdk.AssumeRoleCommand(request), { abortSignal }));
        } finally {
          client.destroy();
        }
      });
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
      const keys = keysOf(AccessKeyId, SecretAccessKey, SessionToken);
      if (!keys) {
        throw this.#failed(name, { kind: 'no-role-credentials' });
      }
      return { ...keys, ...(Expiration ? { expiration: Expiration } : {}) };
    } catch (error) {
      const role = String(section['role_arn']);
      throw this.#explained(name, error, (said) => ({ kind: 'role-refused', role, said }));
    }
  }

  async #credentialSource(name: string, source: string): Promise<Credentials> {
    switch (source) {
      case 'Environment': {
        const keys = this.#environmentKeys();
        if (!keys) {
          throw this.#failed(name, { kind: 'no-environment-keys' });
        }
        return keys;
      }
      case 'EcsContainer':
        return this.#container(name);
      case 'Ec2InstanceMetadata':
        return this.#instance(name);
      default:
        throw this.#failed(name, { kind: 'unknown-source', source });
    }
  }

  async #webIdentity({ tokenFile, roleArn, sessionName }: WebIdentity, name?: string): Promise<Credentials> {
    const { sdk } = this.#options;
    try {
      return await this.#askSts((clientConfig) => {
        const provider = sdk.fromTokenFile({
          webIdentityTokenFile: tokenFile,
          roleArn,
          ...(sessionName ? { roleSessionName: sessionName } : {}),
          clientConfig,
        });
        return this.#limited(() => provider());
      });
    } catch (error) {
      const missing = error instanceof Error && 'syscall' in error && !('$metadata' in error);
      throw missing
        ? this.#failed(name, { kind: 'token-file-unreadable', path: tokenFile }, error)
        : this.#explained(name, error, (said) => ({ kind: 'web-identity-refused', role: roleArn, said }));
    }
  }

  async #process(name: string, command: string): Promise<Credentials> {
    const outcome = await runCredentialProcess(command, this.#signal);
    if (this.#signal.aborted) {
      throw cancelled({ operation });
    }
    if (outcome.kind === 'failed') {
      throw this.#failed(name, outcome.reason);
    }
    return outcome.credentials;
  }

  async #session(name: string, section: Section): Promise<Credentials> {
    const { sdk, clientConfig, env } = this.#options;
    // Without a region, which the SDK would ask instead of the region that the session names.
    const init = { profile: sdkProfileName(name), clientConfig };
    const signIn = ownSignIn(name, section, env);
    const provider = signIn?.command === 'login' ? sdk.fromLoginCredentials(init) : sdk.fromSSO(init);
    try {
      return await this.#limited(() => provider());
    } catch (error) {
      const explained = this.#explained(name, error, (said) => ({ kind: 'session-refused', said }));
      throw signIn && isOver(explained)
        ? new AmiError(explained.said, { ...explained, kind: 'signed-out', signIn, cause: error })
        : explained;
    }
  }

  async #container(name?: string): Promise<Credentials> {
    const provider = this.#options.sdk.fromHttp({ timeout: metadataRequestTimeout, maxRetries: 1 });
    try {
      return await this.#limited(() => provider(), metadataTotalTimeout);
    } catch (error) {
      throw this.#failed(name, { kind: 'no-container-credentials' }, error);
    }
  }

  async #instance(name?: string): Promise<Credentials> {
    const provider = this.#options.sdk.fromInstanceMetadata({ timeout: metadataRequestTimeout, maxRetries: 0 });
    try {
      return await this.#limited(() => provider(), metadataTotalTimeout);
    } catch (error) {
      throw this.#failed(name, { kind: 'no-instance-credentials' }, error);
    }
  }

  #askSts<T>(ask: (config: STSClientConfig) => Promise<T>): Promise<T> {
    return askEither(
      this.#options.region,
      (region) => ask(this.#stsConfig(region)),
      (error) => mayBeAboutRegion(toAmiError(error, operation)),
    );
  }

  #stsConfig(region: string): STSClientConfig {
    const { clientConfig, stsEndpointIn } = this.#options;
    const endpoint = stsEndpointIn(region);
    return { ...clientConfig, region, ...(endpoint ? { endpoint, ...noVariants } : {}) };
  }

  /** Rejects when the connection is closed and after the timeout, whatever the source does. */
  async #limited<T>(ask: (signal: AbortSignal) => Promise<T>, timeout = networkTimeout): Promise<T> {
    const late = AbortSignal.timeout(timeout);
    const end = AbortSignal.any([this.#signal, late]);
    const ended = new Promise<never>((_, reject) => {
      end.addEventListener('abort', () => {
        reject(
          late.aborted
            ? new AmiError({ kind: 'no-answer', seconds: timeout / 1_000 }, { kind: 'timeout', operation })
            : cancelled({ operation }),
        );
      });
    });
    ended.catch(() => {});
    return Promise.race([ask(end), ended]);
  }

  #explained(name: string | undefined, error: unknown, reasonOf: (said: Said) => ErrorReason): AmiError {
    const reading = toAmiError(error, operation, this.#options.region);
    const isPassed = passedKinds.has(reading.kind);
    return this.#failed(name, isPassed ? reading.said : reasonOf(reading.said), error, {
      ...reading,
      kind: isPassed ? reading.kind : 'credentials-failed',
    });
  }

  /** The error's `profile` is the one in force. What it says names the profile that failed where it is another. */
  #failed(
    name: string | undefined,
    said: Said,
    cause?: unknown,
    details: Partial<Pick<AmiError, 'kind' | 'code' | 'region' | 'requestId' | 'signIn' | 'clockOffset'>> = {},
  ): AmiError {
    const other = name !== undefined && name !== this.#inForce;
    return new AmiError(other ? { kind: 'of-source', profile: name, said } : said, {
      kind: details.kind ?? 'credentials-failed',
      operation,
      region: details.region,
      code: details.code,
      requestId: details.requestId,
      signIn: details.signIn,
      clockOffset: details.clockOffset,
      profile: name === undefined ? undefined : this.#inForce,
      cause,
    });
  }
}

/**
 * Whether a session is missing, expired or refused: by the SDK's messages in `token-providers`,
 * `credential-provider-sso` and `credential-provider-login`, and the service's UnauthorizedException.
 */
function isOver({ message }: AmiError): boolean {
  return /Unauthorized|not found or (is )?invalid|SSO session .* (is invalid|has expired)|Token is expired|Value not present for|InvalidGrant|ExpiredToken|re-?authenticate|Failed to load token|session has expired/i.test(
    message,
  );
}
