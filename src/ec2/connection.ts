import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { CallRecord } from './awsCalls.ts';
import { credentialSource, sampleCredentials } from './credentials.ts';
import { ec2Port } from './ec2.ts';
import { endpointIn, resolveEndpoints } from './endpoint.ts';
import { decideHomeRegion, decisiveRegionFault } from './homeRegion.ts';
import { loadSdk } from './loadSdk.ts';
import type { Patience } from './patience.ts';
import type { Connection, ConnectionChoice, ConnectionPort, MfaCodeProvider, ProfileList } from './port.ts';
import { configInvalid, describeFault } from './sharedConfig/describeFault.ts';
import { thisMachine } from './sharedConfig/machine.ts';
import { profileInForce } from './sharedConfig/profileInForce.ts';
import { profileList } from './sharedConfig/profileList.ts';
import { readSharedConfig } from './sharedConfig/readSharedConfig.ts';
import { sdkProfileName } from './sharedConfig/sdkConfig.ts';
import { toAmiError } from './toAmiError.ts';

export interface ConnectionOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly mfaCodeProvider: MfaCodeProvider;
  /** Answers the sample account's requests, without a port. */
  readonly sampleRequestHandler: () => Promise<NonNullable<EC2ClientConfig['requestHandler']>>;
  /** Told of every call, for the log: never of its credentials. */
  readonly onCall: (call: CallRecord) => void;
  /** Told when the surfaces begin to wait for AWS, and when nobody does any more: what can wait makes room. */
  readonly onBusy?: ((busy: boolean) => void) | undefined;
  /** How long calls may take; as long as people wait unless given. */
  readonly patience?: Patience | undefined;
}

const sampleRegion = 'us-east-1';

/** What every client of a profile is given: an endpoint that does not answer is given up after a while (ms). */
export function networkConfig(profile: string | undefined) {
  return {
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...(profile ? { profile: sdkProfileName(profile) } : {}),
  };
}

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
    const { onCall, patience } = this.#options;
    const common = { sdk, onCall, onUnderWay, closed: abort.signal, patience };
    if (choice.kind === 'sample') {
      const requestHandler = await this.#options.sampleRequestHandler();
      return {
        choice,
        profile: undefined,
        endpoint: undefined,
        defaultRegion: sampleRegion,
        defaultRegionAmong: () => sampleRegion,
        ec2: ec2Port({
          ...common,
          credentials: sampleCredentials,
          homeRegion: sampleRegion,
          common: { requestHandler },
          endpoints: { ec2: undefined, sts: undefined, ssm: undefined },
        }),
        access: () => ({ kind: 'sample' }),
        credentials: () => sampleCredentials.get(),
        checkCredentials: async () => {},
        close: () => abort.abort(),
      };
    }
    const { env } = this.#options;
    const machine = thisMachine(env);
    const config = await readSharedConfig(sdk, env);
    const inForce = profileInForce(choice, env, config, machine);
    const profile = inForce.name;
    const endpoints = resolveEndpoints({ setting: choice.endpointUrl, env, profile, config });
    const regionInputs = { env, config, profile: inForce };
    const badRegion = decisiveRegionFault(regionInputs, regions);
    if (badRegion) {
      throw configInvalid(describeFault(badRegion));
    }
    const homeRegion = decideHomeRegion(regionInputs, regions);
    const credentials = credentialSource(sdk, {
      region: homeRegion,
      mfaCodeProvider: this.#options.mfaCodeProvider,
      profile: async () => profileInForce(choice, env, await readSharedConfig(sdk, env), machine),
    });
    const usableCredentials = async () => {
      try {
        return await credentials.get();
      } catch (error) {
        throw toAmiError(error, 'Credentials', homeRegion);
      }
    };
    return {
      choice,
      profile,
      endpoint: endpoints.ec2,
      defaultRegion: homeRegion,
      defaultRegionAmong: (others) => decideHomeRegion(regionInputs, others),
      ec2: ec2Port({
        ...common,
        credentials,
        homeRegion,
        common: networkConfig(profile),
        endpoints,
      }),
      access: (region) => ({ kind: 'aws', endpoint: endpointIn(endpoints.ec2, region), profile }),
      credentials: async (fresh) => {
        if (fresh) {
          credentials.reset();
        }
        return usableCredentials();
      },
      checkCredentials: async () => {
        await usableCredentials();
      },
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
