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
  readonly findByName: (signal: AbortSignal) => Promise<readonly Image[]>;
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

/** How long (ms) one look may take: who is asked whether there is an image is mostly there in no time, or not there. */
const lookTime = 10_000;

/** Waits (ms) after EC2 said that it is too busy, which it says before it does anything. */
const throttleDelays = [1_000, 3_000, 8_000];

/** The same where something may have been made all the same: as long as an image may be invisible, and looked for each time. */
const carefulDelays = [1_000, 3_000, 8_000];
const carefulRounds = 2;

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
  const earlierImage = earlier && madeBy(earlier, await steps.findByName(signal));
  if (earlierImage) {
    return earlierImage.id;
  }
  const before = earlier ? earlier.before : (await look(signal, steps))?.map((image) => image.id);
  const sought: SoughtImage = { region, instanceId, name, since: earlier?.since ?? Date.now(), before };
  steps.watch?.onSending(sought);
  try {
    return await sendUnlessThrottled(sought, signal, steps);
  } catch (error) {
    if (!(error instanceof AmiError)) {
      throw error;
    }
    // A name that is in use since a moment ago, or since an answer was lost, is that of the very image.
    const taken = error.kind === 'name-taken' && before !== undefined;
    if (!taken && !mayHaveBeenMade(error)) {
      throw error;
    }
    const { id } = await lookFor(sought, taken && !earlier ? [0] : lookUpDelays, signal, steps);
    if (id) {
      return id;
    }
    throw error;
  }
}

/** Sends what makes nothing, and again while EC2 says that it is too busy. */
export async function unlessThrottled<T>(
  { send, pause }: { readonly send: () => Promise<T>; readonly pause: Pause },
  signal: AbortSignal,
): Promise<T> {
  for (const delay of throttleDelays) {
    try {
      return await send();
    } catch (error) {
      if (!isThrottled(error)) {
        throw error;
      }
      await pause(delay, signal);
    }
  }
  return send();
}

/** Sends, and again while EC2 says that it is too busy, but only where no image shows for long: an endpoint may have made one. */
async function sendUnlessThrottled<T extends string | undefined>(
  sought: SoughtImage,
  signal: AbortSignal,
  steps: CreateImageSteps<T>,
): Promise<T | string> {
  for (let round = 0; ; round += 1) {
    try {
      return await steps.send();
    } catch (error) {
      if (!isThrottled(error) || round === carefulRounds) {
        throw error;
      }
      const { id, said } = await lookFor(sought, carefulDelays, signal, steps);
      if (id) {
        return id;
      }
      if (!said) {
        throw error;
      }
    }
  }
}

function isThrottled(error: unknown): boolean {
  return error instanceof AmiError && error.kind === 'throttled';
}

type Looks = Pick<CreateImageSteps<string | undefined>, 'findByName' | 'pause'>;

/** The id of the image, where it shows, and whether EC2 has said in the end what there is. */
async function lookFor(
  sought: SoughtImage,
  delays: readonly number[],
  signal: AbortSignal,
  steps: Looks,
): Promise<{ readonly id?: string; readonly said: boolean }> {
  let said = false;
  for (const delay of delays) {
    if (delay > 0) {
      await steps.pause(delay, signal);
    }
    const images = await look(signal, steps);
    const made = images && madeBy(sought, images);
    if (made) {
      return { id: made.id, said: true };
    }
    said = images !== undefined;
  }
  return { said };
}

/** The images that bear the name; undefined where EC2 does not say. */
async function look(signal: AbortSignal, { findByName }: Looks): Promise<readonly Image[] | undefined> {
  const late = AbortSignal.timeout(lookTime);
  try {
    return await findByName(AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted || (isCancelled(error) && !late.aborted)) {
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
