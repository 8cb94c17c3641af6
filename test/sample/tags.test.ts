import {
  CreateImageCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeTagsCommand,
  DescribeVolumesCommand,
  type EC2Client,
  type Tag,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { failure, sampleEc2 } from './sampleClients.ts';

async function imageId(ec2: EC2Client, name: string): Promise<string> {
  const { Images } = await ec2.send(new DescribeImagesCommand({ Filters: [{ Name: 'name', Values: [name] }] }));
  return Images?.[0]?.ImageId ?? '';
}

async function tagsOf(ec2: EC2Client, id: string): Promise<Record<string, string>> {
  const { Tags = [] } = await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }));
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

test('tags are added, replaced and removed', async () => {
  const { ec2 } = sampleEc2();
  const id = await imageId(ec2, 'demo-kiosk-*');
  const Tags = [
    { Key: 'Name', Value: 'renamed' },
    { Key: 'empty', Value: '' },
    { Key: 'keep', Value: 'it' },
  ];
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
  expect(await tagsOf(ec2, id)).toEqual({ Name: 'renamed', Environment: 'demo', empty: '', keep: 'it' });
  await ec2.send(
    new DeleteTagsCommand({
      Resources: [id],
      Tags: [{ Key: 'Name', Value: 'another value' }, { Key: 'keep', Value: 'it' }, { Key: 'empty' }],
    }),
  );
  expect(await tagsOf(ec2, id)).toEqual({ Name: 'renamed', Environment: 'demo' });
  await ec2.send(new DeleteTagsCommand({ Resources: [id] }));
  expect(await tagsOf(ec2, id)).toEqual({});
  const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [id] }));
  expect(Images).toEqual([expect.not.objectContaining({ Tags: expect.anything() })]);
});

test('what XML cannot carry is replaced, the rest arrives as it is', async () => {
  const { ec2 } = sampleEc2();
  const id = await imageId(ec2, 'demo-kiosk-*');
  const value = `<a href='x'>&amp;</a>]]>\r\n\t "é" 漢字 \u202e`;
  await ec2.send(
    new CreateTagsCommand({
      Resources: [id],
      Tags: [
        { Key: 'hostile', Value: value },
        { Key: 'control', Value: 'a\u0001b' },
      ],
    }),
  );
  expect(await tagsOf(ec2, id)).toMatchObject({ hostile: value, control: 'a\ufffdb' });
});

test.each<[string, Tag[], string]>([
  ['a reserved key', [{ Key: 'aws:x', Value: '' }], 'InvalidParameterValue'],
  ['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: '' }], 'InvalidParameterValue'],
  ['a key of 129 characters beyond the BMP', [{ Key: '\u{1f600}'.repeat(129), Value: '' }], 'InvalidParameterValue'],
  ['an empty key', [{ Key: '', Value: 'v' }], 'InvalidParameterValue'],
  ['no key', [{ Value: 'v' }], 'InvalidParameterValue'],
  ['no value', [{ Key: 'k' }], 'InvalidParameterValue'],
  ['no tags', [], 'InvalidParameterValue'],
  ['a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidParameterValue'],
  ['51 tags', Array.from({ length: 51 }, (_, number) => ({ Key: `k${number}`, Value: '' })), 'TagLimitExceeded'],
  [
    'a key given twice',
    [
      { Key: 'k', Value: '1' },
      { Key: 'k', Value: '2' },
    ],
    'InvalidParameterValue',
  ],
])('refuses %s', async (_, Tags, code) => {
  const { ec2 } = sampleEc2();
  const id = await imageId(ec2, 'edge-cache-arm64-20261115');
  const before = await tagsOf(ec2, id);
  expect(before).toHaveProperty('Team');
  expect((await failure(ec2.send(new CreateTagsCommand({ Resources: [id], Tags })))).name).toBe(code);
  expect(await tagsOf(ec2, id)).toEqual(before);
});

test('refuses resources that do not exist, and then tags none', async () => {
  const { ec2 } = sampleEc2();
  const id = await imageId(ec2, 'demo-kiosk-*');
  const Tags = [{ Key: 'k', Value: 'v' }];
  const send = (Resources: string[]) => failure(ec2.send(new CreateTagsCommand({ Resources, Tags })));
  expect((await send([id, 'ami-0123456789abcdef0'])).name).toBe('InvalidAMIID.NotFound');
  expect((await send([id, 'nonsense'])).name).toBe('InvalidID');
  expect(await tagsOf(ec2, id)).not.toHaveProperty('k');
  const dryRun = await failure(ec2.send(new CreateTagsCommand({ Resources: [id], Tags, DryRun: true })));
  expect(dryRun.name).toBe('DryRunOperation');
  expect(await tagsOf(ec2, id)).not.toHaveProperty('k');
});

test('lengths are counted in characters', async () => {
  const { ec2 } = sampleEc2();
  const id = await imageId(ec2, 'demo-kiosk-*');
  const tag = { Key: '\u{1f600}'.repeat(128), Value: '\u{1f600}'.repeat(256) };
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [tag] }));
  expect(await tagsOf(ec2, id)).toMatchObject({ [tag.Key]: tag.Value });
});

test('a resource that has all the tags it may have can still get other values', async () => {
  const { ec2 } = sampleEc2();
  const id = await imageId(ec2, 'edge-cache-arm64-20261115');
  const count = Object.keys(await tagsOf(ec2, id)).length;
  const more = Array.from({ length: 50 - count }, (_, number) => ({ Key: `k${number}`, Value: '' }));
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: more }));
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'k0', Value: 'other' }] }));
  expect(await tagsOf(ec2, id)).toMatchObject({ k0: 'other', k1: '' });
  const one = new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'one more', Value: '' }] });
  expect((await failure(ec2.send(one))).name).toBe('TagLimitExceeded');
});

test('a tag is removed with the value it has, and an empty value is one', async () => {
  const { ec2 } = sampleEc2();
  const id = await imageId(ec2, 'demo-kiosk-*');
  const Tags = [
    { Key: 'full', Value: 'v' },
    { Key: 'empty', Value: '' },
  ];
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
  const withoutValues = Tags.map(({ Key }) => ({ Key, Value: '' }));
  await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: withoutValues }));
  expect(await tagsOf(ec2, id)).toMatchObject({ full: 'v' });
  expect(await tagsOf(ec2, id)).not.toHaveProperty('empty');
  for (const Tags of [[{ Value: 'v' }], [{ Key: 'k'.repeat(129) }], [{ Key: 'full' }, { Key: 'aws:createdBy' }]]) {
    const refused = await failure(ec2.send(new DeleteTagsCommand({ Resources: [id], Tags })));
    expect(refused.name).toBe('InvalidParameterValue');
  }
  expect(await tagsOf(ec2, id)).toMatchObject({ full: 'v' });
});

test('what has no tags is answered without a set of them', async () => {
  const { ec2 } = sampleEc2();
  const { Volumes = [] } = await ec2.send(new DescribeVolumesCommand({}));
  const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({}));
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}));
  const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  for (const resources of [Volumes, Snapshots, instances, Images]) {
    expect(resources.some((resource) => !('Tags' in resource))).toBe(true);
    expect(resources.filter(({ Tags }) => Tags?.length === 0)).toEqual([]);
  }
  const [volume] = Volumes;
  const Resources = [volume?.VolumeId ?? ''];
  await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'k', Value: 'v' }] }));
  const tagged = await ec2.send(new DescribeVolumesCommand({ VolumeIds: Resources }));
  expect(tagged.Volumes?.[0]?.Tags).toEqual([{ Key: 'k', Value: 'v' }]);
  await ec2.send(new DeleteTagsCommand({ Resources }));
  const again = await ec2.send(new DescribeVolumesCommand({ VolumeIds: Resources }));
  expect(again.Volumes).toEqual([volume]);
});

test('a new image without tags has none, nor have its snapshots', async () => {
  const { ec2 } = sampleEc2({ pendingSeconds: 0 });
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['web-1'] }] }),
  );
  const InstanceId = Reservations[0]?.Instances?.[0]?.InstanceId;
  const { ImageId = '' } = await ec2.send(new CreateImageCommand({ InstanceId, Name: 'untagged', NoReboot: true }));
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }));
  expect(Images[0]).not.toHaveProperty('Tags');
  const SnapshotIds = [Images[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? ''];
  const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds }));
  expect(Snapshots[0]).not.toHaveProperty('Tags');
});

test('what is required is asked for first', async () => {
  const { ec2 } = sampleEc2();
  const missing = { name: 'MissingParameter', message: 'The request must contain the parameter resourceIdSet' };
  const create = new CreateTagsCommand({ Resources: [], Tags: [{ Key: 'k' }] });
  expect(await failure(ec2.send(create))).toMatchObject(missing);
  expect(await failure(ec2.send(new DeleteTagsCommand({ Resources: [] })))).toMatchObject(missing);
});

test('resources are found by the values of their tags', async () => {
  const { ec2 } = sampleEc2();
  const Filters = [{ Name: 'tag-value', Values: ['web-server-gold*'] }];
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'], Filters }));
  expect(Images.length).toBeGreaterThan(5);
  expect(Images.every(({ Tags = [] }) => Tags.some(({ Value }) => Value === 'web-server-golden'))).toBe(true);
});

test('more than a thousand resources are refused', async () => {
  const { ec2, account } = sampleEc2();
  const Resources = (await account.publicImages('us-east-1').ids()).slice(0, 1001);
  const Tags = [{ Key: 'k', Value: 'v' }];
  expect((await failure(ec2.send(new CreateTagsCommand({ Resources, Tags })))).name).toBe('InvalidRequest');
  expect((await failure(ec2.send(new DeleteTagsCommand({ Resources, Tags })))).name).toBe('InvalidRequest');
  await ec2.send(new CreateTagsCommand({ Resources: Resources.slice(1), Tags }));
});
