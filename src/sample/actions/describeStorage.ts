import type { SampleSnapshot, SampleVolume } from '../model.ts';
import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import { type FilterField, filterOf } from '../wire/filters.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type ActionContext, isResourceId, stopDryRun } from './context.ts';
import { tagSet } from './imageXml.ts';

const PAGE_LIMITS = { min: 5, max: 1000 };

const SNAPSHOT_FILTERS: Readonly<Record<string, FilterField<SampleSnapshot>>> = {
  description: (snapshot) => [snapshot.description],
  encrypted: (snapshot) => [snapshot.encrypted],
  'owner-id': (snapshot) => [snapshot.ownerId],
  progress: (snapshot) => [`${snapshot.progress}%`],
  'snapshot-id': (snapshot) => [snapshot.id],
  'start-time': (snapshot) => [snapshot.startTime],
  status: (snapshot) => [snapshot.state],
  'storage-tier': () => ['standard'],
  'volume-id': (snapshot) => [snapshot.volumeId],
  'volume-size': (snapshot) => [snapshot.size],
};

const VOLUME_FILTERS: Readonly<Record<string, FilterField<SampleVolume>>> = {
  'attachment.delete-on-termination': (volume) => [volume.deleteOnTermination],
  'attachment.device': (volume) => [volume.deviceName],
  'attachment.instance-id': (volume) => [volume.instanceId],
  'attachment.status': () => ['attached'],
  'availability-zone': (volume) => [volume.availabilityZone],
  'create-time': (volume) => [volume.createTime],
  encrypted: (volume) => [volume.encrypted],
  size: (volume) => [volume.size],
  status: () => ['in-use'],
  'volume-id': (volume) => [volume.id],
  'volume-type': (volume) => [volume.type],
};

/** The resources of some ids, or all where no id is given; pages and ids exclude each other. */
function chosen<T extends { readonly id: string }>(
  context: ActionContext,
  all: readonly T[],
  kind: { readonly parameter: string; readonly prefix: string; readonly code: string; readonly noun: string },
): readonly T[] {
  const ids = context.params.list(kind.parameter);
  if (ids.length === 0) {
    return all;
  }
  if (context.params.get('MaxResults') !== undefined) {
    throw new ServiceError(
      'InvalidParameterCombination',
      `The parameter ${kind.noun}Set cannot be used with the parameter maxResults`,
    );
  }
  for (const id of ids) {
    if (!isResourceId(id, kind.prefix)) {
      throw new ServiceError(
        kind.prefix === 'snap' ? 'InvalidSnapshotID.Malformed' : 'InvalidParameterValue',
        `Value (${id}) for parameter ${kind.noun}Id is invalid. Expected: '${kind.prefix}-...'.`,
      );
    }
    if (!all.some((resource) => resource.id === id)) {
      throw new ServiceError(kind.code, `The ${kind.noun} '${id}' does not exist.`);
    }
  }
  return all.filter(({ id }) => ids.includes(id));
}

/** Knows the account's own snapshots only; those of public images are listed by nobody here. */
export async function describeSnapshots(context: ActionContext): Promise<string> {
  const { params, region, now, pages } = context;
  const matches = filterOf<SampleSnapshot>(params, {
    fields: SNAPSHOT_FILTERS,
    tags: (snapshot) => region.tags.get(snapshot.id),
  });
  const owners = params.list('Owner').map((owner) => (owner === 'self' ? SAMPLE_ACCOUNT_ID : owner));
  const snapshots = chosen(context, region.allSnapshots(now), {
    parameter: 'SnapshotId',
    prefix: 'snap',
    code: 'InvalidSnapshot.NotFound',
    noun: 'snapshot',
  });
  stopDryRun(params);
  const page = await pages.page(region.name, params, PAGE_LIMITS, () =>
    snapshots.filter((snapshot) => (owners.length === 0 || owners.includes(snapshot.ownerId)) && matches(snapshot)),
  );
  const items = page.items.map(
    (snapshot) =>
      element('snapshotId', snapshot.id) +
      element('volumeId', snapshot.volumeId) +
      element('status', snapshot.state) +
      element('statusMessage', snapshot.stateMessage) +
      element('startTime', snapshot.startTime) +
      element('progress', `${snapshot.progress}%`) +
      element('ownerId', snapshot.ownerId) +
      element('volumeSize', snapshot.size) +
      element('description', snapshot.description) +
      element('encrypted', snapshot.encrypted) +
      element('kmsKeyId', snapshot.kmsKeyId) +
      element('storageTier', 'standard') +
      tagSet(region.tags.get(snapshot.id)),
  );
  return itemSet('snapshotSet', items) + element('nextToken', page.nextToken);
}

export async function describeVolumes(context: ActionContext): Promise<string> {
  const { params, region, pages } = context;
  const matches = filterOf<SampleVolume>(params, {
    fields: VOLUME_FILTERS,
    tags: (volume) => region.tags.get(volume.id),
  });
  const volumes = chosen(context, [...region.volumes.values()], {
    parameter: 'VolumeId',
    prefix: 'vol',
    code: 'InvalidVolume.NotFound',
    noun: 'volume',
  });
  stopDryRun(params);
  const page = await pages.page(region.name, params, PAGE_LIMITS, () => volumes.filter(matches));
  const items = page.items.map(
    (volume) =>
      element('volumeId', volume.id) +
      element('size', volume.size) +
      element('snapshotId', volume.snapshotId ?? '') +
      element('availabilityZone', volume.availabilityZone) +
      element('status', 'in-use') +
      element('createTime', volume.createTime) +
      itemSet('attachmentSet', [
        element('volumeId', volume.id) +
          element('instanceId', volume.instanceId) +
          element('device', volume.deviceName) +
          element('status', 'attached') +
          element('attachTime', volume.createTime) +
          element('deleteOnTermination', volume.deleteOnTermination),
      ]) +
      tagSet(region.tags.get(volume.id)) +
      element('volumeType', volume.type) +
      element('iops', volume.iops) +
      element('throughput', volume.throughput) +
      element('encrypted', volume.encrypted) +
      element('kmsKeyId', volume.kmsKeyId) +
      element('multiAttachEnabled', false),
  );
  return itemSet('volumeSet', items) + element('nextToken', page.nextToken);
}
