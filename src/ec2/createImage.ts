import type { CreateImageCommandInput } from '@aws-sdk/client-ec2';
import type { CreateImageRequest } from '../core/createImage.ts';
import { AmiError } from '../core/errors.ts';
import type { Image } from '../core/image.ts';

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

export interface CreateImageSteps {
  /** Sends the request once and gives the id of the image. */
  readonly send: () => Promise<string>;
  /** The owned image of the request's name, if there is one. */
  readonly findByName: () => Promise<Image | undefined>;
}

/** Waits (ms) between the looks for an image whose answer was lost: EC2 is eventually consistent. */
const lookUpDelays = [500, 1_500, 3_000];

/** Waits (ms) after EC2 said that it is too busy, which it says before it does anything. */
const throttleDelays = [1_000, 3_000, 8_000];

/**
 * CreateImage has no client token, but names are unique in an account and region: what became of a request whose
 * answer was lost shows when the image is looked up by its name.
 */
export async function createImageOnce(
  request: CreateImageRequest,
  signal: AbortSignal,
  steps: CreateImageSteps,
): Promise<string> {
  let answerLost = false;
  for (let throttled = 0; ; ) {
    try {
      return await steps.send();
    } catch (error) {
      if (!(error instanceof AmiError)) {
        throw error;
      }
      if (error.kind === 'throttled' && throttled < throttleDelays.length) {
        await pause(throttleDelays[throttled] ?? 0, signal);
        throttled += 1;
      } else if (answerLost && error.kind === 'name-taken') {
        const made = await findMade(request, signal, steps);
        if (made) {
          return made;
        }
        throw error;
      } else if (mayHaveBeenDone(error) && !answerLost) {
        answerLost = true;
        const made = await findMade(request, signal, steps);
        if (made) {
          return made;
        }
        // Not there: sent once more. Had EC2 only been slow to show it, the name's uniqueness prevents a second one.
      } else {
        throw error;
      }
    }
  }
}

/** Whether EC2 may have acted although no usable answer came. */
function mayHaveBeenDone(error: AmiError): boolean {
  const neverSent = error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN';
  const doubtful =
    error.kind === 'network' || error.kind === 'timeout' || error.kind === 'unavailable' || error.kind === 'bad-answer';
  return doubtful && !neverSent;
}

async function findMade(
  request: CreateImageRequest,
  signal: AbortSignal,
  steps: CreateImageSteps,
): Promise<string | undefined> {
  for (const delay of [0, ...lookUpDelays]) {
    await pause(delay, signal);
    const found = await steps.findByName().catch((error: unknown) => {
      if (signal.aborted) {
        throw error;
      }
      return undefined;
    });
    if (found) {
      // An image of that name made of another instance is somebody else's.
      return found.sourceInstanceId === undefined || found.sourceInstanceId === request.instanceId
        ? found.id
        : undefined;
    }
  }
  return undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
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
