import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import { AmiError, cancelled } from '../../core/errors.ts';
import { isRegionName, type Region } from '../../core/regions.ts';
import { unlessAborted } from '../../core/unlessAborted.ts';
import { AnswerError } from '../answers/answerError.ts';
import { type Command, readAnswerOf } from '../answers/readAnswer.ts';
import { readRegions } from '../answers/readRegions.ts';
import type { AnswerLimits } from '../answers/wholeAnswer.ts';
import type { Sdk } from '../loadSdk.ts';
import { AccountRegions, askEither } from './accountRegions.ts';
import { type CallTimeouts, usualTimeouts } from './callTimeouts.ts';
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
  /** Called with 1 when a call begins, and with -1 when it ends. */
  readonly onUnderWay?: ((change: 1 | -1) => void) | undefined;
  /** Aborted when the connection is closed. */
  readonly closed: AbortSignal;
  /** Default: `usualTimeouts`. */
  readonly timeouts?: CallTimeouts | undefined;
}

export interface Call {
  readonly operation: string;
  readonly region: string;
  readonly signal: AbortSignal;
}

/** Reads the body of an answer within the limits. */
export type ReadBody<T> = (body: unknown, limits: AnswerLimits) => Promise<T>;

export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/**
 * Makes every call to EC2, STS and SSM: logs it, cancels it with its signal or the connection, and explains its error.
 * An error that the region causes is never taken for one of the credentials.
 */
export class AwsCalls {
  readonly sdk: Sdk;
  readonly #options: AwsCallsOptions;
  readonly #timeouts: CallTimeouts;
  readonly #clients: Clients;
  readonly #regions: AccountRegions;

  constructor(options: AwsCallsOptions) {
    this.sdk = options.sdk;
    this.#options = options;
    this.#timeouts = options.timeouts ?? usualTimeouts;
    this.#clients = new Clients(options);
    this.#regions = new AccountRegions({
      homeRegion: options.homeRegion,
      ask: (region, signal) => this.#describeRegions(region, signal),
    });
    options.closed.addEventListener('abort', () => this.#clients.destroy(), { once: true });
  }

  /** `send` has to send `command` itself; `read` reads its answer. Rejects with AmiError. */
  ec2<T>(
    call: Call,
    command: Command,
    read: ReadBody<T>,
    send: (client: EC2Client, options: SendOptions) => Promise<unknown>,
  ): Promise<T> {
    return this.#call(call, command, read, (options) => send(this.#clients.ec2(call.region), options));
  }

  /** As `ec2`, for a request that must not be sent again: it is not retried. */
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

  /** Asks the connection's region, and another one if the account has no access to that: every region can answer. */
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

  /** The same error, with the kind `not-opted-in` or `region-unknown` if the region is its cause. */
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
      throw new AmiError({ kind: 'region-name', region }, { kind: 'region-unknown', operation, region });
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
        // The next attempt uses fresh credentials, or its error says why there are none.
        if (attempt === attempts || !(error instanceof AmiError) || error.kind !== 'credentials-expired') {
          throw error;
        }
      }
    }
  }

  /** Logs the call and its error. An answer that arrives after the signal or the connection has ended is dropped. */
  async #record<T>(
    { operation, region, signal }: Call,
    command: Command,
    read: ReadBody<T>,
    send: (options: SendOptions) => Promise<unknown>,
    explain: (error: AmiError) => Promise<AmiError>,
  ): Promise<T> {
    const either = AbortSignal.any([signal, this.#options.closed]);
    const start = performance.now();
    const log = (duration: number, error: AmiError | undefined) =>
      this.#options.onCall({ operation, region, duration, error });
    if (either.aborted) {
      throw cancelled({ operation, region });
    }
    this.#options.onUnderWay?.(1);
    const { call: timeout, answer: limits } = this.#timeouts;
    const timedOut = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    try {
      // Before the timeout starts: credentials may have to wait for the user.
      await unlessAborted(this.#options.credentials.get(), either);
      timer = setTimeout(() => timedOut.abort(), timeout);
      const taken = readAnswerOf(command, limits, (body) => read(body, limits));
      await send({ abortSignal: AbortSignal.any([either, timedOut.signal]) });
      if (!taken.value) {
        throw new AnswerError({ kind: 'answer-missing' });
      }
      log(performance.now() - start, undefined);
      if (either.aborted) {
        throw cancelled({ operation, region });
      }
      return taken.value.of;
    } catch (error) {
      const duration = performance.now() - start;
      if (either.aborted) {
        throw cancelled({ operation, region, cause: error });
      }
      const explained = timedOut.signal.aborted
        ? timeoutError(operation, region, timeout, error)
        : await explain(toAmiError(error, operation, region, this.#options.credentials.mask));
      if (either.aborted) {
        throw cancelled({ operation, region, cause: error });
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

  /** AWS refuses keys that may have been replaced since: the next call reads the files, SSO cache or process again. */
  #doubtCredentials(error: unknown, version: number): void {
    if (error instanceof AmiError && credentialErrorKinds.has(error.kind)) {
      this.#options.credentials.reset(version);
      this.#clients.forget();
    }
  }
}

const credentialErrorKinds: ReadonlySet<string> = new Set([
  'credentials-expired',
  'credentials-invalid',
  'no-credentials',
]);

function isClosedRegion(error: unknown): boolean {
  return error instanceof AmiError && (error.kind === 'not-opted-in' || error.kind === 'region-unknown');
}

function timeoutError(operation: string, region: string, time: number, cause: unknown): AmiError {
  return new AmiError({ kind: 'no-answer', seconds: time / 1_000 }, { kind: 'timeout', operation, region, cause });
}
