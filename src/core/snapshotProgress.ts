import type { Image } from './image.ts';

/**
 * Percent of an image's snapshots, weighted by volume size where all sizes are known; undefined without any progress. A
 * snapshot that has not appeared yet counts as 0, and 100 is left to the image's own state.
 */
export function snapshotProgress(
  image: Image,
  snapshots: ReadonlyMap<string, { readonly progress: number }>,
): number | undefined {
  const devices = image.blockDevices.flatMap((device) => (device.kind === 'ebs' ? [device] : []));
  if (!devices.some((device) => device.snapshotId && snapshots.has(device.snapshotId))) {
    return undefined;
  }
  const sized = devices.every((device) => (device.volumeSize ?? 0) > 0);
  let done = 0;
  let total = 0;
  for (const device of devices) {
    const weight = sized ? (device.volumeSize ?? 0) : 1;
    const { progress } = snapshots.get(device.snapshotId ?? '') ?? { progress: 0 };
    done += weight * Math.min(100, Math.max(0, progress));
    total += weight;
  }
  return Math.min(99, Math.floor(done / total));
}
