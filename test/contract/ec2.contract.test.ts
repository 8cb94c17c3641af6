import {
  CreateImageCommand,
  type CreateImageCommandInput,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  EC2Client,
  type Image,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSampleServer } from '../../src/sample/httpServer.ts';
import { startMoto } from './moto.ts';

const CANONICAL = '099720109477';
const AMAZON_LINUX = '137112412989';

/** One suite for two servers: the sample account must do what moto does, wherever moto does what EC2 does. */
interface Server {
  readonly name: string;
  readonly url: string;
  /** A running instance with a volume. */
  readonly findInstance: (ec2: EC2Client) => Promise<string>;
  readonly stop: () => Promise<void>;
}

async function sampleServer(): Promise<Server> {
  const server = await startSampleServer({ pendingSeconds: 0.2 });
  return {
    name: 'the sample account',
    url: server.url,
    async findInstance(ec2) {
      const { Reservations } = await ec2.send(
        new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['web-1'] }] }),
      );
      return Reservations?.[0]?.Instances?.[0]?.InstanceId ?? '';
    },
    stop: () => server.close(),
  };
}

async function motoServer(): Promise<Server | undefined> {
  const moto = await startMoto();
  return (
    moto && {
      name: 'moto',
      url: moto.url,
      async findInstance(ec2) {
        const { Images } = await ec2.send(
          new DescribeImagesCommand({ Filters: [{ Name: 'name', Values: ['amzn2-ami-*-x86_64-gp2'] }] }),
        );
        const { Instances } = await ec2.send(
          new RunInstancesCommand({
            ImageId: Images?.[0]?.ImageId,
            MinCount: 1,
            MaxCount: 1,
            InstanceType: 't3.micro',
            TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web-1' }] }],
          }),
        );
        return Instances?.[0]?.InstanceId ?? '';
      },
      stop: () => moto.stop(),
    }
  );
}

const servers = [await sampleServer(), await motoServer()];

if (!servers[1]) {
  console.log('moto_server is not installed: the contract tests against moto are skipped.');
}

afterAll(async () => {
  await Promise.all(servers.map((server) => server?.stop()));
});

describe.each([
  ['the sample account', servers[0]],
  ['moto', servers[1]],
])('%s', (_, server) => {
  describe.skipIf(!server)('does as EC2 does', () => {
    contract(server);
  });
});

function contract(server: Server | undefined): void {
  const credentials = { accessKeyId: 'AKIACONTRACT', secretAccessKey: 'contract' };
  const config = { region: 'us-east-1', endpoint: server?.url ?? '', credentials, maxAttempts: 1 };
  const ec2 = new EC2Client(config);
  const sts = new STSClient(config);
  let instanceId = '';

  beforeAll(async () => {
    instanceId = (await server?.findInstance(ec2)) ?? '';
  });
  afterAll(() => {
    ec2.destroy();
    sts.destroy();
  });

  const failureOf = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => new Error('The call succeeded.'),
      (reason: Error & { $metadata?: { httpStatusCode?: number } }) => reason,
    );
    return '$metadata' in error ? `${error.name} ${error.$metadata?.httpStatusCode}` : String(error);
  };

  const create = async (Name: string, input: Partial<CreateImageCommandInput> = {}) => {
    const { ImageId = '' } = await ec2.send(
      new CreateImageCommand({ InstanceId: instanceId, Name, NoReboot: true, ...input }),
    );
    return ImageId;
  };

  const find = async (input: DescribeImagesCommandInput): Promise<Image[]> =>
    (await ec2.send(new DescribeImagesCommand(input))).Images ?? [];

  const own = (Name: string, ...Values: string[]) => find({ Owners: ['self'], Filters: [{ Name, Values }] });

  const available = async (id: string): Promise<Image | undefined> => {
    await expect.poll(async () => (await find({ ImageIds: [id] }))[0]?.State).toBe('available');
    return (await find({ ImageIds: [id] }))[0];
  };

  test('says who is asking', async () => {
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toMatch(/^\d{12}$/);
    expect(identity.Arn).toContain(`:${identity.Account}:`);
    expect(identity.UserId).toBeTruthy();
  });

  test('lists regions', async () => {
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
    expect(Regions.find(({ RegionName }) => RegionName === 'eu-west-1')).toMatchObject({
      RegionName: 'eu-west-1',
      Endpoint: expect.stringMatching(/^ec2\.eu-west-1\.amazonaws\.com$/),
      OptInStatus: 'opt-in-not-required',
    });
    const all = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
    expect(all.Regions?.length).toBeGreaterThanOrEqual(Regions.length);
    const one = await ec2.send(new DescribeRegionsCommand({ RegionNames: ['us-west-2'] }));
    expect(one.Regions?.map(({ RegionName }) => RegionName)).toEqual(['us-west-2']);
  });

  test('lists public images by owner and by a pattern of names', async () => {
    const Filters = [{ Name: 'name', Values: ['amzn2-ami-*-x86_64-gp2'] }];
    const images = await find({ Owners: [AMAZON_LINUX], Filters });
    expect(images).not.toEqual([]);
    for (const image of images) {
      expect(image).toMatchObject({
        ImageId: expect.stringMatching(/^ami-[0-9a-f]{8,17}$/),
        Name: expect.stringMatching(/^amzn2-ami-.*-x86_64-gp2$/),
        OwnerId: AMAZON_LINUX,
        Public: true,
        State: 'available',
        Architecture: 'x86_64',
        ImageType: 'machine',
        RootDeviceType: 'ebs',
        VirtualizationType: 'hvm',
      });
    }
    const Narrow = [...Filters, { Name: 'architecture', Values: ['arm64'] }];
    expect(await find({ Owners: [AMAZON_LINUX], Filters: Narrow })).toEqual([]);
    expect(await find({ Filters: [{ Name: 'name', Values: ['AMZN2-ami-*'] }] })).toEqual([]);
  });

  test('lists by owner alias and by who may use an image', async () => {
    const amazon = await find({ Owners: ['amazon'], Filters: [{ Name: 'name', Values: ['amzn2-ami-*'] }] });
    expect(new Set(amazon.map(({ ImageOwnerAlias }) => ImageOwnerAlias))).toEqual(new Set(['amazon']));
    const open = await find({ ExecutableUsers: ['all'], Filters: [{ Name: 'name', Values: ['amzn2-ami-*'] }] });
    expect(new Set(open.map(({ Public }) => Public))).toEqual(new Set([true]));
  });

  // With an owner where the filter leaves thousands of images: moto has no pages.
  test.each<[string, string, string | undefined, (image: Image) => boolean]>([
    ['owner-id', CANONICAL, undefined, ({ OwnerId }) => OwnerId === CANONICAL],
    ['owner-alias', 'amazon', AMAZON_LINUX, ({ ImageOwnerAlias }) => ImageOwnerAlias === 'amazon'],
    ['is-public', 'true', CANONICAL, ({ Public }) => Public === true],
    ['platform', 'windows', undefined, ({ Platform }) => Platform?.toLowerCase() === 'windows'],
    ['root-device-name', '/dev/xvda', AMAZON_LINUX, ({ RootDeviceName }) => RootDeviceName === '/dev/xvda'],
    ['description', '*Ubuntu*', CANONICAL, ({ Description = '' }) => Description.includes('Ubuntu')],
    ['name', 'amzn2-ami-????*', undefined, ({ Name = '' }) => /^amzn2-ami-.{4}/.test(Name)],
    ['image-type', 'machine', CANONICAL, ({ ImageType }) => ImageType === 'machine'],
  ])('filters images by %s = %s', async (Name, value, owner, test) => {
    const Filters = [{ Name, Values: [value] }];
    const images = await find(owner ? { Owners: [owner], Filters } : { Filters });
    expect(images).not.toEqual([]);
    expect(images.filter((image) => !test(image))).toEqual([]);
  });

  test('finds nothing for a value that no image has', async () => {
    for (const Name of ['owner-id', 'platform', 'root-device-type', 'architecture', 'description', 'product-code']) {
      expect(await find({ Filters: [{ Name, Values: ['none-has-this'] }] }), Name).toEqual([]);
    }
  });

  test('lists by alternatives of a filter and by id', async () => {
    const [a = '', b = ''] = (await find({ Owners: [CANONICAL] })).map(({ ImageId }) => ImageId);
    const byFilter = await find({ Filters: [{ Name: 'image-id', Values: [a, b] }] });
    expect(byFilter.map(({ ImageId }) => ImageId).sort()).toEqual([a, b].sort());
    const byId = await find({ ImageIds: [b, a] });
    expect(byId.map(({ ImageId }) => ImageId).sort()).toEqual([a, b].sort());
  });

  test('makes an image of an instance', async () => {
    const id = await create('contract-made', { Description: 'By the contract <suite> & co' });
    expect(id).toMatch(/^ami-[0-9a-f]{8,17}$/);
    const image = await available(id);
    expect(image).toMatchObject({
      ImageId: id,
      Name: 'contract-made',
      Description: 'By the contract <suite> & co',
      OwnerId: '123456789012',
      Public: false,
      Architecture: 'x86_64',
    });
    expect(image?.CreationDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect((await own('name', 'contract-ma*')).map(({ ImageId }) => ImageId)).toEqual([id]);
    expect((await own('state', 'available')).some(({ ImageId }) => ImageId === id)).toBe(true);
    const SnapshotIds = image?.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.SnapshotId ?? '') ?? [];
    const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }));
    expect(Snapshots.length).toBeGreaterThan(0);
    expect(Snapshots[0]).toMatchObject({ State: 'completed', Progress: '100%', OwnerId: '123456789012' });
  });

  test('tags an image as it is made and finds it by its tags', async () => {
    const Tags = [
      { Key: 'Contract', Value: `<b>"it's" & more</b> é 漢字` },
      { Key: 'Empty', Value: '' },
    ];
    const id = await create('contract-tagged', { TagSpecifications: [{ ResourceType: 'image', Tags }] });
    const [image] = await find({ ImageIds: [id] });
    expect([...(image?.Tags ?? [])].sort((a, b) => ((a.Key ?? '') < (b.Key ?? '') ? -1 : 1))).toEqual(Tags);
    expect((await own('tag:Contract', '<b>*')).map(({ ImageId }) => ImageId)).toEqual([id]);
    expect((await own('tag-key', 'Contract')).map(({ ImageId }) => ImageId)).toEqual([id]);
    expect(await own('tag:Contract', 'other')).toEqual([]);
  });

  test('adds, replaces, lists and removes tags', async () => {
    const id = await create('contract-tags');
    const tags = async () => {
      const Filters = [{ Name: 'resource-id', Values: [id] }];
      const { Tags = [] } = await ec2.send(new DescribeTagsCommand({ Filters }));
      expect(Tags.every(({ ResourceId, ResourceType }) => ResourceId === id && ResourceType === 'image')).toBe(true);
      return Object.fromEntries(Tags.map(({ Key = '', Value }) => [Key, Value]));
    };
    const put = (Key: string, Value: string) =>
      ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key, Value }] }));
    await put('a', '1');
    await put('b', '2');
    await put('a', '3');
    expect(await tags()).toEqual({ a: '3', b: '2' });
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'a' }, { Key: 'b', Value: 'other' }] }));
    expect(await tags()).toEqual({ b: '2' });
  });

  test('tells the owner the launch permissions and the description', async () => {
    const ImageId = await create('contract-attributes', { Description: 'described' });
    const ask = (Attribute: 'launchPermission' | 'description') =>
      ec2.send(new DescribeImageAttributeCommand({ ImageId, Attribute }));
    expect(await ask('launchPermission')).toMatchObject({ ImageId, LaunchPermissions: [] });
    expect(await ask('description')).toMatchObject({ ImageId, Description: { Value: 'described' } });
  });

  test('describes an instance and its volumes', async () => {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
    const [instance] = Reservations?.[0]?.Instances ?? [];
    expect(instance).toMatchObject({
      InstanceId: instanceId,
      ImageId: expect.stringMatching(/^ami-[0-9a-f]{8,17}$/),
      State: { Code: 16, Name: 'running' },
      Architecture: 'x86_64',
      RootDeviceType: 'ebs',
      Tags: expect.arrayContaining([{ Key: 'Name', Value: 'web-1' }]),
    });
    expect(instance?.LaunchTime).toBeInstanceOf(Date);
    const [mapping] = instance?.BlockDeviceMappings ?? [];
    expect(mapping).toMatchObject({
      DeviceName: expect.stringMatching(/^\/dev\//),
      Ebs: {
        VolumeId: expect.stringMatching(/^vol-[0-9a-f]{8,17}$/),
        Status: expect.stringMatching(/^(attached|in-use)$/),
      },
    });
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({ VolumeIds: [mapping?.Ebs?.VolumeId ?? ''] }));
    expect(Volumes).toHaveLength(1);
    expect(Volumes?.[0]).toMatchObject({ State: 'in-use', Size: expect.any(Number) });
    expect(Volumes?.[0]?.Attachments?.[0]).toMatchObject({
      InstanceId: instanceId,
      Device: mapping?.DeviceName,
      State: 'attached',
    });
  });

  test('filters instances', async () => {
    const by = async (Name: string, value: string) => {
      const Filters = [{ Name, Values: [value] }];
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
      return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId));
    };
    expect(await by('instance-id', instanceId)).toEqual([instanceId]);
    expect(await by('tag:Name', 'web-1')).toEqual([instanceId]);
    expect(await by('instance-state-name', 'running')).toContain(instanceId);
    expect(await by('instance-state-name', 'stopped')).not.toContain(instanceId);
  });

  test('refuses what does not exist or is no id', async () => {
    const gone = 'ami-0123456789abcdef0';
    const noInstance = 'i-0123456789abcdef0';
    const Tags = [{ Key: 'a', Value: 'b' }];
    const failures = {
      unknownImage: await failureOf(find({ ImageIds: [gone] })),
      malformedImage: await failureOf(find({ ImageIds: ['nonsense'] })),
      unknownInstance: await failureOf(ec2.send(new DescribeInstancesCommand({ InstanceIds: [noInstance] }))),
      noInstanceToImage: await failureOf(create('contract-nothing', { InstanceId: noInstance })),
      unknownTagged: await failureOf(ec2.send(new CreateTagsCommand({ Resources: [gone], Tags }))),
      unknownVolume: await failureOf(ec2.send(new DescribeVolumesCommand({ VolumeIds: ['vol-0123456789abcdef0'] }))),
      unknownSnapshot: await failureOf(
        ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: ['snap-0123456789abcdef0'] })),
      ),
    };
    expect(failures).toEqual({
      unknownImage: 'InvalidAMIID.NotFound 400',
      malformedImage: 'InvalidAMIID.Malformed 400',
      unknownInstance: 'InvalidInstanceID.NotFound 400',
      noInstanceToImage: 'InvalidInstanceID.NotFound 400',
      unknownTagged: 'InvalidAMIID.NotFound 400',
      unknownVolume: 'InvalidVolume.NotFound 400',
      unknownSnapshot: 'InvalidSnapshot.NotFound 400',
    });
  });

  test('answers dry runs without doing anything', async () => {
    expect(await failureOf(find({ DryRun: true }))).toBe('DryRunOperation 412');
    expect(await failureOf(ec2.send(new DescribeInstancesCommand({ DryRun: true })))).toBe('DryRunOperation 412');
    expect(await failureOf(ec2.send(new DescribeRegionsCommand({ DryRun: true })))).toBe('DryRunOperation 412');
    expect(await failureOf(create('contract-dry', { DryRun: true }))).toBe('DryRunOperation 412');
    expect(await own('name', 'contract-dry')).toEqual([]);
    const id = await create('contract-dry-tags');
    const Tags = [{ Key: 'a', Value: 'b' }];
    const tag = ec2.send(new CreateTagsCommand({ Resources: [id], Tags, DryRun: true }));
    expect(await failureOf(tag)).toBe('DryRunOperation 412');
    expect(await own('tag-key', 'a')).toEqual([]);
  });

  test('keeps regions apart', async () => {
    const id = await create('contract-region');
    const elsewhere = new EC2Client({ ...config, region: 'eu-west-1' });
    try {
      const call = elsewhere.send(new DescribeImagesCommand({ ImageIds: [id] }));
      expect(await failureOf(call)).toBe('InvalidAMIID.NotFound 400');
    } finally {
      elsewhere.destroy();
    }
  });
}
