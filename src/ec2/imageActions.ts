import type { CreateImageRequest } from '../core/createImage.ts';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import type { AwsCalls, ReadBody } from './awsCalls.ts';
import { createImageOnce, type Pause, toCreateImageInput } from './createImage.ts';
import { listImages } from './images.ts';
import type { ImageQuery } from './port.ts';
import { readXmlAnswer } from './xmlAnswer.ts';

const operation = 'CreateImage';

export async function dryRunCreateImage(
  calls: AwsCalls,
  request: CreateImageRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  const command = new calls.sdk.CreateImageCommand({ ...toCreateImageInput(request), DryRun: true });
  try {
    return await calls.ec2({ operation, region: request.region, signal }, command, readImageId, (client, options) =>
      client.send(command, options),
    );
  } catch (error) {
    // "The request would have succeeded" comes as an exception.
    if (error instanceof AmiError && error.code === 'DryRunOperation') {
      return undefined;
    }
    throw error;
  }
}

export async function createImage(
  calls: AwsCalls,
  request: CreateImageRequest,
  signal: AbortSignal,
  pause: Pause,
): Promise<string> {
  const call = { operation, region: request.region, signal };
  return createImageOnce(request, signal, {
    pause,
    send: async () => {
      const command = new calls.sdk.CreateImageCommand(toCreateImageInput(request));
      // The SDK's own retries cannot tell an image that a lost first attempt made from a name in use.
      const id = await calls.ec2Once(call, command, readImageId, (client, options) => client.send(command, options));
      if (!id) {
        throw new AmiError('The answer names no image.', { kind: 'bad-answer', operation, region: request.region });
      }
      return id;
    },
    findByName: async () => {
      const query: ImageQuery = {
        owners: ['self'],
        filters: [{ name: 'name', values: [escapeFilterValue(request.name)] }],
        includeDeprecated: true,
        includeDisabled: true,
      };
      const images: Image[] = [];
      for await (const page of listImages(calls, request.region, query, signal)) {
        images.push(...page.filter((image) => image.name === request.name));
      }
      return images;
    },
  });
}

const readImageId: ReadBody<string | undefined> = async (body, limits) => {
  const shape = { root: 'CreateImageResponse', has: 'imageId' };
  const { rest } = await readXmlAnswer(body, shape, () => undefined, limits);
  return rest.text('imageId');
};

/** In the values of filters `*` and `?` are wildcards and `\` escapes them. */
function escapeFilterValue(value: string): string {
  return value.replace(/[\\*?]/g, '\\$&');
}
