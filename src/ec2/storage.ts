import type { AwsCalls } from './awsCalls.ts';
import { batches } from './listPages.ts';
import type { SnapshotProgress, VolumeFacts } from './port.ts';
import { readXmlAnswer } from './xmlAnswer.ts';
import type { XmlElement } from './xmlElement.ts';

/** A filter takes at most 200 values. */
const idsPerCall = 150;

export async function describeSnapshots(
  calls: AwsCalls,
  region: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly SnapshotProgress[]> {
  const snapshots: SnapshotProgress[] = [];
  for (const batch of batches(ids, idsPerCall)) {
    const command = new calls.sdk.DescribeSnapshotsCommand({ Filters: [{ Name: 'snapshot-id', Values: [...batch] }] });
    const { items } = await calls.ec2(
      { operation: 'DescribeSnapshots', region, signal },
      command,
      (body, limits) =>
        readXmlAnswer(
          body,
          { root: 'DescribeSnapshotsResponse', has: 'snapshotSet', items: ['snapshotSet', 'item'] },
          toSnapshotProgress,
          limits,
        ),
      (client, options) => client.send(command, options),
    );
    snapshots.push(...items);
  }
  return snapshots;
}

function toSnapshotProgress(snapshot: XmlElement): SnapshotProgress | undefined {
  const snapshotId = snapshot.text('snapshotId');
  const state = snapshot.text('status') ?? 'pending';
  // `45%`
  const said = Number.parseInt(snapshot.text('progress') ?? '', 10);
  const progress = Number.isNaN(said) || said < 0 ? 0 : Math.min(said, 100);
  return snapshotId ? { snapshotId, state, progress: progress || (state === 'completed' ? 100 : 0) } : undefined;
}

export async function describeVolumes(
  calls: AwsCalls,
  region: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly VolumeFacts[]> {
  const volumes: VolumeFacts[] = [];
  for (const batch of batches(ids, idsPerCall)) {
    const command = new calls.sdk.DescribeVolumesCommand({ Filters: [{ Name: 'volume-id', Values: [...batch] }] });
    const { items } = await calls.ec2(
      { operation: 'DescribeVolumes', region, signal },
      command,
      (body, limits) =>
        readXmlAnswer(
          body,
          { root: 'DescribeVolumesResponse', has: 'volumeSet', items: ['volumeSet', 'item'] },
          toVolumeFacts,
          limits,
        ),
      (client, options) => client.send(command, options),
    );
    volumes.push(...items);
  }
  return volumes;
}

function toVolumeFacts(volume: XmlElement): VolumeFacts | undefined {
  const volumeId = volume.text('volumeId');
  return volumeId
    ? {
        volumeId,
        size: volume.number('size'),
        type: volume.text('volumeType'),
        encrypted: volume.boolean('encrypted') ?? false,
      }
    : undefined;
}
