import type { DescribeImagesCommandInput, EC2Client, EC2ClientConfig } from '@aws-sdk/client-ec2';
import { AmiError, cancelled } from '../core/errors.ts';
import type { ImageSink } from './answers/imageDraft.ts';
import { PlainItems } from './answers/plainItems.ts';
import { readAnswerOf } from './answers/readAnswer.ts';
import { type ImagePage, readImages } from './answers/readImages.ts';
import { type AnswerLimits, usualAnswerLimits } from './answers/wholeAnswer.ts';
import { toAmiError } from './calls/toAmiError.ts';
import { Secrets } from './credentials/secrets.ts';
import type { Sdk } from './loadSdk.ts';
import type { Credentials, ImageFilter } from './port.ts';

export interface ImagePagesOptions {
  readonly sdk: Sdk;
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
  readonly config: EC2ClientConfig;
  /** Whether deprecated images are listed, too; EC2 leaves out those of other owners otherwise. */
  readonly includeDeprecated?: boolean;
  /** Limits for the body of an answer. */
  readonly limits?: AnswerLimits;
}

export interface PageQuestion {
  readonly filters: readonly ImageFilter[];
  readonly token: string | undefined;
}

const operation = 'DescribeImages';

/** EC2's limit, whatever is asked for. */
const imagesPerPage = 1_000;

/** Pages share the line: 33 of 2.4 MB each take minutes at 5 Mbit/s, each of them at 20 kB/s. */
const pageLimits: AnswerLimits = { ...usualAnswerLimits, time: 5 * 60_000 };

/**
 * Pages of a region's public images. The SDK signs, sends, retries and reads errors, but would be slow to read the
 * images: they are read as they arrive. Throttled requests are not retried, since the caller paces its requests.
 */
export class ImagePages {
  readonly #client: EC2Client;
  readonly #sdk: Sdk;
  readonly #region: string;
  readonly #includeDeprecated: boolean;
  readonly #limits: AnswerLimits;
  readonly #items = new PlainItems();
  readonly #secrets = new Secrets();

  constructor({ sdk, region, credentials, config, includeDeprecated = false, limits = pageLimits }: ImagePagesOptions) {
    this.#limits = limits;
    this.#sdk = sdk;
    this.#region = region;
    this.#includeDeprecated = includeDeprecated;
    this.#client = new sdk.EC2Client({
      ...config,
      region,
      credentials: async () => this.#secrets.take(await credentials()),
      retryStrategy: retryAllButThrottling(sdk),
    });
  }

  /**
   * Rejects with AmiError.
   *
   * @param begin called for each attempt; the images of the answer go into the sink that it returns
   */
  async page<S extends ImageSink>(
    { filters, token }: PageQuestion,
    signal: AbortSignal,
    begin: () => S,
  ): Promise<ImagePage<S>> {
    const input: DescribeImagesCommandInput = {
      ExecutableUsers: ['all'],
      ...(filters.length > 0
        ? { Filters: filters.map(({ name, values }) => ({ Name: name, Values: [...values] })) }
        : {}),
      ...(this.#includeDeprecated ? { IncludeDeprecated: true } : {}),
      MaxResults: imagesPerPage,
      ...(token ? { NextToken: token } : {}),
    };
    const command = new this.#sdk.DescribeImagesCommand(input);
    const taken = readAnswerOf(command, this.#limits, (body) => readImages(body, begin(), this.#limits, this.#items));
    try {
      await this.#client.send(command, { abortSignal: signal });
    } catch (error) {
      throw signal.aborted
        ? cancelled({ operation, region: this.#region, cause: error })
        : toAmiError(error, operation, this.#region, this.#secrets.mask);
    }
    if (signal.aborted) {
      throw cancelled({ operation, region: this.#region });
    }
    if (!taken.value) {
      throw new AmiError({ kind: 'answer-missing' }, { kind: 'bad-answer', operation, region: this.#region });
    }
    return taken.value.of;
  }

  close(): void {
    this.#client.destroy();
  }
}

const attempts = 3;

function retryAllButThrottling(sdk: Sdk): NonNullable<EC2ClientConfig['retryStrategy']> {
  class RetryAllButThrottling extends sdk.StandardRetryStrategy {
    override async refreshRetryTokenForRetry(
      ...[token, info]: Parameters<InstanceType<Sdk['StandardRetryStrategy']>['refreshRetryTokenForRetry']>
    ) {
      if (info.errorType === 'THROTTLING') {
        throw new Error('Throttled: to be sent again when the pace allows it.');
      }
      return super.refreshRetryTokenForRetry(token, info);
    }
  }
  return new RetryAllButThrottling(attempts);
}
