import { DescribeImagesCommand, type Image } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { createSampleAccount } from '../../src/sample/account.ts';
import { sampleEc2 } from './sampleClients.ts';

describe('odd images', () => {
  const { ec2, account } = sampleEc2({ oddImages: true });
  const all = ec2
    .send(new DescribeImagesCommand({ ExecutableUsers: ['all'], IncludeDeprecated: true, IncludeDisabled: true }))
    .then(({ Images = [] }) => Images.filter(({ OwnerId }) => OwnerId === '111122223333'));

  test.each<[string, (image: Image) => unknown]>([
    ['no date', ({ CreationDate }) => CreationDate === undefined],
    ['an empty date', ({ CreationDate }) => CreationDate === ''],
    ['a date of 1970', ({ CreationDate }) => CreationDate?.startsWith('1970')],
    ['the last date', ({ CreationDate }) => CreationDate === '2099-12-31T23:59:59.999Z'],
    ['a date with an offset', ({ CreationDate }) => CreationDate?.endsWith('+02:00')],
    ['a short id', ({ ImageId }) => ImageId === 'ami-0a12bc34'],
    ['entities', ({ Name, Description }) => Name?.startsWith('<b>odd</b> & ') && Description?.startsWith('&amp; ')],
    ['characters beyond the BMP', ({ Name }) => Name === 'odd-astral-\u{1f600}\u{20bb7}'],
    ['lines', ({ Description }) => Description?.includes('first line\nsecond line\r\nthird')],
    ['an empty name', ({ Name }) => Name === ''],
    ['no name', ({ Name, Description }) => Name === undefined && Description === undefined],
    ['many tags', ({ Tags }) => (Tags?.length ?? 0) > 50],
    ['an instance store', ({ RootDeviceType }) => RootDeviceType === 'instance-store'],
    [
      'no devices',
      ({ RootDeviceType, BlockDeviceMappings }) => RootDeviceType === 'ebs' && !BlockDeviceMappings?.length,
    ],
    ['more than 16 TiB', ({ BlockDeviceMappings = [] }) => sizeOf(BlockDeviceMappings) > 16 * 1024],
    ['an unknown architecture', ({ Architecture }) => (Architecture as string) === 'riscv64'],
    ['a deprecation in the past', ({ DeprecationTime }) => DeprecationTime?.startsWith('2019')],
    ['a deprecation that is no date', ({ DeprecationTime }) => DeprecationTime === 'someday'],
  ])('have %s', async (_what, is) => {
    expect((await all).filter(is)).not.toEqual([]);
  });

  test('have ids of their own and are found by date and id where they have one', async () => {
    const images = await all;
    expect(new Set(images.map(({ ImageId }) => ImageId)).size).toBe(images.length);
    const found = async (Name: string, ...Values: string[]) =>
      (await ec2.send(new DescribeImagesCommand({ Owners: ['111122223333'], Filters: [{ Name, Values }] }))).Images;
    const listed = (await found('owner-id', '*')) ?? [];
    expect(images.length - listed.length).toBe(3);
    for (const prefix of ['2026-11-19', '20', '', 'y', '9']) {
      const expected = listed.filter(({ CreationDate }) => CreationDate?.startsWith(prefix));
      expect(await found('creation-date', `${prefix}*`), prefix).toEqual(expected);
    }
    const byId = listed.filter(({ ImageId }) => ImageId?.startsWith('ami-0000'));
    expect(await found('image-id', 'ami-0000*')).toEqual(byId);
    expect(await account.publicImages('us-east-1').ids()).toEqual(
      expect.arrayContaining(listed.map(({ ImageId }) => ImageId)),
    );
  });

  test('have a shared one whose texts try to be markup', async () => {
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ExecutableUsers: ['self'] }));
    const shared = Images.find(({ Name }) => Name?.startsWith('free/gpu-image'));
    expect(shared?.Description).toContain('<img src=x onerror=alert(1)>');
    expect(shared?.Tags?.some(({ Value }) => Value?.includes('](command:'))).toBe(true);
  });

  test('are not there unless asked for', async () => {
    const ids = await createSampleAccount().publicImages('us-east-1').ids();
    expect(ids).not.toContain('ami-1234abcd');
  });
});

function sizeOf(devices: NonNullable<Image['BlockDeviceMappings']>): number {
  return devices.reduce((sum, { Ebs }) => sum + (Ebs?.VolumeSize ?? 0), 0);
}
