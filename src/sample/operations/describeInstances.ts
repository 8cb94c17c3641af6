import type { SampleInstance } from '../model.ts';
import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import { filterOf, taggedFields } from '../wire/filters.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type OperationContext, stopDryRun } from './context.ts';
import { currentBootMode, privateDnsName, publicDnsName, STATE_CODES } from './instanceFacts.ts';
import { INSTANCE_FILTERS } from './instanceFilters.ts';
import { isResourceId, requestedIds } from './resourceIds.ts';
import { tagSet } from './tagXml.ts';

/** "You can specify a value between 5 and 1000" (API reference, DescribeInstances). */
const MIN_PAGE = 5;

/** @throws ServiceError InvalidInstanceID.Malformed, InvalidInstanceID.NotFound */
export function findInstances(context: OperationContext, ids: readonly string[]): SampleInstance[] {
  for (const id of ids) {
    if (!isResourceId(id, 'i')) {
      throw new ServiceError('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
    }
  }
  const instances = [...new Set(ids)].map((id) => ({ id, instance: context.region.instances.get(id) }));
  const missing = instances.filter(({ instance }) => !instance).map(({ id }) => id);
  if (missing.length > 0) {
    const words = missing.length === 1 ? `ID '${missing[0]}' does` : `IDs '${missing.join(', ')}' do`;
    throw new ServiceError('InvalidInstanceID.NotFound', `The instance ${words} not exist`);
  }
  return instances.map(({ instance }) => instance).filter((instance) => instance !== undefined);
}

export async function describeInstances(context: OperationContext): Promise<string> {
  const { action, params, region, pages } = context;
  const ids = requestedIds(params, 'InstanceId', 'instance');
  const matches = filterOf(
    params,
    taggedFields(INSTANCE_FILTERS, (instance) => region.tags.get(instance.id)),
  );
  const instances = ids.length > 0 ? findInstances(context, ids) : [...region.instances.values()];
  stopDryRun(params);
  const page = await pages.page({ action, region: region.name, params }, MIN_PAGE, () => instances.filter(matches));
  const reservations = page.items.map(
    (instance) =>
      element('reservationId', instance.reservationId) +
      element('ownerId', SAMPLE_ACCOUNT_ID) +
      '<groupSet/>' +
      itemSet('instancesSet', [instanceXml(instance, region.tags.get(instance.id))]),
  );
  return itemSet('reservationSet', reservations) + element('nextToken', page.nextToken);
}

function instanceXml(instance: SampleInstance, tags: ReadonlyMap<string, string> | undefined): string {
  const alive = instance.state !== 'terminated';
  const reason = instance.stateReason;
  return [
    element('instanceId', instance.id),
    element('imageId', instance.imageId),
    `<instanceState>${element('code', STATE_CODES[instance.state] ?? 0)}${element('name', instance.state)}</instanceState>`,
    element('privateDnsName', privateDnsName(instance)),
    element('dnsName', publicDnsName(instance)),
    element('reason', instance.transitionReason),
    element('keyName', instance.keyName),
    element('amiLaunchIndex', 0),
    '<productCodes/>',
    element('instanceType', instance.instanceType),
    element('launchTime', instance.launchTime),
    `<placement>${element('availabilityZone', instance.availabilityZone)}<groupName/>${element('tenancy', 'default')}</placement>`,
    instance.windows ? element('platform', 'windows') : '',
    `<monitoring>${element('state', 'disabled')}</monitoring>`,
    element('subnetId', instance.subnetId),
    element('vpcId', instance.vpcId),
    element('privateIpAddress', instance.privateIp),
    element('ipAddress', instance.publicIp),
    alive ? element('sourceDestCheck', true) : '',
    '<groupSet/>',
    reason ? `<stateReason>${element('code', reason.code)}${element('message', reason.message)}</stateReason>` : '',
    element('architecture', instance.architecture),
    element('rootDeviceType', instance.rootDeviceType),
    element('rootDeviceName', instance.rootDeviceName),
    itemSet(
      'blockDeviceMapping',
      instance.volumes.map(
        ({ deviceName, volumeId, deleteOnTermination }) =>
          `${element('deviceName', deviceName)}<ebs>${element('volumeId', volumeId)}${element('status', 'attached')}` +
          `${element('attachTime', instance.launchTime)}${element('deleteOnTermination', deleteOnTermination)}</ebs>`,
      ),
    ),
    element('virtualizationType', 'hvm'),
    instance.spot ? element('instanceLifecycle', 'spot') : '',
    element('clientToken', ''),
    tagSet(tags),
    element('hypervisor', 'xen'),
    '<networkInterfaceSet/>',
    element('ebsOptimized', false),
    element('enaSupport', true),
    element('bootMode', instance.bootMode),
    element('currentInstanceBootMode', currentBootMode(instance)),
    element('tpmSupport', instance.tpmSupport),
    element('platformDetails', instance.platformDetails),
    element('usageOperation', instance.usageOperation),
    `<metadataOptions>${element('state', 'applied')}${element('httpTokens', instance.httpTokens)}` +
      `${element('httpPutResponseHopLimit', 2)}${element('httpEndpoint', 'enabled')}` +
      `${element('httpProtocolIpv6', 'disabled')}${element('instanceMetadataTags', 'disabled')}</metadataOptions>`,
    `<enclaveOptions>${element('enabled', false)}</enclaveOptions>`,
    `<hibernationOptions>${element('configured', false)}</hibernationOptions>`,
    `<maintenanceOptions>${element('autoRecovery', 'default')}</maintenanceOptions>`,
    `<capacityReservationSpecification>${element('capacityReservationPreference', 'open')}` +
      '</capacityReservationSpecification>',
    `<operator>${element('managed', false)}</operator>`,
  ].join('');
}
