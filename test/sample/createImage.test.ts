import {
  type BlockDeviceMapping,
  CreateImageCommand,
  type CreateImageCommandInput,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  type EbsBlockDevice,
  type EC2Client,
  type Image,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { failure, handClock, sampleEc2 } from './sampleClients.ts';

async function instanceNamed(ec2: EC2Client, name: string): Promise<string> {
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: [name] }] }),
  );
  expect(Reservations).toHaveLength(1);
  return Reservations[0]?.Instances?.[0]?.InstanceId ?? '';
}

async function imageById(ec2: EC2Client, id: string | undefined): Promise<Image> {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [id ?? ''] }));
  const [image] = Images;
  if (!image) {
    throw new Error(`No image ${id}`);
  }
  return image;
}

async function create(ec2: EC2Client, instance: string, input: Partial<CreateImageCommandInput> = {}) {
  const InstanceId = await instanceNamed(ec2, instance);
  const { ImageId } = await ec2.send(new CreateImageCommand({ InstanceId, Name: 'made-in-a-test', ...input }));
  return imageById(ec2, ImageId);
}

function devices(image: Image): (string | undefined)[] {
  return (image.BlockDeviceMappings ?? []).map((mapping) => mapping.DeviceName);
}

describe('a new image', () => {
  test('is pending, its snapshots progress, then it is available', async () => {
    const clock = handClock();
    const { ec2 } = sampleEc2({ now: clock.now, pendingSeconds: 10 });
    const image = await create(ec2, 'payments-api', { NoReboot: true });
    expect(image).toMatchObject({
      State: 'pending',
      CreationDate: '2026-11-23T09:00:00.000Z',
      OwnerId: '123456789012',
    });
    const SnapshotIds = image.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.SnapshotId ?? '') ?? [];
    expect(SnapshotIds).toHaveLength(3);
    const progress = async () =>
      (await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }))).Snapshots?.map(
        ({ State, Progress }) => `${State} ${Progress}`,
      );
    expect(await progress()).toEqual(['pending 0%', 'pending 0%', 'pending 0%']);
    clock.advance(4.5);
    expect(await progress()).toEqual(['pending 45%', 'pending 45%', 'pending 45%']);
    expect((await imageById(ec2, image.ImageId)).State).toBe('pending');
    clock.advance(5.5);
    expect(await progress()).toEqual(['completed 100%', 'completed 100%', 'completed 100%']);
    expect(await imageById(ec2, image.ImageId)).toEqual({ ...image, State: 'available' });
    const own = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    expect(own.Images?.filter(({ Name }) => Name === 'made-in-a-test')).toHaveLength(1);
  });

  test('takes over the volumes of the instance', async () => {
    const { ec2 } = sampleEc2();
    const image = await create(ec2, 'data-node-1', { NoReboot: true });
    const { Volumes = [] } = await ec2.send(
      new DescribeVolumesCommand({
        Filters: [{ Name: 'attachment.instance-id', Values: [await instanceNamed(ec2, 'data-node-1')] }],
      }),
    );
    expect(image).toMatchObject({ Architecture: 'arm64', RootDeviceType: 'ebs', RootDeviceName: '/dev/sda1' });
    const shape = (device: string | undefined, value: Pick<EbsBlockDevice, 'VolumeType' | 'Iops' | 'KmsKeyId'>) =>
      [device, value.VolumeType, value.Iops, value.KmsKeyId].join();
    expect(image.BlockDeviceMappings?.map(({ DeviceName, Ebs }) => shape(DeviceName, Ebs ?? {}))).toEqual(
      Volumes.map((volume) => shape(volume.Attachments?.[0]?.Device, volume)),
    );
    expect(image.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.DeleteOnTermination)).toEqual(
      Volumes.map((volume) => volume.Attachments?.[0]?.DeleteOnTermination),
    );
  });

  test('maps instance store volumes without a snapshot', async () => {
    const { ec2 } = sampleEc2();
    const image = await create(ec2, 'nvme-scratch');
    expect(image.BlockDeviceMappings?.[1]).toEqual({ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' });
  });

  test('leaves volumes out, changes what happens at termination, and adds empty ones', async () => {
    const { ec2 } = sampleEc2();
    const image = await create(ec2, 'payments-api', {
      BlockDeviceMappings: [
        { DeviceName: '/dev/sdf', NoDevice: '' },
        { DeviceName: '/dev/sda1', Ebs: { DeleteOnTermination: false } },
        { DeviceName: '/dev/sdz', Ebs: { VolumeSize: 7 } },
        { DeviceName: '/dev/sdy', VirtualName: 'ephemeral0' },
      ],
    });
    expect(devices(image)).toEqual(['/dev/sda1', '/dev/sdg', '/dev/sdz', '/dev/sdy']);
    const [root, , added] = image.BlockDeviceMappings ?? [];
    expect(root?.Ebs).toMatchObject({ DeleteOnTermination: false, VolumeSize: 30, Encrypted: true });
    expect(added?.Ebs).toEqual({ VolumeSize: 7, VolumeType: 'gp3', Encrypted: false, DeleteOnTermination: true });
  });

  test('and its snapshots have the tags they were given', async () => {
    const { ec2 } = sampleEc2();
    const image = await create(ec2, 'web-1', {
      TagSpecifications: [
        { ResourceType: 'image', Tags: [{ Key: 'Name', Value: 'mine' }] },
        { ResourceType: 'snapshot', Tags: [{ Key: 'Of', Value: '<mine> & "yours"' }] },
      ],
    });
    expect(image.Tags).toEqual([{ Key: 'Name', Value: 'mine' }]);
    const SnapshotId = image.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? '';
    const { Tags } = await ec2.send(
      new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [SnapshotId] }] }),
    );
    expect(Tags).toEqual([{ ResourceId: SnapshotId, ResourceType: 'snapshot', Key: 'Of', Value: '<mine> & "yours"' }]);
  });

  test('may end as failed', async () => {
    const clock = handClock();
    const { ec2 } = sampleEc2({ now: clock.now, pendingSeconds: 10 });
    const image = await create(ec2, 'web-1', { Name: 'this-image-fails-1' });
    clock.advance(10);
    const failed = await imageById(ec2, image.ImageId);
    expect(failed.State).toBe('failed');
    expect(failed.StateReason?.Code).toBe('Client.InternalError');
    const SnapshotIds = [image.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? ''];
    const { Snapshots } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }));
    expect(Snapshots?.[0]).toMatchObject({ State: 'error', Progress: '99%' });
  });
});

describe('rebooting', () => {
  test('happens unless it is declined, to running instances only', async () => {
    const clock = handClock();
    const { ec2, account } = sampleEc2({ now: clock.now });
    await create(ec2, 'web-1', { Name: 'declined', NoReboot: true });
    await create(ec2, 'golden-image-builder', { Name: 'stopped' });
    expect(account.reboots).toEqual([]);
    await create(ec2, 'web-1', { Name: 'asked for', NoReboot: false });
    await create(ec2, 'web-2', { Name: 'the default' });
    expect(account.reboots).toEqual([
      { region: 'us-east-1', instanceId: await instanceNamed(ec2, 'web-1'), time: '2026-11-23T09:00:00.000Z' },
      { region: 'us-east-1', instanceId: await instanceNamed(ec2, 'web-2'), time: '2026-11-23T09:00:00.000Z' },
    ]);
  });
});

describe('a request is refused', () => {
  const refused = async (instance: string, input: Partial<CreateImageCommandInput>) => {
    const { ec2, account } = sampleEc2();
    const result = await failure(create(ec2, instance, input));
    expect(account.reboots).toEqual([]);
    return result.name;
  };

  test.each([
    ['ab', 'InvalidAMIName.Malformed'],
    ['a'.repeat(129), 'InvalidAMIName.Malformed'],
    ['with:colon', 'InvalidAMIName.Malformed'],
    ['ümlaut', 'InvalidAMIName.Malformed'],
    ['payments-api-4.12.0', 'InvalidAMIName.Duplicate'],
    ['web-server-golden-disabled-20250301', 'InvalidAMIName.Duplicate'],
  ])('for the name %s', async (Name, code) => {
    expect(await refused('web-1', { Name })).toBe(code);
  });

  test.each([
    ['terminated', 'load-test-42', 'InvalidParameterValue'],
    ['pending', 'just-launched', 'IncorrectInstanceState'],
    ['instance store-backed', 'legacy-batch', 'InvalidParameterValue'],
  ])('for an instance that is %s', async (_, instance, code) => {
    expect(await refused(instance, {})).toBe(code);
  });

  const mappings: [string, BlockDeviceMapping][] = [
    ['leaves out the root', { DeviceName: '/dev/xvda', NoDevice: '' }],
    ['resizes a volume', { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 100 } }],
    ['encrypts a volume', { DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }],
    ['turns a volume into an instance store one', { DeviceName: '/dev/xvda', VirtualName: 'ephemeral0' }],
    ['adds a volume without a size', { DeviceName: '/dev/sdz', Ebs: { DeleteOnTermination: true } }],
    ['names an instance store volume that is none', { DeviceName: '/dev/sdz', VirtualName: 'ephemeral24' }],
  ];
  test.each(mappings)('for a mapping that %s', async (_, mapping) => {
    expect(await refused('web-1', { BlockDeviceMappings: [mapping] })).toBe('InvalidBlockDeviceMapping');
  });

  test('for other things', async () => {
    expect(await refused('web-1', { Description: 'x'.repeat(256) })).toBe('InvalidParameterValue');
    expect(await refused('web-1', { InstanceId: 'i-nonsense' })).toBe('InvalidInstanceID.Malformed');
    expect(await refused('web-1', { InstanceId: 'i-0123456789abcdef0' })).toBe('InvalidInstanceID.NotFound');
    const reserved = [{ ResourceType: 'image' as const, Tags: [{ Key: 'aws:x', Value: '' }] }];
    expect(await refused('web-1', { TagSpecifications: reserved })).toBe('InvalidParameterValue');
    const volume = [{ ResourceType: 'volume' as const, Tags: [{ Key: 'x', Value: '' }] }];
    expect(await refused('web-1', { TagSpecifications: volume })).toBe('InvalidParameterValue');
  });

  test('the second time under the same name', async () => {
    const { ec2 } = sampleEc2();
    const first = await create(ec2, 'web-1');
    const second = await failure(create(ec2, 'web-2'));
    expect(second).toMatchObject({
      name: 'InvalidAMIName.Duplicate',
      message: `AMI name made-in-a-test is already in use by AMI ${first.ImageId}`,
    });
  });

  test('by a dry run, which makes nothing', async () => {
    const { ec2, account } = sampleEc2();
    expect(await failure(create(ec2, 'web-1', { DryRun: true }))).toMatchObject({
      name: 'DryRunOperation',
      status: 412,
    });
    expect(account.reboots).toEqual([]);
    await create(ec2, 'web-1');
  });
});
