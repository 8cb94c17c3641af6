import type { Instance } from '../../core/instance.ts';
import { toTags } from './toImage.ts';
import type { XmlElement } from './xmlElement.ts';

/** Undefined without an id: such an instance cannot be told from others, and no image can be created from it. */
export function toInstance(instance: XmlElement, region: string): Instance | undefined {
  const id = instance.text('instanceId');
  if (!id) {
    return undefined;
  }
  const tags = toTags(instance);
  return {
    id,
    region,
    name: tags.find((tag) => tag.key === 'Name')?.value ?? '',
    state: instance.child('instanceState')?.text('name') ?? 'unknown',
    instanceType: instance.text('instanceType') ?? 'unknown',
    imageId: instance.text('imageId'),
    architecture: instance.text('architecture') ?? 'unknown',
    platform: instance.text('platform')?.toLowerCase() === 'windows' ? 'windows' : 'linux',
    launchTime: instance.date('launchTime'),
    privateIp: instance.text('privateIpAddress'),
    publicIp: instance.text('ipAddress'),
    availabilityZone: instance.child('placement')?.text('availabilityZone'),
    rootDeviceName: instance.text('rootDeviceName'),
    rootDeviceType: instance.text('rootDeviceType') ?? 'ebs',
    volumes: instance.items('blockDeviceMapping').flatMap((mapping) => {
      const ebs = mapping.child('ebs');
      const volumeId = ebs?.text('volumeId');
      return volumeId
        ? {
            deviceName: mapping.text('deviceName') ?? '',
            volumeId,
            deleteOnTermination: ebs?.boolean('deleteOnTermination') ?? false,
          }
        : [];
    }),
    tags,
  };
}
