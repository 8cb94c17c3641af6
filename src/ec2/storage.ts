import type { DescribeSnapshotsCommandInput, DescribeVolumesCommandInput } from '@aws-sdk/client-ec2';
import { AmiError } from '../core/errors.ts';
import type { XmlElement } from './answers/xmlElement.ts';
import type { AwsCalls } from './calls/awsCalls.ts';
import { type Description, describeIds } from './calls/describe.ts';
import type { SnapshotProgress, StorageReader, VolumeFacts } from './port.ts';

const snapshotsDescription: Description<DescribeSnapshotsCommandInput, SnapshotProgress> = {
  operation: 'DescribeSnapshots',
  shape: { root: 'DescribeSnapshotsResponse', has: 'snapshotSet', items: ['snapshotSet', 'item'] },
  question: (sdk, input) => {
    const command = new sdk.DescribeSnapshotsCommand(input);
    return { command, send: (client, options) => client.send(command, options) };
  },
  read: toSnapshotProgress,
  idOf: ({ snapshotId }) => snapshotId,
};

const volumesDescription: Description<DescribeVolumesCommandInput, VolumeFacts> = {
  operation: 'DescribeVolumes',
  shape: { root: 'DescribeVolumesResponse', has: 'volumeSet', items: ['volumeSet', 'item'] },
  question: (sdk, input) => {
    const command = new sdk.DescribeVolumesCommand(input);
    return { command, send: (client, options) => client.send(command, options) };
  },
  read: toVolumeFacts,
  idOf: ({ volumeId }) => volumeId,
};

export function storageReader(calls: AwsCalls): StorageReader {
  return {
    /**
     * By their ids, which EC2 looks up at once. Where one of them is gone the call fails, and a filter is used: of the
     * account's own snapshots, since EC2 would search all public ones otherwise.
     */
    async describeSnapshots(region, ids, signal) {
      const ask = (inputOf: (some: string[]) => DescribeSnapshotsCommandInput) =>
        describeIds(calls, snapshotsDescription, region, ids, inputOf, signal);
      try {
        return await ask((some) => ({ SnapshotIds: some }));
      } catch (error) {
        if (!(error instanceof AmiError) || error.kind !== 'not-found') {
          throw error;
        }
        return ask((some) => ({ OwnerIds: ['self'], Filters: [{ Name: 'snapshot-id', Values: some }] }));
      }
    },

    describeVolumes(region, ids, signal) {
      const inputOf = (some: string[]) => ({ Filters: [{ Name: 'volume-id', Values: some }] });
      return describeIds(calls, volumesDescription, region, ids, inputOf, signal);
    },
  };
}

function toSnapshotProgress(snapshot: XmlElement): SnapshotProgress | undefined {
  const snapshotId = snapshot.text('snapshotId');
  const state = snapshot.text('status') ?? 'pending';
  // `45%`
  const said = Number.parseInt(snapshot.text('progress') ?? '', 10);
  const progress = Number.isNaN(said) || said < 0 ? 0 : Math.min(said, 100);
  return snapshotId ? { snapshotId, state, progress: progress || (state === 'completed' ? 100 : 0) } : undefined;
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
