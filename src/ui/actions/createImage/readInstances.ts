import type { ImagedInstance } from '../../../actions/createImage.ts';
import type { Instance } from '../../../core/instance.ts';
import type { InstanceReader, StorageReader, VolumeFacts } from '../../../ec2/port.ts';

/** How long (ms) the first step waits for the sizes of the volumes, which it can do without. */
const sizesWait = 4_000;

/** Instances of a region as they are now, with the sizes of their volumes. Rejects with AmiError. */
export async function readInstances(
  ec2: Pick<InstanceReader & StorageReader, 'describeInstances' | 'describeVolumes'>,
  region: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly ImagedInstance[]> {
  const instances = await ec2.describeInstances(region, ids, signal);
  const volumeFacts = new Map(
    (await volumesOf(ec2, region, instances, signal)).map((facts) => [facts.volumeId, facts]),
  );
  return instances.map((instance) => ({ ...instance, volumeFacts }));
}

async function volumesOf(
  ec2: Pick<StorageReader, 'describeVolumes'>,
  region: string,
  instances: readonly Instance[],
  signal: AbortSignal,
): Promise<readonly VolumeFacts[]> {
  const ids = instances.flatMap((instance) => instance.volumes.map((volume) => volume.volumeId));
  try {
    return await ec2.describeVolumes(region, ids, AbortSignal.any([signal, AbortSignal.timeout(sizesWait)]));
  } catch {
    // Not allowed, or not known to the endpoint: the volumes are shown without sizes.
    return [];
  }
}
