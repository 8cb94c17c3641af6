import type { CreateImageRequest } from '../core/createImage.ts';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';
import type { Instance } from '../core/instance.ts';
import { type LatestParameter, latestParameter } from '../core/latest.ts';
import type { Region } from '../core/regions.ts';
import { AwsCalls, type AwsCallsOptions } from './awsCalls.ts';
import { createImageOnce, type Pause, pause, toCreateImageInput } from './createImage.ts';
import type { Ec2Port, Identity, ImageQuery, LaunchPermissions, SnapshotProgress, VolumeFacts } from './port.ts';
import { toImages } from './toImage.ts';
import { toInstance } from './toInstance.ts';

export interface Ec2Options extends AwsCallsOptions {
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
  readonly #calls: AwsCalls;

  constructor(options: Ec2Options) {
    this.#options = options;
    this.#calls = new AwsCalls(options);
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
      const page = await this.#calls.ec2('DescribeImages', region, signal, (client, options) =>
        client.send(command, options),
      );
      yield toImages(page.Images, region);
      // A token that comes back unchanged would never end; EC2-compatible endpoints are known to ignore paging.
      token = page.NextToken && page.NextToken !== token ? page.NextToken : undefined;
    } while (token);
  }

  async describeImages(region: string, ids: readonly string[], signal: AbortSignal): Promise<readonly Image[]> {
    const images: Image[] = [];
    for (const batch of batches(ids.filter(isResourceId), idsPerCall)) {
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
      const answer = await this.#calls.ec2('DescribeImages', region, signal, (client, options) =>
        client.send(command, options),
      );
      return toImages(answer.Images, region);
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
    const answer = await this.#calls.ec2('DescribeImageAttribute', region, signal, (client, options) =>
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
      const page = await this.#calls.ec2('DescribeInstances', region, signal, (client, options) =>
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
      const answer = await this.#calls.ec2('DescribeInstances', region, signal, (client, options) =>
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
      const answer = await this.#calls.ec2('DescribeSnapshots', region, signal, (client, options) =>
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
      const answer = await this.#calls.ec2('DescribeVolumes', region, signal, (client, options) =>
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
    const { sdk } = this.#options;
    let token: string | undefined;
    do {
      const command = new sdk.GetParametersByPathCommand({
        Path: path,
        Recursive: true,
        MaxResults: parametersPerPage,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.#calls.ssm('GetParametersByPath', region, signal, (client, options) =>
        client.send(command, options),
      );
      yield (page.Parameters ?? []).flatMap(
        ({ Name, Value }) => latestParameter(region, Name ?? '', Value ?? '') ?? [],
      );
      token = page.NextToken && page.NextToken !== token ? page.NextToken : undefined;
    } while (token);
  }

  listRegions(signal: AbortSignal): Promise<readonly Region[]> {
    return this.#calls.listRegions(signal);
  }

  explain(error: AmiError): Promise<AmiError> {
    return this.#calls.explain(error);
  }

  async identity(signal: AbortSignal): Promise<Identity> {
    const { sdk } = this.#options;
    const answer = await this.#calls.sts('GetCallerIdentity', signal, (client, options) =>
      client.send(new sdk.GetCallerIdentityCommand({}), options),
    );
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' };
  }

  async dryRunCreateImage(request: CreateImageRequest, signal: AbortSignal): Promise<string | undefined> {
    const { sdk } = this.#options;
    const command = new sdk.CreateImageCommand({ ...toCreateImageInput(request), DryRun: true });
    try {
      const answer = await this.#calls.ec2('CreateImage', request.region, signal, (client, options) =>
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
    return createImageOnce(request, signal, {
      pause: this.#options.pause ?? pause,
      send: async () => {
        const command = new sdk.CreateImageCommand(toCreateImageInput(request));
        // The SDK's own retries cannot tell an image that a lost first attempt made from a name in use.
        const { ImageId } = await this.#calls.ec2Once('CreateImage', request.region, signal, (client, options) =>
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
