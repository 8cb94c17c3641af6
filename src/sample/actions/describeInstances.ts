import type { SampleInstance } from '../model.ts';
import { SAMPLE_ACCOUNT_ID } from '../model.ts';
import { ServiceError } from '../wire/errors.ts';
import { type FilterField, filterOf } from '../wire/filters.ts';
import { element, itemSet } from '../wire/xml.ts';
import { type ActionContext, isResourceId, stopDryRun } from './context.ts';
import { tagSet } from './imageXml.ts';

/** The low byte of the code says the state (API reference, InstanceState). */
const STATE_CODES: Readonly<Record<string, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const INSTANCE_FILTERS: Readonly<Record<string, FilterField<SampleInstance>>> = {
  architecture: (instance) => [instance.architecture],
  'availability-zone': (instance) => [instance.availabilityZone],
  'block-device-mapping.delete-on-termination': ({ volumes }) => volumes.map((volume) => volume.deleteOnTermination),
  'block-device-mapping.device-name': ({ volumes }) => volumes.map((volume) => volume.deviceName),
  'block-device-mapping.volume-id': ({ volumes }) => volumes.map((volume) => volume.volumeId),
  'boot-mode': (instance) => [instance.bootMode],
  hypervisor: () => ['xen'],
  'iam-instance-profile.arn': (instance) => [instance.instanceProfile],
  'image-id': (instance) => [instance.imageId],
  'instance-id': (instance) => [instance.id],
  'instance-lifecycle': (instance) => [instance.spot ? 'spot' : undefined],
  'instance-state-code': (instance) => [STATE_CODES[instance.state]],
  'instance-state-name': (instance) => [instance.state],
  'instance-type': (instance) => [instance.instanceType],
  'ip-address': (instance) => [instance.publicIp],
  'key-name': (instance) => [instance.keyName],
  'launch-time': (instance) => [instance.launchTime],
  'metadata-options.http-tokens': (instance) => [instance.httpTokens],
  'owner-id': () => [SAMPLE_ACCOUNT_ID],
  platform: (instance) => [instance.windows ? 'windows' : undefined],
  'platform-details': (instance) => [instance.platformDetails],
  'private-ip-address': (instance) => [instance.privateIp],
  'reservation-id': (instance) => [instance.reservationId],
  'root-device-name': (instance) => [instance.rootDeviceName],
  'root-device-type': (instance) => [instance.rootDeviceType],
  'subnet-id': (instance) => [instance.subnetId],
  'virtualization-type': () => ['hvm'],
  'vpc-id': (instance) => [instance.vpcId],
};

/** @throws ServiceError InvalidInstanceID.Malformed, InvalidInstanceID.NotFound */
export function findInstances(context: ActionContext, ids: readonly string[]): SampleInstance[] {
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

export async function describeInstances(context: ActionContext): Promise<string> {
  const { params, region, pages } = context;
  const ids = params.list('InstanceId');
  if (ids.length > 0 && params.get('MaxResults') !== undefined) {
    throw new ServiceError(
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  }
  const matches = filterOf<SampleInstance>(params, {
    fields: INSTANCE_FILTERS,
    tags: (instance) => region.tags.get(instance.id),
  });
  const instances = ids.length > 0 ? findInstances(context, ids) : [...region.instances.values()];
  stopDryRun(params);
  const page = await pages.page(region.name, params, { min: 5, max: 1000 }, () => instances.filter(matches));
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
  const region = instance.availabilityZone.slice(0, -1);
  const dnsName = (ip: string | undefined, kind: string, domain: string) =>
    ip === undefined ? '' : `${kind}-${ip.replaceAll('.', '-')}.${domain}`;
  const alive = instance.state !== 'terminated';
  const reason = instance.stateReason;
  return [
    element('instanceId', instance.id),
    element('imageId', instance.imageId),
    `<instanceState>${element('code', STATE_CODES[instance.state] ?? 0)}${element('name', instance.state)}</instanceState>`,
    element(
      'privateDnsName',
      dnsName(instance.privateIp, 'ip', region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`),
    ),
    element(
      'dnsName',
      dnsName(
        instance.publicIp,
        'ec2',
        region === 'us-east-1' ? 'compute-1.amazonaws.com' : `${region}.compute.amazonaws.com`,
      ),
    ),
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
    tags && tags.size > 0 ? tagSet(tags) : '',
    element('hypervisor', 'xen'),
    '<networkInterfaceSet/>',
    element('ebsOptimized', false),
    element('enaSupport', true),
    element('bootMode', instance.bootMode),
    element('tpmSupport', instance.tpmSupport),
    element('platformDetails', instance.platformDetails),
    element('usageOperation', instance.usageOperation),
    `<metadataOptions>${element('state', 'applied')}${element('httpTokens', instance.httpTokens)}` +
      `${element('httpPutResponseHopLimit', 2)}${element('httpEndpoint', 'enabled')}</metadataOptions>`,
  ].join('');
}
