import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import { imageActions } from './actionPort.ts';
import type { CallRecord } from './calls/awsCalls.ts';
import type { CallTimeouts } from './calls/callTimeouts.ts';
import { credentialSource, sampleCredentials } from './credentials/credentials.ts';
import { Secrets } from './credentials/secrets.ts';
import { signInOf } from './credentials/signIn.ts';
import { ec2Port } from './ec2.ts';
import { ec2UrlIn, endpointIn, endpointVariants, foreignEndpoint, resolveEndpoints } from './endpoint.ts';
import { decideHomeRegion, decisiveRegionProblem } from './homeRegion.ts';
import { loadSdk } from './loadSdk.ts';
import { findBundle, readBundle } from './network/certificates.ts';
import { hostRequestHandler, noNetwork, proxyFor } from './network/network.ts';
import type {
  Connection,
  ConnectionChoice,
  ConnectionPort,
  MfaCodeProvider,
  NetworkSettings,
  ProfileList,
} from './port.ts';
import { problemInvalid, profileInvalid } from './sharedConfig/configErrors.ts';
import { thisMachine } from './sharedConfig/machine.ts';
import { profileInForce } from './sharedConfig/profileInForce.ts';
import { profileList } from './sharedConfig/profileList.ts';
import { readSharedConfig } from './sharedConfig/readSharedConfig.ts';
import { sdkProfileName } from './sharedConfig/sdkConfig.ts';

export interface ConnectionOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly mfaCodeProvider: MfaCodeProvider;
  /** As the settings have it now. */
  readonly network: () => NetworkSettings;
  /** Answers the sample account's requests, without a port. */
  readonly sampleRequestHandler: () => Promise<NonNullable<EC2ClientConfig['requestHandler']>>;
  /** Called for each call, for the log; its record has no credentials. */
  readonly onCall: (call: CallRecord) => void;
  /** Collects the credentials in use, so that others can mask them, too. */
  readonly secrets?: Secrets | undefined;
  /** Called when the first call begins and when the last one ends: downloads pause in between. */
  readonly onBusy?: ((busy: boolean) => void) | undefined;
  /** The timeouts of calls. */
  readonly timeouts?: CallTimeouts | undefined;
}

const sampleRegion = 'us-east-1';

/** The door through which the surfaces reach AWS. */
export class Connections implements ConnectionPort {
  readonly #options: ConnectionOptions;
  #callsUnderWay = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  async open(choice: ConnectionChoice, regions: readonly string[] = []): Promise<Connection> {
    const sdk = await loadSdk();
    const abort = new AbortController();
    const onUnderWay = (change: 1 | -1) => this.#count(change);
    const { onCall, timeouts } = this.#options;
    const common = { sdk, onCall, onUnderWay, closed: abort.signal, timeouts };
    if (choice.kind === 'sample') {
      const requestHandler = await this.#options.sampleRequestHandler();
      const ec2 = ec2Port({
        ...common,
        credentials: sampleCredentials,
        homeRegion: sampleRegion,
        common: { requestHandler },
        endpoints: { ec2: undefined, sts: undefined, ssm: undefined },
      });
      return {
        choice,
        profile: undefined,
        credentialsFrom: 'sample',
        endpoint: undefined,
        foreignEndpoint: undefined,
        defaultRegion: sampleRegion,
        signIn: undefined,
        defaultRegionAmong: () => sampleRegion,
        ec2,
        [imageActions]: ec2,
        access: () => ({ kind: 'sample' }),
        network: async () => noNetwork,
        credentials: () => sampleCredentials.get(),
        checkCredentials: async () => {},
        userActed: () => {},
        close: () => abort.abort(),
      };
    }
    const { env } = this.#options;
    const config = await readSharedConfig(sdk, env);
    const inForce = profileInForce(choice, env, config, thisMachine(env));
    const profile = inForce.name;
    const endpoints = resolveEndpoints({ setting: choice.endpointUrl, env, profile, config });
    const regionInputs = { env, config, profile: inForce };
    const badRegion = decisiveRegionProblem(regionInputs, regions);
    if (badRegion) {
      throw badRegion.line === undefined ? problemInvalid(badRegion) : profileInvalid(profile ?? 'default', badRegion);
    }
    const homeRegion = decideHomeRegion(regionInputs, regions);
    const values = inForce.section?.values;
    const variants = endpointVariants(env, values);
    const bundle = findBundle({ env, profile, ofProfile: values?.['ca_bundle'] });
    const trusted = bundle && (await readBundle(bundle));
    const requestHandler = await hostRequestHandler(this.#options.network(), trusted);
    const clientConfig = { requestHandler, ...variants, ...(profile ? { profile: sdkProfileName(profile) } : {}) };
    const credentials = credentialSource(
      {
        sdk,
        env,
        profile: async () => {
          const now = await readSharedConfig(sdk, env);
          return { config: now, inForce: profileInForce(choice, env, now, thisMachine(env)) };
        },
        region: homeRegion,
        clientConfig,
        stsEndpointIn: (region) => endpointIn(endpoints.sts, region),
        mfaCodeProvider: this.#options.mfaCodeProvider,
      },
      this.#options.secrets ?? new Secrets(),
      abort.signal,
    );
    const ec2 = ec2Port({ ...common, credentials, homeRegion, common: clientConfig, endpoints });
    return {
      choice,
      profile,
      credentialsFrom: inForce.credentials,
      endpoint: endpoints.ec2,
      foreignEndpoint: foreignEndpoint(endpoints.ec2?.url),
      defaultRegion: homeRegion,
      signIn: inForce.credentials === 'profile' ? signInOf(profile ?? 'default', config, env) : undefined,
      defaultRegionAmong: (others) => decideHomeRegion(regionInputs, others),
      ec2,
      [imageActions]: ec2,
      access: (region) => ({ kind: 'aws', endpoint: endpointIn(endpoints.ec2, region), variants, profile }),
      network: async (region) => {
        const settings = this.#options.network();
        const { proxyAuthorization, proxyStrictSSL, systemCertificates } = settings;
        const proxy = await proxyFor(ec2UrlIn(endpoints.ec2, region, variants), settings);
        return { proxy, proxyAuthorization, proxyStrictSSL, systemCertificates, trusted };
      },
      credentials: async (refusedKeyId) => {
        credentials.resetKey(refusedKeyId);
        return credentials.get();
      },
      checkCredentials: async () => {
        await credentials.get();
      },
      userActed: () => credentials.userActed(),
      close: () => abort.abort(),
    };
  }

  #count(change: 1 | -1): void {
    const before = this.#callsUnderWay > 0;
    this.#callsUnderWay += change;
    const after = this.#callsUnderWay > 0;
    if (before !== after) {
      this.#options.onBusy?.(after);
    }
  }

  async listProfiles(): Promise<ProfileList> {
    const { env } = this.#options;
    return profileList(await readSharedConfig(await loadSdk(), env), thisMachine(env));
  }
}
