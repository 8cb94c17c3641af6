import { type CreateImageRequest, madeBy, type SoughtImage } from '../core/createImage.ts';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import { isResourceId } from '../core/imageId.ts';
import type { SendingWatch, Trace } from '../core/lostAnswers.ts';
import type { DryRunAnswer } from './actionPort.ts';
import { readXmlAnswer } from './answers/xmlAnswer.ts';
import type { AwsCalls, ReadBody } from './calls/awsCalls.ts';
import { onceOnly, type Pause, unlessThrottled } from './calls/onceOnly.ts';
import { toCreateImageInput } from './createImage.ts';
import { imageReader } from './images.ts';
import type { ImageQuery } from './port.ts';

const operation = 'CreateImage';

/** Whether an endpoint takes a dry run for one. AWS does; others may know nothing of it and carry the request out. */
export interface DryRuns {
  standing: 'kept' | 'unproven' | 'ignored';
  /** The dry run under way by which that shows. */
  trial: Promise<unknown> | undefined;
}

/** How long (ms) other regions wait for it: theirs may answer although that one does not. */
const trialWait = 5_000;

export interface ImageActionParts {
  readonly calls: AwsCalls;
  readonly pause: Pause;
  readonly dryRuns: DryRuns;
}

export async function dryRunCreateImage(
  parts: ImageActionParts,
  request: CreateImageRequest,
  signal: AbortSignal,
  watch?: SendingWatch<SoughtImage>,
): Promise<DryRunAnswer> {
  const { dryRuns, pause } = parts;
  if (dryRuns.standing === 'unproven' && dryRuns.trial) {
    await Promise.race([dryRuns.trial, pause(trialWait, signal)]);
  }
  const attempt = attemptDryRun(parts, request, signal, watch);
  if (dryRuns.standing === 'unproven' && !dryRuns.trial) {
    dryRuns.trial = attempt
      .catch(() => undefined)
      .finally(() => {
        dryRuns.trial = undefined;
      });
  }
  return attempt;
}

async function attemptDryRun(
  { calls, pause, dryRuns }: ImageActionParts,
  request: CreateImageRequest,
  signal: AbortSignal,
  watch?: SendingWatch<SoughtImage>,
): Promise<DryRunAnswer> {
  if (dryRuns.standing === 'ignored') {
    return { kind: 'untried' };
  }
  const send = async () => {
    try {
      const id = await sendOnce(calls, request, signal, true);
      dryRuns.standing = 'ignored';
      return id;
    } catch (error) {
      // "The request would have succeeded" comes as an exception.
      if (error instanceof AmiError && error.code === 'DryRunOperation') {
        dryRuns.standing = 'kept';
        return undefined;
      }
      throw error;
    }
  };
  if (dryRuns.standing === 'kept') {
    return answered(await unlessThrottled({ send, pause }, signal));
  }
  const answer = answered(await onceOnly(signal, { ...oneImage(calls, request), pause, send, watch }));
  if (answer.kind === 'done') {
    // Also where the answer was lost and the image found.
    dryRuns.standing = 'ignored';
  }
  return answer;
}

function answered(id: string | undefined): DryRunAnswer {
  return id === undefined ? { kind: 'passed' } : { kind: 'done', id };
}

export async function createImage(
  { calls, pause }: ImageActionParts,
  request: CreateImageRequest,
  signal: AbortSignal,
  watch?: SendingWatch<SoughtImage>,
): Promise<string> {
  const send = () => sendOnce(calls, request, signal, false);
  return onceOnly(signal, { ...oneImage(calls, request), pause, send, watch });
}

/** What the image of a request is told by. Names are unique at EC2, but not at every endpoint. */
function oneImage(calls: AwsCalls, request: CreateImageRequest) {
  const { region, instanceId, name } = request;
  return {
    find: (signal: AbortSignal) => imagesNamed(calls, request, signal),
    sought: (trace: Trace): SoughtImage => ({ region, instanceId, name, ...trace }),
    madeBy,
    isTaken: ({ kind }: AmiError) => kind === 'name-taken',
  };
}

export async function findCreated(
  calls: AwsCalls,
  sought: SoughtImage,
  signal: AbortSignal,
): Promise<Image | undefined> {
  return madeBy(sought, await imagesNamed(calls, sought, signal));
}

/** The SDK's own retries cannot tell an image that a lost first attempt made from a name in use. */
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
    throw new AmiError('The answer names no image.', { kind: 'bad-answer', operation, region: request.region });
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

/** In the values of filters `*` and `?` are wildcards and `\` escapes them. */
function escapeFilterValue(value: string): string {
  return value.replace(/[\\*?]/g, '\\$&');
}
