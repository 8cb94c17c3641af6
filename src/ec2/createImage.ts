import { type CreateImageRequest, madeBy, type SoughtImage } from '../core/createImage.ts';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';
import type { Trace } from '../core/lostAnswers.ts';
import type { ImageCreation } from './actionPort.ts';
import { readXmlAnswer } from './answers/xmlAnswer.ts';
import type { AwsCalls, ReadBody } from './calls/awsCalls.ts';
import type { DryRunSteps, DryRuns } from './calls/dryRuns.ts';
import { onceOnly, type Pause } from './calls/onceOnly.ts';
import { toCreateImageInput } from './createImageInput.ts';
import { imageReader } from './images.ts';
import type { CreatedImageReader, ImageQuery } from './port.ts';

const operation = 'CreateImage';

export interface ImageCreationParts {
  readonly calls: AwsCalls;
  readonly pause: Pause;
  readonly dryRuns: DryRuns;
}

export function imageCreation({ calls, pause, dryRuns }: ImageCreationParts): ImageCreation {
  return {
    dryRunCreateImage(request, signal, watch) {
      const steps: DryRunSteps = {
        send: () => sendOnce(calls, request, signal, true),
        unproven: (send) => onceOnly(signal, { ...oneImage(calls, request), pause, send, watch }),
      };
      return dryRuns.run(steps, signal);
    },

    createImage(request, signal, watch) {
      const send = () => sendOnce(calls, request, signal, false);
      return onceOnly(signal, { ...oneImage(calls, request), pause, send, watch });
    },
  };
}

export function createdImageReader(calls: AwsCalls): CreatedImageReader {
  return {
    findCreated: async (sought, signal) => madeBy(sought, await imagesNamed(calls, sought, signal)),
  };
}

/** How the image of a request is found. Names are unique at EC2, but not at every endpoint. */
function oneImage(calls: AwsCalls, request: CreateImageRequest) {
  const { region, instanceId, name } = request;
  return {
    find: (signal: AbortSignal) => imagesNamed(calls, request, signal),
    sought: (trace: Trace): SoughtImage => ({ region, instanceId, name, ...trace }),
    madeBy,
    isTaken: ({ kind }: AmiError) => kind === 'name-taken',
  };
}

/** Without the SDK's retries: after a lost answer they would take the image that was made for a name in use. */
async function sendOnce(
  calls: AwsCalls,
  request: CreateImageRequest,
  signal: AbortSignal,
  dryRun: boolean,
): Promise<string> {
  const call = { operation, region: request.region, signal };
  const input = toCreateImageInput(request);
  const command = new calls.sdk.CreateImageCommand(dryRun ? { ...input, DryRun: true } : input);
  const id = await calls.ec2Once(call, command, readImageId, (client, options) => client.send(command, options));
  if (!id || !isResourceId(id)) {
    throw new AmiError(
      { kind: 'answer-without', what: 'ImageId' },
      { kind: 'bad-answer', operation, region: request.region },
    );
  }
  return id;
}

async function imagesNamed(
  calls: AwsCalls,
  { region, name }: Pick<CreateImageRequest, 'region' | 'name'>,
  signal: AbortSignal,
): Promise<readonly Image[]> {
  const query: ImageQuery = {
    owners: ['self'],
    filters: [{ name: 'name', values: [escapeFilterValue(name)] }],
    includeDeprecated: true,
    includeDisabled: true,
  };
  const images: Image[] = [];
  for await (const page of imageReader(calls).listImages(region, query, signal)) {
    images.push(...page.filter((image) => image.name === name));
  }
  return images;
}

const readImageId: ReadBody<string | undefined> = async (body, limits) => {
  const shape = { root: 'CreateImageResponse', has: 'imageId' };
  const { rest } = await readXmlAnswer(body, shape, () => undefined, limits);
  return rest.text('imageId');
};

/** In filter values `*` and `?` are wildcards, and `\` escapes them. */
function escapeFilterValue(value: string): string {
  return value.replace(/[\\*?]/g, '\\$&');
}
