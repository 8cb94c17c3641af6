import type { DescribeImagesCommandInput } from '@aws-sdk/client-ec2';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';
import type { AwsCalls, Call } from './awsCalls.ts';
import { batches, listPages, type Page } from './listPages.ts';
import type { ImageQuery, LaunchPermissions } from './port.ts';
import { toImage } from './toImage.ts';
import { readXmlAnswer, readXmlPage } from './xmlAnswer.ts';

/** Images a page: so few that the first ones are soon there to be seen. */
const pageSize = 150;

/** EC2 takes at most 1,000 ids a call. */
const idsPerCall = 150;

export function listImages(
  calls: AwsCalls,
  region: string,
  query: ImageQuery,
  signal: AbortSignal,
): AsyncIterable<readonly Image[]> {
  const call = { operation: 'DescribeImages', region, signal };
  const input: DescribeImagesCommandInput = {
    ...(query.owners ? { Owners: [...query.owners] } : {}),
    ...(query.executableUsers ? { ExecutableUsers: [...query.executableUsers] } : {}),
    ...(query.filters
      ? { Filters: query.filters.map((filter) => ({ Name: filter.name, Values: [...filter.values] })) }
      : {}),
    ...(query.includeDeprecated === undefined ? {} : { IncludeDeprecated: query.includeDeprecated }),
    ...(query.includeDisabled === undefined ? {} : { IncludeDisabled: query.includeDisabled }),
    MaxResults: pageSize,
  };
  return listPages(
    call,
    (token) => describe(calls, call, { ...input, ...(token ? { NextToken: token } : {}) }),
    ({ id }) => id,
  );
}

export async function describeImages(
  calls: AwsCalls,
  region: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly Image[]> {
  const images: Image[] = [];
  for (const batch of batches(ids.filter(isResourceId), idsPerCall)) {
    images.push(...(await describeBatch(calls, { operation: 'DescribeImages', region, signal }, batch)));
  }
  return images;
}

/**
 * By the filter `image-id`, which leaves out what is gone, where ids given as such would fail the whole call. One id
 * alone is given as such: every endpoint understands that.
 */
async function describeBatch(calls: AwsCalls, call: Call, ids: readonly string[]): Promise<readonly Image[]> {
  const only = ids.length === 1;
  try {
    const { items } = await describe(calls, call, {
      ...(only ? { ImageIds: [...ids] } : { Filters: [{ Name: 'image-id', Values: [...ids] }] }),
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
    return items;
  } catch (error) {
    if (error instanceof AmiError && error.kind === 'not-found') {
      return [];
    }
    throw error;
  }
}

function describe(calls: AwsCalls, call: Call, input: DescribeImagesCommandInput): Promise<Page<Image>> {
  const command = new calls.sdk.DescribeImagesCommand(input);
  return calls.ec2(
    call,
    command,
    (body, limits) =>
      readXmlPage(
        body,
        { root: 'DescribeImagesResponse', has: 'imagesSet', items: ['imagesSet', 'item'] },
        (image) => toImage(image, call.region),
        limits,
      ),
    (client, options) => client.send(command, options),
  );
}

export async function describeLaunchPermissions(
  calls: AwsCalls,
  region: string,
  id: string,
  signal: AbortSignal,
): Promise<LaunchPermissions> {
  const command = new calls.sdk.DescribeImageAttributeCommand({ ImageId: id, Attribute: 'launchPermission' });
  const { rest } = await calls.ec2(
    { operation: 'DescribeImageAttribute', region, signal },
    command,
    (body, limits) =>
      readXmlAnswer(body, { root: 'DescribeImageAttributeResponse', has: 'launchPermission' }, () => undefined, limits),
    (client, options) => client.send(command, options),
  );
  const permissions = rest.items('launchPermission');
  return {
    public: permissions.some((permission) => permission.text('group') === 'all'),
    accounts: permissions.flatMap((permission) => permission.text('userId') ?? []),
    organizations: permissions.flatMap((permission) => permission.text('organizationArn') ?? []),
    organizationalUnits: permissions.flatMap((permission) => permission.text('organizationalUnitArn') ?? []),
  };
}
