import type { CreateImageCommandInput } from '@aws-sdk/client-ec2';
import { type CreateImageRequest, mayHaveBeenMade } from '../core/createImage.ts';
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
  /** The owned images of the request's name: one at most, but for EC2-compatible endpoints that allow more. */
  readonly findByName: () => Promise<readonly Image[]>;
  /** Resolves after that many ms; rejects with AmiError `cancelled` when the signal is aborted. */
  readonly pause: Pause;
}

export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Waits (ms) before the looks for an image whose answer was lost: EC2 is eventually consistent. */
const lookUpDelays = [0, 500, 1_500, 3_000];

/** Waits (ms) once EC2 has said that the name is in use now: the image is there and only has to become visible. */
const patientDelays = [...lookUpDelays, 5_000, 10_000];

/** Waits (ms) after EC2 said that it is too busy, which it says before it does anything. */
const throttleDelays = [1_000, 3_000, 8_000];

/**
 * CreateImage has no client token, but names are unique in an account and region: what became of a request whose
 * answer was lost shows when the image is looked up by its name. A name that was in use before the request went out
 * tells nothing, so it is looked up first.
 *
 * @throws AmiError of what went wrong; of a kind that `mayHaveBeenMade` names when nobody can tell what became of it
 */
export async function createImageOnce(
  request: CreateImageRequest,
  signal: AbortSignal,
  steps: CreateImageSteps,
): Promise<string> {
  const before = await namesakes(signal, steps);
  let answerLost = false;
  for (let throttled = 0; ; ) {
    try {
      return await steps.send();
    } catch (error) {
      if (!(error instanceof AmiError)) {
        throw error;
      }
      const delay = error.kind === 'throttled' ? throttleDelays[throttled] : undefined;
      if (delay !== undefined) {
        throttled += 1;
        await steps.pause(delay, signal);
        continue;
      }
      if (!before || !(answerLost || mayHaveBeenMade(error))) {
        throw error;
      }
      const delays = error.kind === 'name-taken' ? patientDelays : lookUpDelays;
      const look = await lookFor(request, before, delays, signal, steps);
      if (look.made) {
        return look.made;
      }
      // Sent once more, and only when it surely is not there. Had EC2 only been slow to show it, the name's uniqueness
      // prevents a second one.
      if (answerLost || !look.answered) {
        throw error;
      }
      answerLost = true;
    }
  }
}

/** Ids of the images that bear the name; undefined where EC2 does not say. */
async function namesakes(signal: AbortSignal, steps: CreateImageSteps): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await steps.findByName()).map((image) => image.id));
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return undefined;
  }
}

interface Look {
  readonly made: string | undefined;
  /** Whether EC2 said at least once which images of the name there are. */
  readonly answered: boolean;
}

async function lookFor(
  request: CreateImageRequest,
  before: ReadonlySet<string>,
  delays: readonly number[],
  signal: AbortSignal,
  steps: CreateImageSteps,
): Promise<Look> {
  let answered = false;
  for (const delay of delays) {
    await steps.pause(delay, signal);
    try {
      const found = (await steps.findByName()).filter((image) => !before.has(image.id));
      answered = true;
      // An image of that name made of another instance is somebody else's. Endpoints that do not say of which instance
      // an image was made are taken at their word: it was not there before the request.
      const made = found.find((image) => (image.sourceInstanceId ?? request.instanceId) === request.instanceId);
      if (made || found.length > 0) {
        return { made: made?.id, answered };
      }
    } catch (error) {
      if (signal.aborted) {
        throw error;
      }
    }
  }
  return { made: undefined, answered };
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
