import type { SampleVolume } from '../model.ts';
import { type FilterField, filterOf, taggedFields, unusedFilters } from '../wire/filters.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type OperationContext, stopDryRun } from './context.ts';
import { requestedResources, VOLUME } from './storageResources.ts';
import { tagSet } from './tagXml.ts';
import { iopsOf } from './volumeLimits.ts';

const MIN_PAGE = 5;

const VOLUME_FILTERS: Readonly<Record<string, FilterField<SampleVolume>>> = {
  'attachment.attach-time': (volume) => [volume.createTime],
  'attachment.delete-on-termination': (volume) => [volume.deleteOnTermination],
  'attachment.device': (volume) => [volume.deviceName],
  'attachment.instance-id': (volume) => [volume.instanceId],
  'attachment.status': () => ['attached'],
  'availability-zone': (volume) => [volume.availabilityZone],
  'create-time': (volume) => [volume.createTime],
  encrypted: (volume) => [volume.encrypted],
  'fast-restored': () => [false],
  'multi-attach-enabled': () => [false],
  'operator.managed': () => [false],
  size: (volume) => [volume.size],
  'snapshot-id': (volume) => [volume.snapshotId ?? ''],
  status: () => ['in-use'],
  'volume-id': (volume) => [volume.id],
  'volume-type': (volume) => [volume.type],
  ...unusedFilters(['availability-zone-id', 'operator.principal']),
};

export async function describeVolumes({ action, params, region, pages }: OperationContext): Promise<string> {
  const matches = filterOf(
    params,
    taggedFields(VOLUME_FILTERS, (volume) => region.tags.get(volume.id)),
  );
  const volumes = requestedResources(params, [...region.volumes.values()], VOLUME);
  stopDryRun(params);
  const page = await pages.page({ action, region: region.name, params }, MIN_PAGE, () => volumes.filter(matches));
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
      element('iops', iopsOf(volume)) +
      element('throughput', volume.throughput) +
      element('encrypted', volume.encrypted) +
      element('kmsKeyId', volume.kmsKeyId) +
      element('multiAttachEnabled', false) +
      `<operator>${element('managed', false)}</operator>`,
  );
  return itemSet('volumeSet', items) + element('nextToken', page.nextToken);
}
