import type { CreateImageCommandInput } from '@aws-sdk/client-ec2';
import { type CreateImageRequest, madeBy, mayHaveBeenMade, type SoughtImage } from '../core/createImage.ts';
import { AmiError, isCancelled } from '../core/errors.ts';
import type { Image } from '../core/image.ts';
import type { CreationWatch } from './port.ts';

export function toCreateImageInput(request: CreateImageRequest): CreateImageCommandInput {
  const mappings = request.deviceChanges.map((change) =>
    change.change === 'leave-out'
      ? { DeviceName: change.deviceName, NoDevice: '' }
      : { DeviceName: change.deviceName, Ebs: { DeleteOnTermination: change.value } },
  );
  const tagSpecification = (ResourceType: 'image' | 'snapshot', tags: CreateImageRequest['imageTags']) =>
    tags.length === 0 ? [] : [{ ResourceType, Tags: tags.map((tag) => ({ Key: tag.key, Value: tag.value })) }];
  const tagSpecifications = [
    ...tagSpecification('image', request.imageTags),
    ...tagSpecification('snapshot', request.snapshotTags),
  ];
  return {
    InstanceId: request.instanceId,
    Name: request.name,
    NoReboot: !request.reboot,
    ...(request.description ? { Description: request.description } : {}),
    ...(mappings.length > 0 ? { BlockDeviceMappings: mappings } : {}),
    ...(tagSpecifications.length > 0 ? { TagSpecifications: tagSpecifications } : {}),
  };
}

/** `T`: the id of the image, or undefined where a dry run may be all that it is. */
export interface CreateImageSteps<T extends string | undefined> {
  /** Sends the request once. */
  readonly send: () => Promise<T>;
  /** The owned images of the request's name: one at most, but for EC2-compatible endpoints that allow more. */
  readonly findByName: () => Promise<readonly Image[]>;
  /** Resolves after that many ms; rejects with AmiError `cancelled` when the signal is aborted. */
  readonly pause: Pause;
  readonly watch?: CreationWatch | undefined;
}

export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Waits (ms) before the looks for an image whose answer was lost. EC2 is eventually consistent, and endpoints are known that
 * list an image some ten seconds after they have made it.
 */
const lookUpDelays = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Waits (ms) after EC2 said that it is too busy, which it says before it does anything. */
const throttleDelays = [1_000, 3_000, 8_000];

/**
 * Sends a request that makes an image at most once, and finds out what became of it when the answer is lost: the image is
 * looked for by all that tells it from others. Where it does not show, nobody knows, and nothing is sent again: names are
 * unique at EC2, but not at every endpoint.
 *
 * @throws AmiError of what went wrong; of a kind that `mayHaveBeenMade` names when nobody can tell what became of it
 */
export async function createImageOnce<T extends string | undefined>(
  request: CreateImageRequest,
  signal: AbortSignal,
  steps: CreateImageSteps<T>,
): Promise<T | string> {
  const { region, instanceId, name } = request;
  const { earlier } = steps.watch ?? {};
  // Where EC2 does not say whether an earlier request made the image, nothing is sent.
  const earlierImage = earlier && madeBy(earlier, await steps.findByName());
  if (earlierImage) {
    return earlierImage.id;
  }
  const before = earlier ? earlier.before : await namesakes(signal, steps);
  const sought: SoughtImage = { region, instanceId, name, since: earlier?.since ?? Date.now(), before };
  steps.watch?.onSending(sought);
  try {
    return await unlessThrottled(steps, signal, () => lookOnce(sought, signal, steps));
  } catch (error) {
    if (!(error instanceof AmiError)) {
      throw error;
    }
    // A name that is in use since a moment ago, or since an answer was lost, is that of the very image.
    const taken = error.kind === 'name-taken' && before !== undefined;
    if (!taken && !mayHaveBeenMade(error)) {
      throw error;
    }
    const made = await lookFor(sought, taken && !earlier ? [0] : lookUpDelays, signal, steps);
    if (made) {
      return made;
    }
    throw error;
  }
}

/**
 * Sends, and again while EC2 says that it is too busy. `lookBefore` is asked before each further request: an endpoint may
 * say so although it has done something.
 */
export async function unlessThrottled<T extends string | undefined>(
  { send, pause }: Pick<CreateImageSteps<T>, 'send' | 'pause'>,
  signal: AbortSignal,
  lookBefore: () => Promise<string | undefined>,
): Promise<T | string> {
  for (let throttled = 0; ; throttled += 1) {
    try {
      return await send();
    } catch (error) {
      const delay = error instanceof AmiError && error.kind === 'throttled' ? throttleDelays[throttled] : undefined;
      if (delay === undefined) {
        throw error;
      }
      await pause(delay, signal);
      const made = await lookBefore();
      if (made) {
        return made;
      }
    }
  }
}

type Looks = Pick<CreateImageSteps<string | undefined>, 'findByName' | 'pause'>;

/** Ids of the images that bear the name; undefined where EC2 does not say. */
async function namesakes(signal: AbortSignal, steps: Looks): Promise<readonly string[] | undefined> {
  try {
    return (await steps.findByName()).map((image) => image.id);
  } catch (error) {
    if (signal.aborted || isCancelled(error)) {
      throw error;
    }
    return undefined;
  }
}

async function lookFor(
  sought: SoughtImage,
  delays: readonly number[],
  signal: AbortSignal,
  steps: Looks,
): Promise<string | undefined> {
  for (const delay of delays) {
    if (delay > 0) {
      await steps.pause(delay, signal);
    }
    const made = await lookOnce(sought, signal, steps);
    if (made) {
      return made;
    }
  }
  return undefined;
}

/** Undefined where the image is not there, and where EC2 does not say. */
async function lookOnce(sought: SoughtImage, signal: AbortSignal, steps: Looks): Promise<string | undefined> {
  try {
    return madeBy(sought, await steps.findByName())?.id;
  } catch (error) {
    if (signal.aborted || isCancelled(error)) {
      throw error;
    }
    return undefined;
  }
}

/** Waits on the clock. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(new AmiError('Cancelled.', { kind: 'cancelled', operation: 'CreateImage' }));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cancel);
      resolve();
    }, ms);
    if (signal.aborted) {
      cancel();
    } else {
      signal.addEventListener('abort', cancel, { once: true });
    }
  });
}
