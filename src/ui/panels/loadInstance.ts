import { type Unfitness, unfitnessOf, volumePlans } from '../../core/createImageChoices.ts';
import { type AmiError, isCancelled } from '../../core/errors.ts';
import type { ImageRef } from '../../core/imageRef.ts';
import type { Instance } from '../../core/instance.ts';
import type { Connection, VolumeFacts } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import { instanceConsolePage } from '../../images/consolePages.ts';
import type { InstanceDetailsModel } from '../../protocol/instance.ts';

/** The timeout (ms) of what is asked beside the instance: its volumes, and the name of its image. */
const besideTimeout = 10_000;

export interface LoadInstanceDeps {
  readonly images: Pick<ConnectionImages, 'of'>;
  /** The open connection; rejects with the error that prevents it. */
  connection(): Promise<Connection>;
  stateText(state: string): string;
  unfitText(unfitness: Unfitness): string;
  notFound(ref: ImageRef): AmiError;
}

/**
 * Asks EC2 for an instance, then for its volumes and its image. Rejects with AmiError.
 *
 * @param arrived called with the instance as soon as it is there
 */
export async function loadInstance(
  deps: LoadInstanceDeps,
  { region, id }: ImageRef,
  signal: AbortSignal,
  arrived: (model: InstanceDetailsModel) => void,
): Promise<InstanceDetailsModel> {
  const connection = await deps.connection();
  const [instance] = await connection.ec2.describeInstances(region, [id], signal);
  if (!instance) {
    throw deps.notFound({ region, id });
  }
  const unfitness = unfitnessOf(instance);
  const model: InstanceDetailsModel = {
    instance,
    stateText: deps.stateText(instance.state),
    asOf: Date.now(),
    volumes: volumesOf(instance, []),
    imageName: undefined,
    unfit: unfitness && deps.unfitText(unfitness),
    consoleAvailable: instanceConsolePage(connection, instance) !== undefined,
  };
  arrived(model);
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(besideTimeout)]);
  const [facts, imageName] = await Promise.all([
    // Not allowed, not known to the endpoint, or late: the instance is shown without it.
    unlessFailed(signal, volumeFacts(connection, instance, inTime), []),
    unlessFailed(signal, nameOfImage(deps, connection, instance, inTime), undefined),
  ]);
  return { ...model, volumes: volumesOf(instance, facts), imageName };
}

async function unlessFailed<T, Otherwise>(
  signal: AbortSignal,
  answer: Promise<T>,
  otherwise: Otherwise,
): Promise<T | Otherwise> {
  try {
    return await answer;
  } catch (error) {
    if (signal.aborted && isCancelled(error)) throw error;
    return otherwise;
  }
}

async function volumeFacts(
  { ec2 }: Connection,
  { region, volumes }: Instance,
  signal: AbortSignal,
): Promise<readonly VolumeFacts[]> {
  const ids = volumes.map(({ volumeId }) => volumeId);
  return ids.length === 0 ? [] : ec2.describeVolumes(region, ids, signal);
}

async function nameOfImage(
  { images }: LoadInstanceDeps,
  connection: Connection,
  { region, imageId }: Instance,
  signal: AbortSignal,
): Promise<string> {
  return (imageId && (await images.of(connection).get({ region, id: imageId }, signal))?.name) || '';
}

function volumesOf(instance: Instance, facts: readonly VolumeFacts[]): InstanceDetailsModel['volumes'] {
  return volumePlans(instance).map(({ deviceName, volumeId, deleteOnTermination, root }) => {
    const known = facts.find((one) => one.volumeId === volumeId);
    return {
      deviceName,
      volumeId,
      deleteOnTermination,
      root,
      size: known?.size,
      type: known?.type,
      encrypted: known?.encrypted,
    };
  });
}
