import { DescribeImagesCommand, type EC2Client, type Filter, paginateDescribeImages } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { sampleEc2 } from './sampleClients.ts';

async function listed(ec2: EC2Client, ...Filters: Filter[]): Promise<{ id: string; date: string }[]> {
  const images = [];
  for await (const { Images = [] } of paginateDescribeImages(
    { client: ec2, pageSize: 1000 },
    { ExecutableUsers: ['all'], ...(Filters.length > 0 ? { Filters } : {}) },
  )) {
    images.push(...Images.map(({ ImageId = '', CreationDate = '' }) => ({ id: ImageId, date: CreationDate })));
  }
  return images;
}

function by(Name: string, ...Values: string[]): Filter {
  return { Name, Values };
}

describe.each(['recent', 'sequentialIds'] as const)('a catalog spread %s', (spread) => {
  const { ec2 } = sampleEc2({ extraImages: 2500, spread });
  const all = listed(ec2);

  test.each<[string, RegExp, string[]]>([
    ['image-id', /^ami-0a/, ['ami-0a*']],
    ['image-id', /^ami-0(0|a|ff)/, ['ami-0a*', 'ami-0ff*', 'ami-0a12*', 'ami-00*']],
    ['image-id', /^ami-/, ['ami-*']],
    ['image-id', /^ami-0.?7/, ['ami-0?7*']],
    ['image-id', /^$/, ['ami-', 'AMI-0*', '']],
    ['image-id', /./, ['*']],
    ['creation-date', /^2026-11-1/, ['2026-11-1*']],
    ['creation-date', /^(2025|2026-0[19]-)/, ['2025*', '2026-01-*', '2026-09-*', '2025-12*']],
    ['creation-date', /^2026-1.?-0/, ['2026-1?-0*']],
    ['creation-date', /T23:/, ['*T23:*']],
    ['creation-date', /^2026-11-19/, ['2026-11-19**']],
    ['creation-date', /^2026-11-/, ['2026\\-11-*']],
  ])('%s like %s is found by %j', async (name, pattern, values) => {
    const expected = (await all).filter(({ id, date }) => pattern.test(name === 'image-id' ? id : date));
    expect(await listed(ec2, by(name, ...values))).toEqual(expected);
  });

  test('exact values and several filters are found too', async () => {
    const images = await all;
    const [first, last] = [images[17], images.at(-17)];
    expect(await listed(ec2, by('image-id', last?.id ?? '', first?.id ?? '', 'ami-0'))).toEqual([first, last]);
    const date = last?.date ?? '';
    expect(await listed(ec2, by('creation-date', date))).toEqual(images.filter((image) => image.date === date));
    const both = [
      by('creation-date', '2026-1*'),
      by('image-id', 'ami-0*'),
      by('is-public', 'true'),
      by('state', 'available'),
    ];
    expect(await listed(ec2, ...both)).toEqual(images.filter(({ date }) => date.startsWith('2026-1')));
    expect(await listed(ec2, by('creation-date', '2026*'), by('is-public', 'false'))).toEqual([]);
    const arm = await listed(ec2, by('creation-date', '2026*'), by('architecture', 'arm64'));
    const intel = await listed(ec2, by('creation-date', '2026*'), by('architecture', 'x86_64', '*mac', 'i386'));
    const everyOne = images.filter(({ date }) => date.startsWith('2026')).map(({ id }) => id);
    expect([...arm, ...intel].map(({ id }) => id).sort()).toEqual(everyOne.sort());
    expect(arm.length * intel.length).toBeGreaterThan(0);
  });

  test('every image is found by its id, and others are not', async () => {
    const images = await all;
    expect(new Set(images.map(({ id }) => id)).size).toBe(images.length);
    const ImageIds = images.slice(-400).map(({ id }) => id);
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds }));
    expect(Images.map(({ ImageId }) => ImageId)).toEqual(ImageIds);
    await expect(ec2.send(new DescribeImagesCommand({ ImageIds: ['ami-00000000000000000'] }))).rejects.toMatchObject({
      name: 'InvalidAMIID.NotFound',
    });
  });
});

test('spreads are what they say', async () => {
  const of = async (spread: 'even' | 'recent' | 'oneDay' | 'sequentialIds') =>
    (await listed(sampleEc2({ extraImages: 3000, spread }).ec2)).slice(-3000);
  const recent = (await of('recent')).filter(({ date }) => date >= '2026-09-20');
  expect(recent.length).toBeGreaterThan(2400);
  expect(recent.length).toBeLessThan(2900);
  expect(new Set((await of('oneDay')).map(({ date }) => date.slice(0, 10))).size).toBe(1);
  const sequential = await of('sequentialIds');
  expect([sequential[0]?.id, sequential[2999]?.id]).toEqual(['ami-00000000000000001', 'ami-00000000000000bb8']);
});

test('tokens go on in the listing that they were given for, and its last page can be asked for again', async () => {
  const { ec2 } = sampleEc2({ extraImages: 1500 });
  const page = async (NextToken?: string) =>
    ec2.send(
      new DescribeImagesCommand({
        Filters: [by('description', 'Community image*')],
        MaxResults: 500,
        ...(NextToken ? { NextToken } : {}),
      }),
    );
  const [first, other] = await Promise.all([page(), page()]);
  expect(first.Images).toEqual(other.Images);
  expect(first.NextToken).not.toBe(other.NextToken);
  const last = await page(first.NextToken);
  expect(last.NextToken).toBeUndefined();
  expect((await page(first.NextToken)).Images).toEqual(last.Images);
  expect((await page(other.NextToken)).Images).toEqual(last.Images);
});
