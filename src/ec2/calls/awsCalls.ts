import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import { AmiError } from '../../core/errors.ts';
import { isRegionName, type Region } from '../../core/regions.ts';
import { unlessAborted } from '../../core/unlessAborted.ts';
import { type Command, readAnswerOf } from '../answers/readAnswer.ts';
import { readRegions } from '../answers/readRegions.ts';
import type { AnswerLimits } from '../answers/wholeAnswer.ts';
import type { Sdk } from '../loadSdk.ts';
import { AccountRegions, askEither } from './accountRegions.ts';
import { Clients, type ClientsOptions } from './clients.ts';
import { type Patience, usualPatience } from './patience.ts';
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
  /** As long as people wait unless given. */
  readonly patience?: Patience | undefined;
}

export interface Call {
  readonly operation: string;
  readonly region: string;
  readonly signal: AbortSignal;
}

/** Reads the body of an answer, within the limits. */
export type ReadBody<T> = (body: unknown, limits: AnswerLimits) => Promise<T>;

export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/**
 * The way of every call to AWS: the log, the end with the question or the connection, and the failure's explanation: a
 * region that is not opted in comes before any doubt about credentials, for EC2, STS and SSM alike.
 */
export class AwsCalls {
  readonly sdk: Sdk;
  readonly #options: AwsCallsOptions;
  readonly #patience: Patience;
  readonly #clients: Clients;
  readonly #regions: AccountRegions;

  constructor(options: AwsCallsOptions) {
    this.sdk = options.sdk;
    this.#options = options;
    this.#patience = options.patience ?? usualPatience;
    this.#clients = new Clients(options);
    this.#regions = new AccountRegions({
      homeRegion: options.homeRegion,
      ask: (region, signal) => this.#describeRegions(region, signal),
    });
    options.closed.addEventListener('abort', () => this.#clients.destroy(), { once: true });
  }

  /** `send` sends the very command, whose answer is read by `read`. Rejects with AmiError. */
  ec2<T>(
    call: Call,
    command: Command,
    read: ReadBody<T>,
    send: (client: EC2Client, options: SendOptions) => Promise<unknown>,
  ): Promise<T> {
    return this.#call(call, command, read, (options) => send(this.#clients.ec2(call.region), options));
  }

  /** For a request that the SDK must not send again. */
  ec2Once<T>(
    call: Call,
    command: Command,
    read: ReadBody<T>,
    send: (client: EC2Client, options: SendOptions) => Promise<unknown>,
  ): Promise<T> {
    return this.#call(call, command, read, (options) => send(this.#clients.ec2Once(call.region), options), 1);
  }

  ssm<T>(
    call: Call,
    command: Command,
    read: ReadBody<T>,
    send: (client: SSMClient, options: SendOptions) => Promise<unknown>,
  ): Promise<T> {
    return this.#call(call, command, read, (options) => send(this.#clients.ssm(call.region), options));
  }

  /** For what every region knows: asked of the connection's own, and of another where that one is closed to the account. */
  async sts<T>(
    { operation, signal }: Omit<Call, 'region'>,
    makeCommand: () => Command & Parameters<STSClient['send']>[0],
    read: ReadBody<T>,
  ): Promise<T> {
    const ask = (region: string) => {
      const command = makeCommand();
      return this.#call({ operation, region, signal }, command, read, (options) =>
        this.#clients.sts(region).send(command, options),
      );
    };
    return askEither(this.#options.homeRegion, ask, isClosedRegion);
  }

  async listRegions(signal: AbortSignal): Promise<readonly Region[]> {
    try {
      return await this.#regions.list(signal);
    } catch (error) {
      this.#doubtCredentials(error, this.#options.credentials.version);
      throw error;
    }
  }

  /** The same failure, of the kind that says so where the region is to blame. */
  explain(error: AmiError): Promise<AmiError> {
    return this.#regions.explain(error);
  }

  async #describeRegions(region: string, signal: AbortSignal): Promise<readonly Region[]> {
    const command = new this.sdk.DescribeRegionsCommand({ AllRegions: true });
    const call = { operation: 'DescribeRegions', region, signal };
    const send = (options: SendOptions) => this.#clients.ec2(region).send(command, options);
    return this.#record(call, command, readRegions, send, async (error) => error);
  }

  async #call<T>(
    call: Call,
    command: Command,
    read: ReadBody<T>,
    send: (options: SendOptions) => Promise<unknown>,
    attempts = 2,
  ): Promise<T> {
    const { operation, region } = call;
    if (!isRegionName(region)) {
      throw new AmiError(`"${region}" is not the name of a region.`, { kind: 'region-unknown', operation, region });
    }
    const { credentials } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      let { version } = credentials;
      const signed = (options: SendOptions) => {
        version = credentials.version;
        return send(options);
      };
      try {
        return await this.#record(call, command, read, signed, (error) => this.#regions.explain(error));
      } catch (error) {
        this.#doubtCredentials(error, version);
        // Others are there in no time, or the reason why there are none: that is what to tell.
        if (attempt === attempts || !(error instanceof AmiError) || error.kind !== 'credentials-expired') {
          throw error;
        }
      }
    }
  }

  /** Logs, normalises errors, and never delivers what arrives after the end of the question or of the connection. */
  async #record<T>(
    { operation, region, signal }: Call,
    command: Command,
    read: ReadBody<T>,
    send: (options: SendOptions) => Promise<unknown>,
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
    const { call: mostTime, answer: limits } = this.#patience;
    const late = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    try {
      // Before the clock starts: credentials may have to wait for the user.
      await unlessAborted(this.#options.credentials.get(), either);
      timer = setTimeout(() => late.abort(), mostTime);
      const taken = readAnswerOf(command, limits, (body) => read(body, limits));
      await send({ abortSignal: AbortSignal.any([either, late.signal]) });
      if (!taken.value) {
        throw new SyntaxError('There is no answer.');
      }
      log(performance.now() - start, undefined);
      if (either.aborted) {
        throw cancelled();
      }
      return taken.value.of;
    } catch (error) {
      const duration = performance.now() - start;
      if (either.aborted) {
        throw cancelled(error);
      }
      const explained = late.signal.aborted
        ? tooLate(operation, region, mostTime, error)
        : await explain(toAmiError(error, operation, region, this.#options.credentials.mask));
      if (either.aborted) {
        throw cancelled(error);
      }
      if (explained.kind !== 'cancelled') {
        log(duration, explained);
      }
      throw explained;
    } finally {
      clearTimeout(timer);
      this.#options.onUnderWay?.(-1);
    }
  }

  /** Keys that AWS refuses may have been replaced: what comes next reads the files, the SSO cache or the process again. */
  #doubtCredentials(error: unknown, version: number): void {
    if (error instanceof AmiError && doubtful.has(error.kind)) {
      this.#options.credentials.reset(version);
      this.#clients.forget();
    }
  }
}

const doubtful: ReadonlySet<string> = new Set(['credentials-expired', 'credentials-invalid', 'no-credentials']);

function isClosedRegion(error: unknown): boolean {
  return error instanceof AmiError && (error.kind === 'not-opted-in' || error.kind === 'region-unknown');
}

function tooLate(operation: string, region: string, time: number, cause: unknown): AmiError {
  return new AmiError(`No answer in ${time / 1000} s.`, { kind: 'timeout', operation, region, cause });
}
