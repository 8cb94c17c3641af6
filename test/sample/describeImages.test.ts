import {
  CreateImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  type DescribeImagesCommandInput,
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  type EC2Client,
  type Image,
  paginateDescribeImages,
} from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { failure, sampleEc2 } from './sampleClients.ts';

async function allPages(ec2: EC2Client, input: DescribeImagesCommandInput, pageSize: number): Promise<Image[]> {
  const images: Image[] = [];
  for await (const page of paginateDescribeImages({ client: ec2, pageSize }, input)) {
    images.push(...(page.Images ?? []));
  }
  return images;
}

async function names(ec2: EC2Client, input: DescribeImagesCommandInput): Promise<string[]> {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand(input));
  return Images.map((image) => image.Name ?? '').sort();
}

function ids(images: readonly Image[]): (string | undefined)[] {
  return images.map((image) => image.ImageId);
}

describe('pages', () => {
  test('give every image exactly once, whatever their size', async () => {
    const { ec2 } = sampleEc2();
    const { Images: whole = [] } = await ec2.send(new DescribeImagesCommand({}));
    const paged = await allPages(ec2, {}, 1000);
    expect(whole.length).toBeGreaterThan(2000);
    expect(new Set(ids(paged)).size).toBe(whole.length);
    expect(ids(paged)).toEqual(ids(whole));
    const small = await allPages(ec2, { Owners: ['self'] }, 5);
    expect(new Set(ids(small)).size).toBe(small.length);
    expect(small).toHaveLength((await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }))).Images?.length ?? 0);
  });

  test('go on after many other listings', async () => {
    const { ec2 } = sampleEc2();
    const own = (NextToken?: string) =>
      ec2.send(new DescribeImagesCommand({ Owners: ['self'], MaxResults: 20, ...(NextToken ? { NextToken } : {}) }));
    const first = await own();
    for (let other = 0; other < 201; other++) {
      const Filters = [{ Name: 'tag:Team', Values: ['web-platform', `other-${other}`] }];
      await ec2.send(new DescribeImagesCommand({ Owners: ['self'], MaxResults: 1, Filters }));
    }
    const second = await own(first.NextToken);
    expect(second.NextToken).toBeUndefined();
    const { Images: whole = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    expect(ids([...(first.Images ?? []), ...(second.Images ?? [])])).toEqual(ids(whole));
  });

  test('stay the same while images are made', async () => {
    const { ec2 } = sampleEc2();
    const page = (NextToken?: string) =>
      ec2.send(new DescribeImagesCommand({ Owners: ['self'], MaxResults: 30, ...(NextToken ? { NextToken } : {}) }));
    const first = await page();
    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'tag:Name', Values: ['web-1'] }] }),
    );
    const InstanceId = Reservations?.[0]?.Instances?.[0]?.InstanceId;
    await ec2.send(new CreateImageCommand({ InstanceId, Name: 'made in between', NoReboot: true }));
    const second = await page(first.NextToken);
    const names = [...(first.Images ?? []), ...(second.Images ?? [])].map(({ Name }) => Name);
    expect(names).not.toContain('made in between');
    expect((await page()).Images?.length).toBe(30);
    expect(new Set(names).size).toBe(names.length);
  });

  test('reach through a synthetic catalog, whose images are found by id', async () => {
    const { ec2 } = sampleEc2({ extraImages: 5000 });
    const filters = [{ Name: 'description', Values: ['Community image*'] }];
    const images = await allPages(ec2, { Filters: filters }, 1000);
    expect(new Set(ids(images)).size).toBe(images.length);
    expect(images.length).toBeGreaterThan(3000);
    const last = images.at(-1);
    const byId = await ec2.send(new DescribeImagesCommand({ ImageIds: [last?.ImageId ?? ''] }));
    expect(byId.Images).toEqual([last]);
  });

  test('refuse sizes out of bounds, other queries’ tokens, and ids beside a size', async () => {
    const { ec2 } = sampleEc2();
    const send = (input: DescribeImagesCommandInput) => failure(ec2.send(new DescribeImagesCommand(input)));
    expect((await send({ MaxResults: 0 })).name).toBe('InvalidParameterValue');
    expect((await send({ MaxResults: 2 ** 31 })).name).toBe('InvalidParameterValue');
    const most = await ec2.send(new DescribeImagesCommand({ MaxResults: 1001 }));
    expect(most.Images).toHaveLength(1000);
    expect(most.NextToken).toBeDefined();
    const { NextToken, Images = [] } = await ec2.send(new DescribeImagesCommand({ MaxResults: 10 }));
    expect(NextToken).toBeDefined();
    expect((await send({ MaxResults: 10, NextToken, Owners: ['amazon'] })).name).toBe('InvalidPaginationToken');
    expect((await send({ MaxResults: 10, NextToken: `${NextToken}x` })).name).toBe('InvalidPaginationToken');
    expect((await send({ MaxResults: 10, NextToken: 'bm9uc2Vuc2U=' })).name).toBe('InvalidPaginationToken');
    expect((await send({ MaxResults: 10, ImageIds: [Images[0]?.ImageId ?? ''] })).name).toBe(
      'InvalidParameterCombination',
    );
    const elsewhere = sampleEc2({}, 'eu-west-1').ec2;
    const token = await failure(elsewhere.send(new DescribeImagesCommand({ MaxResults: 10, NextToken })));
    expect(token.name).toBe('InvalidPaginationToken');
  });
});

describe('owners and users', () => {
  test('self, accounts and aliases are alternatives', async () => {
    const { ec2 } = sampleEc2();
    const own = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    expect(new Set(own.Images?.map((image) => image.OwnerId))).toEqual(new Set(['123456789012']));
    const amazon = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
    expect(new Set(amazon.Images?.map((image) => image.ImageOwnerAlias))).toEqual(new Set(['amazon']));
    const both = await ec2.send(new DescribeImagesCommand({ Owners: ['self', '099720109477'] }));
    expect(new Set(both.Images?.map((image) => image.OwnerId))).toEqual(new Set(['123456789012', '099720109477']));
    const wrong = await failure(ec2.send(new DescribeImagesCommand({ Owners: ['canonical'] })));
    expect(wrong.name).toBe('InvalidUserID.Malformed');
  });

  test('self as a user means what others share, all what is public', async () => {
    const { ec2 } = sampleEc2();
    const shared = await ec2.send(new DescribeImagesCommand({ ExecutableUsers: ['self'] }));
    expect(shared.Images).toHaveLength(5);
    expect(shared.Images?.every((image) => image.OwnerId !== '123456789012' && image.Public === false)).toBe(true);
    const open = await names(ec2, { ExecutableUsers: ['all'], Owners: ['self'] });
    expect(open).toEqual(['demo-kiosk-public-by-mistake-20260704']);
    const given = await names(ec2, { ExecutableUsers: ['345678901234'] });
    expect(given).toEqual(['web-server-golden-20261031', 'web-server-golden-20261114']);
  });

  test('private images of others are not to be seen', async () => {
    const { ec2 } = sampleEc2();
    expect(await names(ec2, { Owners: ['555566667777'] })).toEqual([]);
  });
});

describe('deprecated and disabled images', () => {
  test('those of others are hidden unless asked for, by flag or by id', async () => {
    const { ec2 } = sampleEc2();
    const query = { Owners: ['137112412989'], Filters: [{ Name: 'name', Values: ['al2023-ami-2023.*x86_64'] }] };
    const current = await ec2.send(new DescribeImagesCommand(query));
    const every = await ec2.send(new DescribeImagesCommand({ ...query, IncludeDeprecated: true }));
    const hidden = every.Images?.filter((image) => !current.Images?.some(({ ImageId }) => ImageId === image.ImageId));
    expect(hidden?.length).toBeGreaterThan(10);
    const cutOff = '2026-11-20T12:00:00.000Z';
    expect(hidden?.every(({ DeprecationTime = '' }) => DeprecationTime <= cutOff)).toBe(true);
    expect(current.Images?.every(({ DeprecationTime = '' }) => DeprecationTime > cutOff)).toBe(true);
    const byId = await ec2.send(new DescribeImagesCommand({ ImageIds: [hidden?.[0]?.ImageId ?? ''] }));
    expect(byId.Images).toHaveLength(1);
  });

  test('own deprecated ones are always listed, disabled ones when asked for', async () => {
    const { ec2 } = sampleEc2();
    const own = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    expect(own.Images?.some(({ DeprecationTime = '9' }) => DeprecationTime < '2026-11-20')).toBe(true);
    expect(own.Images?.some(({ State }) => State === 'disabled')).toBe(false);
    const disabled = await names(ec2, {
      Owners: ['self'],
      IncludeDisabled: true,
      Filters: [{ Name: 'state', Values: ['disabled'] }],
    });
    expect(disabled).toEqual(['reporting-service-disabled-20250618', 'web-server-golden-disabled-20250301']);
  });
});

describe('filters', () => {
  const own = async (name: string, ...values: string[]) =>
    names(sampleEc2().ec2, { Owners: ['self'], Filters: [{ Name: name, Values: values }] });

  test('are alternatives within one and all have to hold together', async () => {
    const { ec2 } = sampleEc2();
    const both = await names(ec2, {
      Owners: ['self'],
      Filters: [
        { Name: 'name', Values: ['payments-api-4.12*', 'data-node-*'] },
        { Name: 'architecture', Values: ['arm64'] },
      ],
    });
    expect(both).toEqual(['data-node-2025.4', 'data-node-2026.1', 'data-node-2026.2', 'data-node-2026.3']);
  });

  test('understand wildcards and escapes and mind the case', async () => {
    expect(await own('name', 'payments-api-4.1?.0')).toEqual(['payments-api-4.10.0', 'payments-api-4.12.0']);
    // `?` stands for one character or none.
    expect(await own('name', 'payments-api-4.10?.0')).toEqual(['payments-api-4.10.0']);
    expect(await own('name', 'payments-api-4.12.0?')).toEqual(['payments-api-4.12.0']);
    expect(await own('name', 'payments-api-4.?.0?')).toEqual(['payments-api-4.8.0']);
    expect(await own('name', 'Payments-api-*')).toEqual([]);
    expect(await own('name', 'payments-api-4.12\\*')).toEqual([]);
    expect(await own('name', 'payments-api-4.12.\\0')).toEqual(['payments-api-4.12.0']);
    expect(await own('name', '*kiosk**mistake*')).toHaveLength(1);
    expect(await own('name', 'payments.api*')).toEqual([]);
    expect(await own('creation-date', '2026-11-1*')).toContain('edge-cache-arm64-20261115');
  });

  test('without values find nothing, without a name are invalid', async () => {
    const { ec2 } = sampleEc2();
    expect(await names(ec2, { Filters: [{ Name: 'owner-alias', Values: [] }] })).toEqual([]);
    expect(await names(ec2, { Filters: [{ Name: 'image-id' }] })).toEqual([]);
    expect(await names(ec2, { Owners: ['self'], Filters: [{ Name: 'tag:Team' }] })).toEqual([]);
    expect(await failure(names(ec2, { Filters: [{ Values: ['123'] }] }))).toMatchObject({
      name: 'InvalidParameterValue',
      message: "The filter 'null' is invalid",
    });
    expect((await failure(names(ec2, { Filters: [{ Name: 'no-filter', Values: [] }] }))).message).toBe(
      "The filter 'no-filter' is invalid",
    );
  });

  test('end quickly on a value made of many wildcards', async () => {
    expect(await own('description', `${'*a'.repeat(60)}!`)).toEqual([]);
  });

  test.each([
    ['root-device-type', 'instance-store', 'legacy-batch-2014-instance-store'],
    ['virtualization-type', 'paravirtual', 'legacy-batch-2014-instance-store'],
    ['manifest-location', '*image.manifest.xml', 'legacy-batch-2014-instance-store'],
    ['kernel-id', 'aki-*', 'legacy-batch-2014-instance-store'],
    ['state', 'pending', 'ml-training-20261120-pending'],
    ['state-reason-code', 'Client.InternalError', 'nightly-snapshot-20261113-failed'],
    ['is-public', 'true', 'demo-kiosk-public-by-mistake-20260704'],
    ['tag:Team', 'research', 'ml-training-20261120-pending'],
    ['tag-key', 'Retire?', ''],
    ['block-device-mapping.volume-size', '900', 'ml-training-20261120-pending'],
    ['block-device-mapping.device-name', 'xvdca', 'windows-build-agent-20261010'],
    ['boot-mode', 'nonsense', ''],
    ['public-ssm-parameter-name', '*', ''],
  ])('%s = %s', async (name, value, expected) => {
    expect((await own(name, value)).join()).toBe(expected);
  });

  test('refuse names that EC2 does not know and more than 200 values', async () => {
    const { ec2 } = sampleEc2();
    const send = (Filters: DescribeImagesCommandInput['Filters']) =>
      failure(ec2.send(new DescribeImagesCommand({ Filters })));
    expect((await send([{ Name: 'deprecation-time', Values: ['*'] }])).name).toBe('InvalidParameterValue');
    expect((await send([{ Name: 'constructor', Values: ['*'] }])).name).toBe('InvalidParameterValue');
    const values = Array.from({ length: 201 }, (_, number) => `ami-${number}`);
    expect((await send([{ Name: 'image-id', Values: values }])).name).toBe('FilterLimitExceeded');
    await ec2.send(new DescribeImagesCommand({ Filters: [{ Name: 'image-id', Values: values.slice(1) }] }));
    const many = Array.from({ length: 51 }, (_, number) => ({ Name: `tag:${number}`, Values: ['*'] }));
    expect((await send(many)).name).toBe('FilterLimitExceeded');
    await ec2.send(new DescribeImagesCommand({ Filters: many.slice(1) }));
  });
});

describe('ids', () => {
  test('that are malformed, unknown or hidden fail the whole request', async () => {
    const { ec2 } = sampleEc2();
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    const good = Images[0]?.ImageId ?? '';
    const send = (ImageIds: string[]) => failure(ec2.send(new DescribeImagesCommand({ ImageIds })));
    expect((await send([good, 'ami-xyz'])).name).toBe('InvalidAMIID.Malformed');
    expect((await send([good, 'ami-0123456789abcdef0'])).message).toBe(
      "The image id '[ami-0123456789abcdef0]' does not exist",
    );
    expect((await send(['ami-0123456789abcdef0', 'ami-12345678'])).message).toBe(
      "The image ids '[ami-0123456789abcdef0, ami-12345678]' do not exist",
    );
    const twice = await ec2.send(new DescribeImagesCommand({ ImageIds: [good, good] }));
    expect(twice.Images).toHaveLength(1);
  });

  test('of images that are gone find nothing while an instance uses them, and the others are answered', async () => {
    const { ec2 } = sampleEc2();
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'instance-type', Values: ['t3.micro'] }] }),
    );
    const gone = Reservations[0]?.Instances?.[0]?.ImageId ?? '';
    expect((await ec2.send(new DescribeImagesCommand({ ImageIds: [gone] }))).Images).toEqual([]);
    const { Images: own = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    const good = own[0]?.ImageId ?? '';
    expect(ids((await ec2.send(new DescribeImagesCommand({ ImageIds: [gone, good] }))).Images ?? [])).toEqual([good]);
    const attribute = new DescribeImageAttributeCommand({ ImageId: gone, Attribute: 'description' });
    expect(await failure(ec2.send(attribute))).toMatchObject({
      name: 'InvalidAMIID.Unavailable',
      message: `The image ID '${gone}' is no longer available`,
    });
  });

  test('of images of others that went away say so, unless an instance uses them', async () => {
    const { ec2, account } = sampleEc2();
    const byName = async (name: string) => {
      const Filters = [{ Name: 'tag:Name', Values: [name] }];
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
      return Reservations[0]?.Instances?.[0]?.ImageId ?? '';
    };
    const used = await byName('windows-bastion');
    const open = account.publicImages('us-east-1');
    const unused = (await open.ids()).at(-1) ?? '';
    await open.remove([used, unused]);
    expect((await ec2.send(new DescribeImagesCommand({ ImageIds: [used] }))).Images).toEqual([]);
    const error = await failure(ec2.send(new DescribeImagesCommand({ ImageIds: [used, unused] })));
    expect(error.message).toBe(`The image id '[${unused}]' does not exist`);
  });

  test('are a thousand at most', async () => {
    const { ec2, account } = sampleEc2();
    const known = await account.publicImages('us-east-1').ids();
    const send = (count: number) => ec2.send(new DescribeImagesCommand({ ImageIds: known.slice(0, count) }));
    expect((await send(1000)).Images).toHaveLength(1000);
    expect((await failure(send(1001))).name).toBe('InvalidRequest');
  });

  test('meet the filters too', async () => {
    const { ec2 } = sampleEc2();
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
    const answer = await ec2.send(
      new DescribeImagesCommand({
        ImageIds: [Images[0]?.ImageId ?? ''],
        Filters: [{ Name: 'architecture', Values: ['arm64'] }],
      }),
    );
    expect(answer.Images).toEqual([]);
  });
});

describe('attributes', () => {
  const imageId = async (ec2: EC2Client, name: string) =>
    (await ec2.send(new DescribeImagesCommand({ Filters: [{ Name: 'name', Values: [name] }] }))).Images?.[0]?.ImageId;

  test('tell the owner the launch permissions', async () => {
    const { ec2 } = sampleEc2();
    const permissions = async (name: string) =>
      (
        await ec2.send(
          new DescribeImageAttributeCommand({ ImageId: await imageId(ec2, name), Attribute: 'launchPermission' }),
        )
      ).LaunchPermissions;
    expect(await permissions('demo-kiosk-*')).toEqual([{ Group: 'all' }]);
    expect(await permissions('web-server-golden-20261114')).toEqual([
      { UserId: '210987654321' },
      { UserId: '345678901234' },
    ]);
    expect(await permissions('payments-api-4.12.0')).toEqual([
      { OrganizationArn: 'arn:aws:organizations::210987654321:organization/o-a1b2c3d4e5' },
    ]);
    expect(await permissions('payments-api-4.8.0')).toEqual([]);
  });

  test('are for the owner only, one of them for nobody', async () => {
    const { ec2 } = sampleEc2();
    const ask = async (name: string, Attribute: 'launchPermission' | 'blockDeviceMapping') =>
      failure(ec2.send(new DescribeImageAttributeCommand({ ImageId: await imageId(ec2, name), Attribute })));
    expect((await ask('acme-security-hardened-al2023-*', 'launchPermission')).name).toBe('AuthFailure');
    expect(await ask('edge-cache-arm64-20261115', 'blockDeviceMapping')).toEqual({
      name: 'AuthFailure',
      message: 'Unauthorized attempt to access restricted resource',
      status: 401,
    });
    expect(await ask('edge-cache-arm64-20261115', 'TpmSupport' as 'launchPermission')).toEqual({
      name: 'InvalidRequest',
      message: 'The request received was invalid.',
      status: 400,
    });
  });

  test('with a value', async () => {
    const { ec2 } = sampleEc2();
    const ImageId = await imageId(ec2, 'payments-api-4.12.0');
    const answer = await ec2.send(new DescribeImageAttributeCommand({ ImageId, Attribute: 'description' }));
    expect(answer).toMatchObject({ ImageId, Description: { Value: 'Payments API 4.12.0 on Ubuntu 24.04' } });
  });
});

describe('regions', () => {
  test('are those the account has, and all when asked', async () => {
    const { ec2 } = sampleEc2();
    const { Regions: enabled = [] } = await ec2.send(new DescribeRegionsCommand({}));
    const { Regions: all = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
    expect(enabled.filter(({ OptInStatus }) => OptInStatus === 'opt-in-not-required')).toHaveLength(17);
    expect(enabled.every(({ OptInStatus }) => OptInStatus !== 'not-opted-in')).toBe(true);
    expect(all.find(({ RegionName }) => RegionName === 'ap-east-1')).toEqual({
      RegionName: 'ap-east-1',
      Endpoint: 'ec2.ap-east-1.amazonaws.com',
      OptInStatus: 'not-opted-in',
    });
  });

  test('not opted in answer as to bad keys', async () => {
    const { ec2 } = sampleEc2({}, 'eu-south-1');
    expect(await failure(ec2.send(new DescribeImagesCommand({ Owners: ['self'] })))).toEqual({
      name: 'AuthFailure',
      message: 'AWS was not able to validate the provided access credentials',
      status: 401,
    });
  });
});
