import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Image } from '../../src/core/image.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { SameImage } from '../../src/images/sameImage.ts';
import { isCopy, isSameByName, sameImagesIn } from '../../src/images/sameImages.ts';
import { anImage } from '../core/anImage.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const never = new AbortController().signal;
const canonical = '099720109477';
const noble = 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*';

let sample: OpenSample;
let connection: Connection;

beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
});
beforeEach(() => {
  sample.server.requests.length = 0;
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

async function imageNamed(region: string, owner: string, name: string): Promise<Image> {
  const query = { owners: [owner], filters: [{ name: 'name', values: [name] }] };
  const images: Image[] = [];
  for await (const page of connection.ec2.listImages(region, query, never)) images.push(...page);
  const [image] = images.sort((a, b) => (a.name < b.name ? 1 : -1));
  if (!image) throw new Error(`There is no ${name} in ${region}.`);
  return image;
}

describe('the same image in other regions', () => {
  it('is what the publisher has given the same name, not what others have', async () => {
    const image = await imageNamed('us-east-1', canonical, noble);
    sample.server.requests.length = 0;
    const answers = await sameImagesIn(['eu-west-1', 'ap-southeast-2'], [image], connection.ec2, never);
    for (const { region, found, error } of answers) {
      expect(error).toBeUndefined();
      expect(found.get(image.id)).toMatchObject({
        by: 'name',
        image: { region, name: image.name, ownerId: canonical },
      });
      expect(found.get(image.id)?.image.id).not.toBe(image.id);
    }
    // One question in each region: the images are public.
    expect(sample.server.requests.filter(({ action }) => action === 'DescribeImages')).toHaveLength(2);
  });

  it('is a copy of it, whichever of them the other one was copied from', async () => {
    const image = await imageNamed('us-east-1', 'self', 'payments-api-4.12.0');
    const [answer] = await sameImagesIn(['eu-west-1'], [image], connection.ec2, never);
    const copy = answer?.found.get(image.id);
    expect(copy).toMatchObject({ by: 'copy', image: { name: 'payments-api-4.12.0', sourceImageId: image.id } });
    if (!copy) return;
    const back = await sameImagesIn(['us-east-1', 'ap-southeast-2'], [copy.image], connection.ec2, never);
    expect(back[0]?.found.get(copy.image.id)).toMatchObject({ by: 'copy', image: { id: image.id } });
    expect(back[1]?.found.get(copy.image.id)?.image).not.toMatchObject({ id: image.id });
  });

  it('is found for several images at once, each by itself', async () => {
    const images = [
      await imageNamed('us-east-1', canonical, noble),
      await imageNamed('us-east-1', canonical, noble.replace('amd64', 'arm64')),
      await imageNamed('us-east-1', 'self', 'edge-cache-arm64-20261115'),
    ];
    sample.server.requests.length = 0;
    const [answer] = await sameImagesIn(['eu-west-1'], images, connection.ec2, never);
    expect(images.map(({ id }) => answer?.found.get(id)?.image.name)).toEqual(images.map(({ name }) => name));
    expect(sample.server.requests.length).toBeLessThanOrEqual(3);
  });

  it('is found for more images than one question takes', async () => {
    const images: Image[] = [];
    for await (const page of connection.ec2.listImages('us-east-1', { owners: ['amazon'] }, never))
      images.push(...page);
    const last = await imageNamed('us-east-1', canonical, noble);
    const names = new Set(images.map(({ name }) => name));
    expect(names.size).toBeGreaterThan(200);
    sample.server.requests.length = 0;
    const [answer] = await sameImagesIn(['eu-west-1'], [...images, last], connection.ec2, never);
    expect(answer?.found.get(last.id)?.image.name).toBe(last.name);
    const values = sample.server.requests.map(({ params }) =>
      Object.keys(params).filter((key) => /^Filter\.1\.Value/.test(key)),
    );
    expect(Math.max(...values.map(({ length }) => length))).toBe(200);
  });

  it('is not there where a region has none; a region that fails says why and delays no other', async () => {
    const image = await imageNamed('us-east-1', 'self', 'legacy-batch-2014-instance-store');
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImages', region: 'eu-west-1' });
    const [denied, none] = await sameImagesIn(['eu-west-1', 'ap-southeast-2'], [image], connection.ec2, never);
    expect(denied).toMatchObject({ region: 'eu-west-1', error: { kind: 'access-denied' } });
    expect(none).toMatchObject({ region: 'ap-southeast-2', error: undefined });
    expect(none?.found.size).toBe(0);
  });

  it('is not looked for any longer than the user waits', async () => {
    const image = await imageNamed('us-east-1', canonical, noble);
    sample.server.faults.add({ kind: 'hang', action: 'DescribeImages' });
    const abort = new AbortController();
    const asked = sameImagesIn(['eu-west-1'], [image], connection.ec2, abort.signal);
    abort.abort();
    expect(await asked).toMatchObject([{ error: { kind: 'cancelled' } }]);
  });
});

describe('two images', () => {
  const base = anImage({ region: 'us-east-1', id: 'ami-1', name: 'web-1', ownerId: '1', ownerAlias: undefined });

  it('are the same by name only with owner and architecture', () => {
    const other = { ...base, region: 'eu-west-1', id: 'ami-2' };
    expect(isSameByName(base, other)).toBe(true);
    expect(isSameByName(base, { ...other, ownerId: '2' })).toBe(false);
    expect(isSameByName({ ...base, ownerAlias: 'amazon' }, { ...other, ownerId: '2', ownerAlias: 'amazon' })).toBe(
      true,
    );
    expect(isSameByName(base, { ...other, architecture: 'arm64' })).toBe(false);
    expect(isSameByName({ ...base, name: '' }, { ...other, name: '' })).toBe(false);
  });

  it('are copies by their sources in other regions', () => {
    const copy = { ...base, region: 'eu-west-1', id: 'ami-2', sourceImageId: 'ami-1', sourceImageRegion: 'us-east-1' };
    expect(isCopy(base, copy)).toBe(true);
    expect(isCopy(copy, base)).toBe(true);
    expect(isCopy(copy, { ...copy, region: 'sa-east-1', id: 'ami-3' })).toBe(true);
    // An image of an instance that was launched from another image is no copy of that.
    expect(isCopy(base, { ...copy, region: 'us-east-1' })).toBe(false);
    expect(isCopy({ ...base, id: 'ami-9' }, copy)).toBe(false);
  });
});

describe('the same image on demand', () => {
  it('is asked for again once an image has changed, also where the question is under way', async () => {
    const image = await imageNamed('us-east-1', canonical, noble);
    const same = new SameImage(connection.ec2);
    sample.server.requests.length = 0;
    const found = await same.find(image, 'eu-west-1', never);
    expect(found?.name).toBe(image.name);
    await same.find(image, 'eu-west-1', never);
    expect(sample.server.requests).toHaveLength(1);
    same.forget();
    const underWay = same.find(image, 'eu-west-1', never);
    same.forget();
    await underWay;
    await same.find(image, 'eu-west-1', never);
    expect(sample.server.requests).toHaveLength(3);
  });
});
