import type { Instance as SdkInstance } from '@aws-sdk/client-ec2';
import type { Instance } from '../core/instance.ts';
import { toTags } from './toImage.ts';

export function toInstance(instance: SdkInstance, region: string): Instance {
  const tags = toTags(instance.Tags);
  return {
    id: instance.InstanceId ?? '',
    region,
    name: tags.find((tag) => tag.key === 'Name')?.value ?? '',
    state: instance.State?.Name ?? 'unknown',
    instanceType: instance.InstanceType ?? 'unknown',
    imageId: instance.ImageId || undefined,
    architecture: instance.Architecture ?? 'unknown',
    platform: instance.Platform?.toLowerCase() === 'windows' ? 'windows' : 'linux',
    launchTime: instance.LaunchTime?.toISOString(),
    privateIp: instance.PrivateIpAddress || undefined,
    publicIp: instance.PublicIpAddress || undefined,
    availabilityZone: instance.Placement?.AvailabilityZone || undefined,
    rootDeviceName: instance.RootDeviceName || undefined,
    rootDeviceType: instance.RootDeviceType ?? 'ebs',
    volumes: (instance.BlockDeviceMappings ?? []).flatMap((mapping) =>
      mapping.Ebs?.VolumeId
        ? {
            deviceName: mapping.DeviceName ?? '',
            volumeId: mapping.Ebs.VolumeId,
            deleteOnTermination: mapping.Ebs.DeleteOnTermination ?? false,
          }
        : [],
    ),
    tags,
  };
}
