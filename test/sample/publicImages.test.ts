import { DescribeImagesCommand, paginateDescribeImages } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { clientOf, failure, handClock, sampleEc2, servedSample } from './sampleClients.ts';

const OPEN = { ExecutableUsers: ['all'] };

async function listedIds(ec2: ReturnType<typeof clientOf>): Promise<string[]> {
  const ids = [];
  for await (const { Images = [] } of paginateDescribeImages({ client: ec2, pageSize: 1000 }, { ...OPEN })) {
    ids.push(...Images.map(({ ImageId = '' }) => ImageId));
  }
  return ids;
}

test('images that come and go are listed, filtered and found, or not', async () => {
  const clock = handClock('2026-11-23T09:00:00.500Z');
  const { ec2, account } = sampleEc2({ extraImages: 1200, now: clock.now });
  const images = account.publicImages('us-east-1');
  const before = await images.ids();
  expect(await listedIds(ec2)).toEqual(before);
  const added = await images.add(3);
  const gone = [before[1] ?? '', before.at(-1) ?? '', before.at(-700) ?? '', added[1] ?? ''];
  expect(await images.remove([...gone, 'ami-00000000000000000', 'nonsense'])).toEqual(gone);
  expect(await images.remove(gone)).toEqual([]);
  const after = await images.ids();
  expect(new Set(after)).toEqual(new Set([...before, ...added].filter((id) => !gone.includes(id))));
  expect(await listedIds(ec2)).toEqual(after);
  const Filters = [{ Name: 'creation-date', Values: ['2026-11-23*'] }];
  const today = await ec2.send(new DescribeImagesCommand({ ...OPEN, Filters }));
  expect(today.Images?.map(({ ImageId, CreationDate }) => [ImageId, CreationDate])).toEqual([
    [added[0], '2026-11-23T09:00:00.000Z'],
    [added[2], '2026-11-23T09:00:00.000Z'],
  ]);
  for (const id of gone) {
    const byFilter = await ec2.send(new DescribeImagesCommand({ Filters: [{ Name: 'image-id', Values: [id] }] }));
    expect(byFilter.Images ?? []).toEqual([]);
    expect((await failure(ec2.send(new DescribeImagesCommand({ ImageIds: [id] })))).name).toBe('InvalidAMIID.NotFound');
  }
  account.reset();
  expect(await images.ids()).toEqual(before);
});

test('own images do not go away', async () => {
  const { ec2, account } = sampleEc2();
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }));
  expect(await account.publicImages('us-east-1').remove(Images.map(({ ImageId = '' }) => ImageId))).toEqual([]);
});

test('a listing under way gives what it began with', async () => {
  const { ec2, account } = sampleEc2({ extraImages: 100 });
  const images = account.publicImages('us-east-1');
  const before = await images.ids();
  const pages = paginateDescribeImages({ client: ec2, pageSize: 1000 }, { ...OPEN });
  const ids: (string | undefined)[] = [];
  for await (const page of pages) {
    ids.push(...(page.Images ?? []).map(({ ImageId }) => ImageId));
    await images.add(1);
    await images.remove(before.slice(-5));
  }
  expect(ids).toEqual(before);
});

test('from another process', async () => {
  const server = await servedSample({ images: 50, oddImages: true, spread: 'sequentialIds' });
  const url = `${server.url}/_sample/public-images`;
  const ids = async (): Promise<string[]> => (await fetch(`${url}?region=eu-west-1`)).json() as Promise<string[]>;
  const post = (change: unknown) => fetch(url, { method: 'POST', body: JSON.stringify(change) });
  const before = await ids();
  expect(before).toEqual(expect.arrayContaining(['ami-00000000000000032', 'ami-1234abcd']));
  expect(before).toEqual(await listedIds(clientOf(server.url, 'eu-west-1')));
  const added = (await (await post({ region: 'eu-west-1', add: 2 })).json()) as string[];
  expect(added).toEqual(['ami-00000000000000033', 'ami-00000000000000034']);
  const remove = ['ami-00000000000000001', added[0], 'ami-1234abcd'];
  expect(await (await post({ region: 'eu-west-1', remove })).json()).toEqual(remove);
  const expected = [...before, ...added].filter((id) => !remove.includes(id));
  expect((await ids()).sort()).toEqual(expected.sort());
  expect((await fetch(url)).status).toBe(400);
  for (const change of [
    { region: 'eu-west-1' },
    { region: 'eu-west-1', add: -1 },
    { region: 'nowhere', add: 1 },
    null,
  ]) {
    expect((await post(change)).status).toBe(400);
  }
});
