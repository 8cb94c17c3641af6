import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeImagesCommand,
  DescribeTagsCommand,
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
  expect(Images?.[0]).not.toHaveProperty('Tags');
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
