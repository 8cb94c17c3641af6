import type { DescribeImagesCommandInput } from '@aws-sdk/client-ec2';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';
import { toImage } from './answers/toImage.ts';
import { readXmlAnswer } from './answers/xmlAnswer.ts';
import type { AwsCalls } from './calls/awsCalls.ts';
import { type Description, describeIds, describePages } from './calls/describe.ts';
import type { ImageReader } from './port.ts';

/** Images a page, some 800 kB: the first ones are soon seen, even on a slow line. */
const pageSize = 500;

const imagesDescription: Description<DescribeImagesCommandInput, Image> = {
  operation: 'DescribeImages',
  shape: { root: 'DescribeImagesResponse', has: 'imagesSet', items: ['imagesSet', 'item'] },
  question: (sdk, input) => {
    const command = new sdk.DescribeImagesCommand(input);
    return { command, send: (client, options) => client.send(command, options) };
  },
  read: toImage,
  idOf: ({ id }) => id,
};

export function imageReader(calls: AwsCalls): ImageReader {
  return {
    listImages(region, query, signal) {
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
      return describePages(calls, imagesDescription, region, input, signal);
    },

    /**
     * By the filter `image-id`, since one id that is gone fails a call by `ImageIds`. One id alone is asked for by
     * `ImageIds`, which every endpoint understands.
     */
    async describeImages(region, ids, signal) {
      const valid = ids.filter(isResourceId);
      const inputOf = (some: string[]): DescribeImagesCommandInput => ({
        ...(valid.length === 1 ? { ImageIds: some } : { Filters: [{ Name: 'image-id', Values: some }] }),
        IncludeDeprecated: true,
        IncludeDisabled: true,
      });
      try {
        return await describeIds(calls, imagesDescription, region, valid, inputOf, signal);
      } catch (error) {
        if (error instanceof AmiError && error.kind === 'not-found') {
          return [];
        }
        throw error;
      }
    },

    async describeLaunchPermissions(region, id, signal) {
      const command = new calls.sdk.DescribeImageAttributeCommand({ ImageId: id, Attribute: 'launchPermission' });
      const shape = { root: 'DescribeImageAttributeResponse', has: 'launchPermission' };
      const { rest } = await calls.ec2(
        { operation: 'DescribeImageAttribute', region, signal },
        command,
        (body, limits) => readXmlAnswer(body, shape, () => undefined, limits),
        (client, options) => client.send(command, options),
      );
      const permissions = rest.items('launchPermission');
      return {
        public: permissions.some((permission) => permission.text('group') === 'all'),
        accounts: permissions.flatMap((permission) => permission.text('userId') ?? []),
        organizations: permissions.flatMap((permission) => permission.text('organizationArn') ?? []),
        organizationalUnits: permissions.flatMap((permission) => permission.text('organizationalUnitArn') ?? []),
      };
    },
  };
}
