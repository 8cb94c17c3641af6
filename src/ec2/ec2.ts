import type { EC2Client, EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { SSMClientConfig } from '@aws-sdk/client-ssm';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { CreateImageRequest } from '../core/createImage.ts';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import { isImageId } from '../core/imageId.ts';
import type { Instance } from '../core/instance.ts';
import { type LatestParameter, latestParameter } from '../core/latest.ts';
import { isRegionName, type Region } from '../core/regions.ts';
import type { CallRecord } from './connection.ts';
import { createImageOnce, type Pause, pause, toCreateImageInput } from './createImage.ts';
import type { CredentialSource } from './credentials.ts';
import type { Sdk } from './loadSdk.ts';
import type { Ec2Port, Identity, ImageQuery, LaunchPermissions, SnapshotProgress, VolumeFacts } from './port.ts';
import { toAmiError } from './toAmiError.ts';
import { toImage } from './toImage.ts';
import { toInstance } from './toInstance.ts';

export interface Ec2Options {
  readonly sdk: Sdk;
  readonly credentials: CredentialSource;
  readonly homeRegion: string;
  readonly ec2Config: EC2ClientConfig;
  readonly stsConfig: STSClientConfig;
  readonly ssmConfig: SSMClientConfig;
  readonly onCall: (call: CallRecord) => void;
  /** Called with 1 when a call begins, and with -1 when it has ended. */
  readonly onUnderWay?: ((change: 1 | -1) => void) | undefined;
  /** Aborted when the connection is closed. */
  readonly closed: AbortSignal;
  /** How to wait between the attempts to find out what became of a request; on the clock unless given. */
  readonly pause?: Pause | undefined;
}

/**
 * Images a page. The SDK parses a page in one go on the extension host's thread: a page of 1,000 holds it for 150 ms
 * and more, which is felt as a stutter in every extension.
 */
const pageSize = 150;

/** EC2 takes at most 1,000 ids a call; see also `pageSize`. */
const idsPerCall = 150;

/** The most that SSM answers (API reference, GetParametersByPath). */
const parametersPerPage = 10;

export class Ec2 implements Ec2Port {
  readonly #options: Ec2Options;
  readonly #clients = new Map<string, EC2Client>();
  #regions: Promise<readonly Region[]> | undefined;

  constructor(options: Ec2Options) {
    this.#options = options;
  }

  async *listImages(region: string, query: ImageQuery, signal: AbortSignal): AsyncIterable<readonly Image[]> {
    const { sdk } = this.#options;
    let token: string | undefined;
    do {
      const command = new sdk.DescribeImagesCommand({
        ...(query.owners ? { Owners: [...query.owners] } : {}),
        ...(query.executableUsers ? { ExecutableUsers: [...query.executableUsers] } : {}),
        ...(query.filters
          ? { Filters: query.filters.map((filter) => ({ Name: filter.name, Values: [...filter.values] })) }
          : {}),
        ...(query.includeDeprecated === undefined ? {} : { IncludeDeprecated: query.includeDeprecated }),
        ...(query.includeDisabled === undefined ? {} : { IncludeDisabled: query.includeDisabled }),
        MaxResults: pageSize,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.#call('DescribeImages', region, signal, (client, options) =>
        client.send(command, options),
      );
      yield (page.Images ?? []).map((image) => toImage(image, region));
      // A token that comes back unchanged would never end; EC2-compatible endpoints are known to ignore paging.
      token = page.NextToken && page.NextToken !== token ? page.NextToken : undefined;
    } while (token);
  }

  async describeImages(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly Image[]> {
    const images: Image[] = [];
    for (const batch of batches(ids.filter(isImageId), idsPerCall)) {
      images.push(...(await this.#describeBatch(region, batch, signal)));
    }
    return images;
  }

  /**
   * By the filter `image-id`, which leaves out what is gone, where ids given as such would fail the whole call. One id
   * alone is given as such: that shows a deprecated image of another account as well, which a filter hides.
   */
  async #describeBatch(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly Image[]> {
    const { sdk } = this.#options;
    const only = ids.length === 1;
    const command = new sdk.DescribeImagesCommand({
      ...(only ? { ImageIds: [...ids] } : { Filters: [{ Name: 'image-id', Values: [...ids] }] }),
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
    try {
      const answer = await this.#call('DescribeImages', region, signal, (client, options) =>
        client.send(command, options),
      );
      return (answer.Images ?? []).map((image) => toImage(image, region));
    } catch (error) {
      if (error instanceof AmiError && error.kind === 'not-found') {
        return [];
      }
      throw error;
    }
  }

  async describeLaunchPermissions(region: string, id: string, signal: AbortSignal): Promise<LaunchPermissions> {
    const { sdk } = this.#options;
    const command = new sdk.DescribeImageAttributeCommand({ ImageId: id, Attribute: 'launchPermission' });
    const answer = await this.#call('DescribeImageAttribute', region, signal, (client, options) =>
      client.send(command, options),
    );
    const permissions = answer.LaunchPermissions ?? [];
    return {
      public: permissions.some((permission) => permission.Group === 'all'),
      accounts: permissions.flatMap((permission) => permission.UserId ?? []),
      organizations: permissions.flatMap((permission) => permission.OrganizationArn ?? []),
      organizationalUnits: permissions.flatMap((permission) => permission.OrganizationalUnitArn ?? []),
    };
  }

  async *listInstances(region: string, signal: AbortSignal): AsyncIterable<readonly Instance[]> {
    const { sdk } = this.#options;
    let token: string | undefined;
    do {
      const command = new sdk.DescribeInstancesCommand({
        MaxResults: pageSize,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.#call('DescribeInstances', region, signal, (client, options) =>
        client.send(command, options),
      );
      yield (page.Reservations ?? []).flatMap((reservation) =>
        (reservation.Instances ?? []).map((instance) => toInstance(instance, region)),
      );
      token = page.NextToken && page.NextToken !== token ? page.NextToken : undefined;
    } while (token);
  }

  async describeInstances(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly Instance[]> {
    const { sdk } = this.#options;
    const instances: Instance[] = [];
    for (const batch of batches(ids, idsPerCall)) {
      const command = new sdk.DescribeInstancesCommand({ Filters: [{ Name: 'instance-id', Values: [...batch] }] });
      const answer = await this.#call('DescribeInstances', region, signal, (client, options) =>
        client.send(command, options),
      );
      for (const reservation of answer.Reservations ?? []) {
        instances.push(...(reservation.Instances ?? []).map((instance) => toInstance(instance, region)));
      }
    }
    return instances;
  }

  async describeSnapshots(
    region: string,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly SnapshotProgress[]> {
    const { sdk } = this.#options;
    const snapshots: SnapshotProgress[] = [];
    for (const batch of batches(ids, idsPerCall)) {
      const command = new sdk.DescribeSnapshotsCommand({ Filters: [{ Name: 'snapshot-id', Values: [...batch] }] });
      const answer = await this.#call('DescribeSnapshots', region, signal, (client, options) =>
        client.send(command, options),
      );
      for (const snapshot of answer.Snapshots ?? []) {
        snapshots.push({
          snapshotId: snapshot.SnapshotId ?? '',
          state: snapshot.State ?? 'pending',
          progress: Number.parseInt(snapshot.Progress ?? '', 10) || (snapshot.State === 'completed' ? 100 : 0),
        });
      }
    }
    return snapshots;
  }

  async describeVolumes(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly VolumeFacts[]> {
    const { sdk } = this.#options;
    const volumes: VolumeFacts[] = [];
    for (const batch of batches(ids, idsPerCall)) {
      const command = new sdk.DescribeVolumesCommand({ Filters: [{ Name: 'volume-id', Values: [...batch] }] });
      const answer = await this.#call('DescribeVolumes', region, signal, (client, options) =>
        client.send(command, options),
      );
      for (const volume of answer.Volumes ?? []) {
        volumes.push({
          volumeId: volume.VolumeId ?? '',
          size: volume.Size,
          type: volume.VolumeType,
          encrypted: volume.Encrypted ?? false,
        });
      }
    }
    return volumes;
  }

  async *listLatest(region: string, path: string, signal: AbortSignal): AsyncIterable<readonly LatestParameter[]> {
    const { sdk, ssmConfig, credentials } = this.#options;
    const operation = 'GetParametersByPath';
    if (!isRegionName(region)) {
      throw new AmiError(`"${region}" is not the name of a region.`, { kind: 'region-unknown', operation, region });
    }
    const client = new sdk.SSMClient({ ...ssmConfig, region, credentials: () => credentials.get() });
    let token: string | undefined;
    do {
      const command = new sdk.GetParametersByPathCommand({
        Path: path,
        Recursive: true,
        MaxResults: parametersPerPage,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.#record(operation, region, signal, (options) => client.send(command, options));
      yield (page.Parameters ?? []).flatMap(
        ({ Name, Value }) => latestParameter(region, Name ?? '', Value ?? '') ?? [],
      );
      token = page.NextToken && page.NextToken !== token ? page.NextToken : undefined;
    } while (token);
  }

  async listRegions(signal: AbortSignal): Promise<readonly Region[]> {
    const { sdk, homeRegion } = this.#options;
    const answer = await this.#call('DescribeRegions', homeRegion, signal, (client, options) =>
      client.send(new sdk.DescribeRegionsCommand({ AllRegions: true }), options),
    );
    const regions = (answer.Regions ?? []).map((region) => ({
      name: region.RegionName ?? '',
      optIn: region.OptInStatus ?? 'opt-in-not-required',
      endpoint: region.Endpoint,
    }));
    return regions.filter((region) => isRegionName(region.name));
  }

  async identity(signal: AbortSignal): Promise<Identity> {
    const { sdk, stsConfig, homeRegion, credentials } = this.#options;
    const client = new sdk.STSClient({ ...stsConfig, region: homeRegion, credentials: () => credentials.get() });
    const answer = await this.#record('GetCallerIdentity', homeRegion, signal, (options) =>
      client.send(new sdk.GetCallerIdentityCommand({}), options),
    );
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
  }

  async dryRunCreateImage(request: CreateImageRequest, signal: AbortSignal): Promise<string | undefined> {
    const { sdk } = this.#options;
    const command = new sdk.CreateImageCommand({ ...toCreateImageInput(request), DryRun: true });
    try {
      const answer = await this.#call('CreateImage', request.region, signal, (client, options) =>
        client.send(command, options),
      );
      return answer.ImageId || undefined;
    } catch (error) {
      // "The request would have succeeded" comes as an exception.
      if (error instanceof AmiError && error.code === 'DryRunOperation') {
        return undefined;
      }
      throw error;
    }
  }

  async createImage(request: CreateImageRequest, signal: AbortSignal): Promise<string> {
    const { sdk } = this.#options;
    // One attempt: the SDK's own retries cannot tell an image that a lost first attempt made from a name in use.
    const client = this.#newClient(request.region, { maxAttempts: 1 });
    return createImageOnce(request, signal, {
      pause: this.#options.pause ?? pause,
      send: async () => {
        const command = new sdk.CreateImageCommand(toCreateImageInput(request));
        const { ImageId } = await this.#record('CreateImage', request.region, signal, (options) =>
          client.send(command, options),
        );
        if (!ImageId) {
          throw new AmiError('The answer names no image.', {
            kind: 'bad-answer',
            operation: 'CreateImage',
            region: request.region,
          });
        }
        return ImageId;
      },
      findByName: async () => {
        const query: ImageQuery = {
          owners: ['self'],
          filters: [{ name: 'name', values: [escapeFilterValue(request.name)] }],
          includeDeprecated: true,
          includeDisabled: true,
        };
        const images: Image[] = [];
        for await (const page of this.listImages(request.region, query, signal)) {
          images.push(...page.filter((image) => image.name === request.name));
        }
        return images;
      },
    });
  }

  #newClient(region: string, more: EC2ClientConfig = {}): EC2Client {
    const { sdk, ec2Config, credentials } = this.#options;
    return new sdk.EC2Client({ ...ec2Config, ...more, region, credentials: () => credentials.get() });
  }

  async #call<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    send: (client: EC2Client, options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    if (!isRegionName(region)) {
      throw new AmiError(`"${region}" is not the name of a region.`, { kind: 'region-unknown', operation, region });
    }
    let client = this.#clients.get(region);
    if (!client) {
      client = this.#newClient(region);
      this.#clients.set(region, client);
    }
    const usable = client;
    try {
      return await this.#record(operation, region, signal, (options) => send(usable, options));
    } catch (error) {
      throw operation === 'DescribeRegions' ? error : await this.#explainRegion(error, signal);
    }
  }

  /** Logs, normalises errors, and never delivers what arrives after the end of the question or of the connection. */
  async #record<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    send: (options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const either = AbortSignal.any([signal, this.#options.closed]);
    const start = performance.now();
    const cancelled = (cause?: unknown) => new AmiError('Cancelled.', { kind: 'cancelled', operation, region, cause });
    const log = (error: AmiError | undefined) =>
      this.#options.onCall({ operation, region, duration: performance.now() - start, error });
    if (either.aborted) {
      throw cancelled();
    }
    this.#options.onUnderWay?.(1);
    try {
      const answer = await send({ abortSignal: either });
      log(undefined);
      if (either.aborted) {
        throw cancelled();
      }
      return answer;
    } catch (error) {
      const amiError = either.aborted ? cancelled(error) : toAmiError(error, operation, region);
      if (amiError.kind !== 'cancelled') {
        log(amiError);
      }
      if (mayBeStale(amiError)) {
        this.#options.credentials.reset();
        this.#clients.clear();
      }
      throw amiError;
    } finally {
      this.#options.onUnderWay?.(-1);
    }
  }

  /**
   * A region that is not opted in answers in the words of bad keys, and one that does not exist as a host that is not
   * found: the list of the account's regions tells them apart.
   */
  async #explainRegion(error: unknown, signal: AbortSignal): Promise<unknown> {
    if (!(error instanceof AmiError) || !(error.code === 'AuthFailure' || error.code === 'ENOTFOUND')) {
      return error;
    }
    this.#regions ??= this.listRegions(signal);
    const regions = await this.#regions.catch(() => {
      this.#regions = undefined;
      return undefined;
    });
    const region = regions?.find((candidate) => candidate.name === error.region);
    if (!regions || regions.length === 0 || (region && region.optIn !== 'not-opted-in')) {
      return error;
    }
    return new AmiError(error.message, {
      kind: region ? 'not-opted-in' : 'region-unknown',
      operation: error.operation,
      region: error.region,
      code: error.code,
      requestId: error.requestId,
      cause: error,
    });
  }
}

function mayBeStale(error: AmiError): boolean {
  return (
    error.kind === 'credentials-expired' || error.kind === 'credentials-invalid' || error.kind === 'no-credentials'
  );
}

function batches<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    result.push(items.slice(start, start + size));
  }
  return result;
}

/** In the values of filters `*` and `?` are wildcards and `\` escapes them. */
function escapeFilterValue(value: string): string {
  return value.replace(/[\\*?]/g, '\\$&');
}
