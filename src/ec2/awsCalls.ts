import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import { AmiError } from '../core/errors.ts';
import { isRegionName, type Region } from '../core/regions.ts';
import { AccountRegions } from './accountRegions.ts';
import { Clients, type ClientsOptions } from './clients.ts';
import { toAmiError } from './toAmiError.ts';

export interface CallRecord {
  readonly operation: string;
  readonly region: string;
  /** ms */
  readonly duration: number;
  readonly error: AmiError | undefined;
}

export interface AwsCallsOptions extends ClientsOptions {
  readonly homeRegion: string;
  readonly onCall: (call: CallRecord) => void;
  /** Called with 1 when a call begins, and with -1 when it has ended. */
  readonly onUnderWay?: ((change: 1 | -1) => void) | undefined;
  /** Aborted when the connection is closed. */
  readonly closed: AbortSignal;
}

interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/**
 * The way of every call to AWS: the log, the end with the question or the connection, and the failure's explanation: a
 * region that is not opted in comes before any doubt about credentials, for EC2, STS and SSM alike.
 */
export class AwsCalls {
  readonly #options: AwsCallsOptions;
  readonly #clients: Clients;
  readonly #regions: AccountRegions;

  constructor(options: AwsCallsOptions) {
    this.#options = options;
    this.#clients = new Clients(options);
    this.#regions = new AccountRegions({
      homeRegion: options.homeRegion,
      ask: (region, signal) => this.#describeRegions(region, signal),
    });
    options.closed.addEventListener('abort', () => this.#clients.destroy(), { once: true });
  }

  ec2<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    send: (client: EC2Client, options: SendOptions) => Promise<T>,
  ): Promise<T> {
    return this.#call(operation, region, signal, (options) => send(this.#clients.ec2(region), options));
  }

  /** For a request that the SDK must not send again. */
  ec2Once<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    send: (client: EC2Client, options: SendOptions) => Promise<T>,
  ): Promise<T> {
    return this.#call(operation, region, signal, (options) => send(this.#clients.ec2Once(region), options));
  }

  ssm<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    send: (client: SSMClient, options: SendOptions) => Promise<T>,
  ): Promise<T> {
    return this.#call(operation, region, signal, (options) => send(this.#clients.ssm(region), options));
  }

  /** For what every region knows: asked of the connection's own, and of another where that one is closed to the account. */
  async sts<T>(
    operation: string,
    signal: AbortSignal,
    send: (client: STSClient, options: SendOptions) => Promise<T>,
  ): Promise<T> {
    const ask = (region: string) =>
      this.#call(operation, region, signal, (options) => send(this.#clients.sts(region), options));
    const { homeRegion, spareRegion } = this.#regions;
    try {
      return await ask(homeRegion);
    } catch (error) {
      if (isClosedRegion(error) && spareRegion !== undefined) {
        return ask(spareRegion);
      }
      throw error;
    }
  }

  async listRegions(signal: AbortSignal): Promise<readonly Region[]> {
    try {
      return await this.#regions.list(signal);
    } catch (error) {
      this.#doubtCredentials(error);
      throw error;
    }
  }

  /** The same failure, of the kind that says so where the region is to blame. */
  explain(error: AmiError): Promise<AmiError> {
    return this.#regions.explain(error);
  }

  async #describeRegions(region: string, signal: AbortSignal): Promise<readonly Region[]> {
    const command = new this.#options.sdk.DescribeRegionsCommand({ AllRegions: true });
    const send = (options: SendOptions) => this.#clients.ec2(region).send(command, options);
    const answer = await this.#record('DescribeRegions', region, signal, send, async (error) => error);
    return (answer.Regions ?? []).flatMap(({ RegionName = '', OptInStatus, Endpoint }) =>
      isRegionName(RegionName)
        ? { name: RegionName, optIn: OptInStatus ?? 'opt-in-not-required', endpoint: Endpoint }
        : [],
    );
  }

  async #call<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    send: (options: SendOptions) => Promise<T>,
  ): Promise<T> {
    if (!isRegionName(region)) {
      throw new AmiError(`"${region}" is not the name of a region.`, { kind: 'region-unknown', operation, region });
    }
    try {
      return await this.#record(operation, region, signal, send, (error) => this.#regions.explain(error));
    } catch (error) {
      this.#doubtCredentials(error);
      throw error;
    }
  }

  /** Logs, normalises errors, and never delivers what arrives after the end of the question or of the connection. */
  async #record<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    send: (options: SendOptions) => Promise<T>,
    explain: (error: AmiError) => Promise<AmiError>,
  ): Promise<T> {
    const either = AbortSignal.any([signal, this.#options.closed]);
    const start = performance.now();
    const cancelled = (cause?: unknown) => new AmiError('Cancelled.', { kind: 'cancelled', operation, region, cause });
    const log = (duration: number, error: AmiError | undefined) =>
      this.#options.onCall({ operation, region, duration, error });
    if (either.aborted) {
      throw cancelled();
    }
    this.#options.onUnderWay?.(1);
    try {
      const answer = await send({ abortSignal: either });
      log(performance.now() - start, undefined);
      if (either.aborted) {
        throw cancelled();
      }
      return answer;
    } catch (error) {
      const duration = performance.now() - start;
      if (either.aborted) {
        throw cancelled(error);
      }
      const explained = await explain(toAmiError(error, operation, region));
      if (either.aborted) {
        throw cancelled(error);
      }
      if (explained.kind !== 'cancelled') {
        log(duration, explained);
      }
      throw explained;
    } finally {
      this.#options.onUnderWay?.(-1);
    }
  }

  /** Keys that AWS refuses may have been replaced: what comes next reads the files, the SSO cache or the process again. */
  #doubtCredentials(error: unknown): void {
    if (error instanceof AmiError && doubtful.has(error.kind)) {
      this.#options.credentials.reset();
      this.#clients.forget();
    }
  }
}

const doubtful: ReadonlySet<string> = new Set(['credentials-expired', 'credentials-invalid', 'no-credentials']);

function isClosedRegion(error: unknown): boolean {
  return error instanceof AmiError && (error.kind === 'not-opted-in' || error.kind === 'region-unknown');
}
