import type { CreateImageCommandInput } from '@aws-sdk/client-ec2';
import type { CreateImageRequest } from '../core/createImage.ts';

export function toCreateImageInput(request: CreateImageRequest): CreateImageCommandInput {
  const mappings = request.deviceChanges.map((change) =>
    change.change === 'leave-out'
      ? { DeviceName: change.deviceName, NoDevice: '' }
      : { DeviceName: change.deviceName, Ebs: { DeleteOnTermination: change.value } },
  );
  const tagSpecification = (ResourceType: 'image' | 'snapshot', tags: CreateImageRequest['imageTags']) =>
    tags.length === 0 ? [] : [{ ResourceType, Tags: tags.map((tag) => ({ Key: tag.key, Value: tag.value })) }];
  const tagSpecifications = [
    ...tagSpecification('image', request.imageTags),
    ...tagSpecification('snapshot', request.snapshotTags),
  ];
  return {
    InstanceId: request.instanceId,
    Name: request.name,
    NoReboot: !request.reboot,
    ...(request.description ? { Description: request.description } : {}),
    ...(mappings.length > 0 ? { BlockDeviceMappings: mappings } : {}),
    ...(tagSpecifications.length > 0 ? { TagSpecifications: tagSpecifications } : {}),
  };
}
