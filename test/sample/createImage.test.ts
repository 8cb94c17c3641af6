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
  type ResourceType,
  type Tag,
  type TagSpecification,
  type Volume,
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
    // EC2's default volume type.
    expect(added?.Ebs).toEqual({ VolumeSize: 7, VolumeType: 'gp2', Encrypted: false, DeleteOnTermination: true });
  });

  test('takes the same values of a device again', async () => {
    const { ec2 } = sampleEc2();
    const { Volumes = [] } = await ec2.send(
      new DescribeVolumesCommand({
        Filters: [{ Name: 'attachment.instance-id', Values: [await instanceNamed(ec2, 'payments-api')] }],
      }),
    );
    const again = (volume: Volume): BlockDeviceMapping => {
      const { Size, VolumeType, Iops, Throughput, KmsKeyId, Encrypted } = volume;
      const ebs = { VolumeSize: Size, VolumeType, Iops, Throughput, KmsKeyId, Encrypted, DeleteOnTermination: false };
      return { DeviceName: volume.Attachments?.[0]?.Device, Ebs: ebs };
    };
    const image = await create(ec2, 'payments-api', { BlockDeviceMappings: Volumes.map(again) });
    expect(image.BlockDeviceMappings?.map(({ DeviceName, Ebs }) => [DeviceName, Ebs?.VolumeSize, Ebs?.Iops])).toEqual(
      Volumes.map(({ Attachments, Size, Iops }) => [Attachments?.[0]?.Device, Size, Iops]),
    );
    expect(image.BlockDeviceMappings?.map(({ Ebs }) => [Ebs?.DeleteOnTermination, Ebs?.Encrypted])).toEqual(
      Volumes.map(() => [false, true]),
    );
    // EC2 reports the IOPS of a gp2 volume, which follow from its size.
    const { Volumes: old = [] } = await ec2.send(
      new DescribeVolumesCommand({ Filters: [{ Name: 'volume-type', Values: ['gp2'] }] }),
    );
    expect(old.map(({ Size, Iops }) => [Size, Iops])).toEqual([
      [50, 150],
      [8, 100],
    ]);
    await create(ec2, 'golden-image-builder', { Name: 'gp2 again', BlockDeviceMappings: old.slice(0, 1).map(again) });
    await create(ec2, 'nvme-scratch', {
      Name: 'instance store again',
      BlockDeviceMappings: [{ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }],
    });
  });

  test('keeps a volume encrypted, and the snapshot that a volume came from is known', async () => {
    const { ec2 } = sampleEc2();
    const image = await create(ec2, 'payments-api', {
      BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs: { Encrypted: false } }],
    });
    expect(image.BlockDeviceMappings?.[1]?.Ebs).toMatchObject({ Encrypted: true, VolumeSize: 100 });
    const { Volumes = [] } = await ec2.send(
      new DescribeVolumesCommand({
        Filters: [{ Name: 'attachment.instance-id', Values: [await instanceNamed(ec2, 'web-1')] }],
      }),
    );
    const SnapshotId = Volumes[0]?.SnapshotId;
    expect(SnapshotId).toMatch(/^snap-/);
    await create(ec2, 'web-1', {
      Name: 'again',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId } }],
    });
  });

  test('has new volumes from snapshots, and takes none of them', async () => {
    const { ec2 } = sampleEc2();
    const { Snapshots = [] } = await ec2.send(
      new DescribeSnapshotsCommand({ Filters: [{ Name: 'encrypted', Values: ['true'] }] }),
    );
    const [snapshot] = Snapshots;
    const { SnapshotId, VolumeSize = 0, KmsKeyId } = snapshot ?? {};
    const mapping = (Ebs: EbsBlockDevice) => ({ BlockDeviceMappings: [{ DeviceName: '/dev/sdf', Ebs }] });
    const image = await create(ec2, 'web-1', {
      ...mapping({ SnapshotId }),
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'Of', Value: 'mine' }] }],
    });
    const devices = image.BlockDeviceMappings ?? [];
    expect(devices[1]?.Ebs).toEqual({
      SnapshotId,
      VolumeSize,
      VolumeType: 'gp2',
      Encrypted: true,
      KmsKeyId,
      DeleteOnTermination: true,
    });
    const SnapshotIds = devices.map(({ Ebs }) => Ebs?.SnapshotId ?? '');
    const { Snapshots: found = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }));
    expect(found.map(({ State, Tags }) => [State, Tags?.[0]?.Value])).toEqual([
      ['completed', snapshot?.Tags?.[0]?.Value],
      ['pending', 'mine'],
    ]);
    const larger = await create(ec2, 'web-1', {
      Name: 'larger',
      ...mapping({ SnapshotId, VolumeSize: VolumeSize + 1 }),
    });
    expect(larger.BlockDeviceMappings?.[1]?.Ebs?.VolumeSize).toBe(VolumeSize + 1);
    expect(await failure(create(ec2, 'web-1', mapping({ SnapshotId, VolumeSize: VolumeSize - 1 })))).toMatchObject({
      name: 'InvalidBlockDeviceMapping',
      message: `Volume of size ${VolumeSize - 1}GB is smaller than snapshot '${SnapshotId}', expect size >= ${VolumeSize}GB`,
    });
    // The snapshot decides whether its volume is encrypted.
    for (const Encrypted of [true, false]) {
      expect((await failure(create(ec2, 'web-1', mapping({ SnapshotId, Encrypted })))).name).toBe(
        'InvalidBlockDeviceMapping',
      );
    }
    const underWay = { SnapshotId: devices[0]?.Ebs?.SnapshotId };
    expect((await failure(create(ec2, 'web-1', mapping(underWay)))).name).toBe('IncorrectState');
  });

  test('has new volumes of every type within its limits', async () => {
    const { ec2 } = sampleEc2();
    const volumes: EbsBlockDevice[] = [
      { VolumeSize: 1, VolumeType: 'standard' },
      { VolumeSize: 16_384, VolumeType: 'gp2' },
      { VolumeSize: 65_536, VolumeType: 'gp3', Iops: 80_000, Throughput: 2000 },
      { VolumeSize: 1, VolumeType: 'gp3', Iops: 3000, Throughput: 125 },
      { VolumeSize: 4, VolumeType: 'io1', Iops: 200 },
      { VolumeSize: 65_536, VolumeType: 'io2', Iops: 256_000, Encrypted: true },
      { VolumeSize: 125, VolumeType: 'st1' },
      { VolumeSize: 16_384, VolumeType: 'sc1' },
    ];
    const BlockDeviceMappings = volumes.map((Ebs, at) => ({ DeviceName: `/dev/sd${'fghijklm'[at]}`, Ebs }));
    const image = await create(ec2, 'web-1', { BlockDeviceMappings });
    expect(image.BlockDeviceMappings?.slice(1).map(({ Ebs }) => Ebs)).toEqual(
      volumes.map((volume) => ({ Encrypted: false, DeleteOnTermination: true, ...volume })),
    );
  });

  test.each(['/dev/sdf', '/dev/sdp', '/dev/sdb1', '/dev/xvdf', '/dev/xvdba', 'xvdf', 'xvdca', 'sdf'])(
    'may have a device %s',
    async (DeviceName) => {
      const { ec2 } = sampleEc2();
      const image = await create(ec2, 'web-1', { BlockDeviceMappings: [{ DeviceName, Ebs: { VolumeSize: 1 } }] });
      expect(devices(image)).toEqual(['/dev/xvda', DeviceName]);
    },
  );

  test('counts characters in what it is told, however long they are in UTF-16', async () => {
    const { ec2 } = sampleEc2();
    const key = '\u{1f600}'.repeat(128);
    const value = '\u{20bb7}'.repeat(256);
    const image = await create(ec2, 'web-1', {
      Name: 'n'.repeat(128),
      Description: 'd'.repeat(255),
      TagSpecifications: [{ ResourceType: 'image', Tags: [{ Key: key, Value: value }] }],
    });
    expect(image.Tags).toEqual([{ Key: key, Value: value }]);
    expect(image.Name).toHaveLength(128);
    for (const tag of [
      { Key: `${key}k`, Value: '' },
      { Key: 'k', Value: `${value}v` },
    ]) {
      const TagSpecifications = [{ ResourceType: 'image' as const, Tags: [tag] }];
      expect((await failure(create(ec2, 'web-1', { TagSpecifications }))).name).toBe('InvalidParameterValue');
    }
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

  // web-1 has one gp3 volume, data-node-1 an encrypted io2 one at /dev/sdb, golden-image-builder a gp2 one at /dev/sdf.
  const refusedMappings: [string, string, BlockDeviceMapping][] = [
    ['leaves out the root', 'web-1', { DeviceName: '/dev/xvda', NoDevice: '' }],
    ['resizes a volume', 'web-1', { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 100 } }],
    ['makes a volume smaller', 'web-1', { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }],
    ['changes the type of a volume', 'web-1', { DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp2' } }],
    ['changes the IOPS of a volume', 'web-1', { DeviceName: '/dev/xvda', Ebs: { Iops: 6000 } }],
    ['changes the throughput of a volume', 'web-1', { DeviceName: '/dev/xvda', Ebs: { Throughput: 250 } }],
    ['encrypts a volume', 'web-1', { DeviceName: '/dev/xvda', Ebs: { Encrypted: true } }],
    ['gives a volume a key', 'web-1', { DeviceName: '/dev/xvda', Ebs: { KmsKeyId: 'alias/mine' } }],
    [
      'takes a volume from another snapshot',
      'web-1',
      { DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-0123456789abcdef0' } },
    ],
    [
      'changes one thing beside what may be changed',
      'web-1',
      { DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: false, VolumeSize: 21 } },
    ],
    ['knows the device by its short name', 'web-1', { DeviceName: 'xvda', Ebs: { VolumeSize: 21 } }],
    ['turns a volume into an instance store one', 'web-1', { DeviceName: '/dev/xvda', VirtualName: 'ephemeral0' }],
    [
      'turns an instance store volume into another',
      'nvme-scratch',
      { DeviceName: '/dev/sdb', VirtualName: 'ephemeral1' },
    ],
    [
      'turns an instance store volume into an EBS one',
      'nvme-scratch',
      { DeviceName: '/dev/sdb', Ebs: { VolumeSize: 8 } },
    ],
  ];
  test.each(refusedMappings)('for a mapping that %s', async (_, instance, mapping) => {
    expect(await refused(instance, { BlockDeviceMappings: [mapping] })).toBe('InvalidBlockDeviceMapping');
  });

  const added: [string, string, EbsBlockDevice][] = [
    ['no size', 'InvalidBlockDeviceMapping', { DeleteOnTermination: true }],
    ['a size that is not whole', 'InvalidParameterValue', { VolumeSize: 7.5 }],
    ['no room at all', 'InvalidParameterValue', { VolumeSize: 0 }],
    ['a negative size', 'InvalidParameterValue', { VolumeSize: -1 }],
    ['an unknown type', 'InvalidParameterValue', { VolumeSize: 8, VolumeType: 'gp9' as 'gp3' }],
    ['more than 64 TiB of gp3', 'InvalidParameterValue', { VolumeSize: 65_537, VolumeType: 'gp3' }],
    ['more than 16 TiB of gp2', 'InvalidParameterValue', { VolumeSize: 16_385, VolumeType: 'gp2' }],
    ['less than 125 GiB of st1', 'InvalidParameterValue', { VolumeSize: 124, VolumeType: 'st1' }],
    ['less than 125 GiB of sc1', 'InvalidParameterValue', { VolumeSize: 124, VolumeType: 'sc1' }],
    ['more than 1 TiB of standard', 'InvalidParameterValue', { VolumeSize: 1025, VolumeType: 'standard' }],
    ['less than 4 GiB of io1', 'InvalidParameterValue', { VolumeSize: 3, VolumeType: 'io1', Iops: 100 }],
    ['io1 without IOPS', 'InvalidParameterCombination', { VolumeSize: 100, VolumeType: 'io1' }],
    ['io2 without IOPS', 'InvalidParameterCombination', { VolumeSize: 100, VolumeType: 'io2' }],
    ['too few IOPS', 'InvalidParameterValue', { VolumeSize: 100, VolumeType: 'io1', Iops: 99 }],
    ['too many IOPS for its size', 'InvalidParameterValue', { VolumeSize: 100, VolumeType: 'io1', Iops: 5001 }],
    ['too many IOPS', 'InvalidParameterValue', { VolumeSize: 16_000, VolumeType: 'io1', Iops: 64_001 }],
    ['too many IOPS for its size of io2', 'InvalidParameterValue', { VolumeSize: 4, VolumeType: 'io2', Iops: 4001 }],
    ['too few IOPS of gp3', 'InvalidParameterValue', { VolumeSize: 100, VolumeType: 'gp3', Iops: 2999 }],
    ['too many IOPS of gp3', 'InvalidParameterValue', { VolumeSize: 1000, VolumeType: 'gp3', Iops: 80_001 }],
    ['too many IOPS of gp3 for its size', 'InvalidParameterValue', { VolumeSize: 10, VolumeType: 'gp3', Iops: 5001 }],
    ['IOPS of gp2', 'InvalidParameterCombination', { VolumeSize: 100, VolumeType: 'gp2', Iops: 300 }],
    ['IOPS and no type, which means gp2', 'InvalidParameterCombination', { VolumeSize: 100, Iops: 3000 }],
    ['IOPS that are not whole', 'InvalidParameterValue', { VolumeSize: 100, VolumeType: 'gp3', Iops: 3000.5 }],
    ['too little throughput', 'InvalidParameterValue', { VolumeSize: 100, VolumeType: 'gp3', Throughput: 124 }],
    [
      'too much throughput',
      'InvalidParameterValue',
      { VolumeSize: 100, VolumeType: 'gp3', Iops: 16_000, Throughput: 2001 },
    ],
    [
      'too much throughput for its IOPS',
      'InvalidParameterValue',
      { VolumeSize: 100, VolumeType: 'gp3', Throughput: 751 },
    ],
    [
      'throughput of io2',
      'InvalidParameterCombination',
      { VolumeSize: 8, VolumeType: 'io2', Iops: 100, Throughput: 125 },
    ],
    ['a key', 'InvalidBlockDeviceMapping', { VolumeSize: 8, Encrypted: true, KmsKeyId: 'alias/mine' }],
    ['a snapshot that is none', 'InvalidSnapshotID.Malformed', { SnapshotId: 'snap-xyz' }],
    ['a snapshot that nobody has', 'InvalidSnapshot.NotFound', { SnapshotId: 'snap-0123456789abcdef0' }],
    ['a place', 'InvalidBlockDeviceMapping', { VolumeSize: 8, AvailabilityZone: 'us-east-1a' }],
    ['a rate', 'InvalidBlockDeviceMapping', { VolumeSize: 8, VolumeInitializationRate: 100 }],
  ];
  test.each(added)('for a new volume with %s', async (_, code, Ebs) => {
    const mapping = { DeviceName: '/dev/sdz', Ebs };
    expect(await refused('web-1', { BlockDeviceMappings: [mapping] })).toBe(code);
    // A dry run is refused too.
    expect(await refused('web-1', { BlockDeviceMappings: [mapping], DryRun: true })).toBe(code);
  });

  const odd: [string, BlockDeviceMapping[]][] = [
    ['names an instance store volume that is none', [{ DeviceName: '/dev/sdz', VirtualName: 'ephemeral24' }]],
    ['names a device that is none', [{ DeviceName: '/dev/disk0', Ebs: { VolumeSize: 8 } }]],
    ['names an NVMe device', [{ DeviceName: '/dev/nvme1n1', Ebs: { VolumeSize: 8 } }]],
    ['says nothing of a new device', [{ DeviceName: '/dev/sdz' }]],
    [
      'names a device twice',
      [
        { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 8 } },
        { DeviceName: '/dev/sdf', VirtualName: 'ephemeral0' },
      ],
    ],
    [
      'names a device of the instance twice',
      [
        { DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: false } },
        { DeviceName: 'xvda', Ebs: { DeleteOnTermination: true } },
      ],
    ],
    ['makes a device both', [{ DeviceName: '/dev/sdz', VirtualName: 'ephemeral0', Ebs: { VolumeSize: 8 } }]],
  ];
  test.each(odd)('for a mapping that %s', async (_, BlockDeviceMappings) => {
    expect(await refused('web-1', { BlockDeviceMappings })).toBe('InvalidBlockDeviceMapping');
  });

  test('for a mapping without a device', async () => {
    expect(await refused('web-1', { BlockDeviceMappings: [{ Ebs: { VolumeSize: 8 } }] })).toBe('MissingParameter');
  });

  const tagsOf = (ResourceType: ResourceType | undefined, ...Tags: Tag[]): TagSpecification => ({
    ...(ResourceType ? { ResourceType } : {}),
    Tags,
  });
  const mine = { Key: 'Name', Value: 'mine' };
  const specifications: [string, TagSpecification[], string][] = [
    [
      'two of one type',
      [tagsOf('image', mine), tagsOf('image', { Key: 'Team', Value: 'web' })],
      'The same resource type may not be specified more than once in tag specifications',
    ],
    [
      'two of one type beside another',
      [tagsOf('snapshot', mine), tagsOf('image', mine), tagsOf('snapshot', mine)],
      'The same resource type may not be specified more than once in tag specifications',
    ],
    ['one without tags', [tagsOf('image')], 'Tag specification must have at least one tag'],
    [
      'one without tags beside another',
      [tagsOf('image', mine), tagsOf('snapshot')],
      'Tag specification must have at least one tag',
    ],
    ['one without a type', [tagsOf(undefined, mine)], 'Tag specification resource type must have a value'],
    [
      'one of another type',
      [tagsOf('volume', mine)],
      "'volume' is not a valid taggable resource type for this operation.",
    ],
    [
      'an empty key',
      [tagsOf('image', { Key: '', Value: 'x' })],
      'Tag keys must be between 1 and 128 characters in length.',
    ],
    ['no key', [tagsOf('image', { Value: 'x' })], 'Tag keys must be between 1 and 128 characters in length.'],
    ['a key twice', [tagsOf('image', mine, mine)], "Duplicate tag key 'Name' specified."],
  ];
  test.each(specifications)('for tag specifications with %s', async (_, TagSpecifications, message) => {
    const { ec2 } = sampleEc2();
    expect(await failure(create(ec2, 'web-1', { TagSpecifications }))).toEqual({
      name: 'InvalidParameterValue',
      message,
      status: 400,
    });
    const made = await ec2.send(new DescribeImagesCommand({ Filters: [{ Name: 'name', Values: ['made-in-a-test'] }] }));
    expect(made.Images).toEqual([]);
  });

  test('for other things', async () => {
    expect(await refused('web-1', { Description: 'x'.repeat(256) })).toBe('InvalidParameterValue');
    expect(await refused('web-1', { Description: 'Größe' })).toBe('InvalidParameterValue');
    expect(await refused('web-1', { SnapshotLocation: 'local' })).toBe('InvalidParameterValue');
    expect(await refused('web-1', { NoReboot: 'yes' as unknown as boolean })).toBe('InvalidParameterValue');
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
