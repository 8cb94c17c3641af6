import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import type { CredentialSource } from '../credentials/credentials.ts';
import { type EndpointOverrides, endpointIn, noVariants, type Service } from '../endpoint.ts';
import type { Sdk } from '../loadSdk.ts';
import type { CommonConfig } from './clientConfig.ts';

export interface ClientsOptions {
  readonly sdk: Sdk;
  readonly credentials: CredentialSource;
  readonly common: CommonConfig;
  readonly endpoints: EndpointOverrides;
}

/** A connection's SDK clients, one for each service and region, made when first needed. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #ec2 = new Map<string, EC2Client>();
  readonly #ec2Once = new Map<string, EC2Client>();
  readonly #sts = new Map<string, STSClient>();
  readonly #ssm = new Map<string, SSMClient>();

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  ec2(region: string): EC2Client {
    return cached(this.#ec2, region, () => new this.#options.sdk.EC2Client(this.#configOf('ec2', region)));
  }

  /** A client that does not retry. */
  ec2Once(region: string): EC2Client {
    return cached(
      this.#ec2Once,
      region,
      () => new this.#options.sdk.EC2Client({ ...this.#configOf('ec2', region), maxAttempts: 1 }),
    );
  }

  sts(region: string): STSClient {
    return cached(this.#sts, region, () => new this.#options.sdk.STSClient(this.#configOf('sts', region)));
  }

  ssm(region: string): SSMClient {
    return cached(this.#ssm, region, () => new this.#options.sdk.SSMClient(this.#configOf('ssm', region)));
  }

  /** Clients cache their credentials: new ones need new clients. */
  forget(): void {
    for (const clients of this.#all) {
      clients.clear();
    }
  }

  destroy(): void {
    for (const clients of this.#all) {
      for (const client of clients.values()) {
        client.destroy();
      }
      clients.clear();
    }
  }

  get #all(): readonly Map<string, EC2Client | STSClient | SSMClient>[] {
    return [this.#ec2, this.#ec2Once, this.#sts, this.#ssm];
  }

  #configOf(service: Service, region: string) {
    const { common, endpoints, credentials } = this.#options;
    const endpoint = endpointIn(endpoints[service], region);
    return {
      ...common,
      region,
      credentials: () => credentials.get(),
      ...(endpoint ? { endpoint, ...noVariants } : {}),
    };
  }
}

function cached<C>(clients: Map<string, C>, region: string, make: () => C): C {
  const client = clients.get(region) ?? make();
  clients.set(region, client);
  return client;
}
