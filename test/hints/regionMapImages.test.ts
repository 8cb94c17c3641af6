import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadRegionMaps } from '../../src/code/regionMaps/loadRegionMaps.ts';
import type { RegionMap } from '../../src/code/regionMaps/regionMap.ts';
import type { Image } from '../../src/core/image.ts';
import type { Connection } from '../../src/ec2/port.ts';
import {
  candidateElsewhere,
  candidatesIn,
  cellImages,
  mapChanges,
  unsettledRegions,
} from '../../src/hints/regionMapImages.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
import { sameImagesIn } from '../../src/images/sameImages.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const never = new AbortController().signal;
const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'] as const;

let sample: OpenSample;
let connection: Connection;
let byId: ImagesById;
/** The newest two of each region, which has them from the same publisher with the same names. */
let noble: Readonly<Record<string, readonly [Image, Image]>>;

beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
  byId = new ImagesById(connection.ec2, { byIds: async () => [] });
  noble = Object.fromEntries(
    await Promise.all(
      regions.map(async (region) => {
        const query = {
          owners: ['099720109477'],
          filters: [{ name: 'name', values: ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*'] }],
        };
        const images: Image[] = [];
        for await (const page of connection.ec2.listImages(region, query, never)) images.push(...page);
        const [first, second] = images.sort((a, b) => (a.name < b.name ? 1 : -1));
        if (!first || !second) throw new Error('There are not enough images.');
        return [region, [first, second]];
      }),
    ),
  );
});
afterEach(() => sample.server.faults.clear());
afterAll(() => sample?.close());

const id = (region: string, age: 0 | 1 = 0) => noble[region]?.[age].id ?? '';

async function mapOf(text: string): Promise<RegionMap> {
  const [map] = await loadRegionMaps({ path: 'x.yaml', text });
  if (!map) throw new Error('There is no map.');
  return map;
}

async function compared(text: string, added: readonly string[] = [], lead = 0) {
  const cells = await cellImages(await mapOf(text), byId, (region) => !region.startsWith('cn-'), never);
  const candidates = candidatesIn(cells);
  const leads = Array.from(candidates.values(), (ofSlot) => ofSlot[lead] ?? ofSlot[0]).filter(
    (each) => each !== undefined,
  );
  const asked = [...unsettledRegions(cells, leads), ...added];
  const answers = await sameImagesIn(
    asked,
    leads.map(({ image }) => image),
    connection.ec2,
    never,
  );
  return { cells, candidates, asked, ...mapChanges(cells, leads, answers) };
}

describe('a map', () => {
  it('needs nothing where each region has the image', async () => {
    const { asked, changes } = await compared(regions.map((region) => `${region}: ${id(region)}`).join('\n'));
    expect(asked).toEqual([]);
    expect(changes).toEqual([]);
  });

  it('gets what is empty, what is in another region only, and new regions, and says which have none', async () => {
    const text = `us-east-1: ${id('us-east-1')}\neu-west-1: TODO\nap-southeast-2: ${id('us-east-1')}\ncn-north-1: ami-0aaaa1111bbbb2222\n`;
    const { asked, changes, missing } = await compared(text, ['af-south-1', 'eu-central-2']);
    expect(asked).toContain('eu-west-1');
    expect(changes.filter(({ region }) => region in noble)).toMatchObject([
      { region: 'eu-west-1', from: undefined, why: 'empty', to: { by: 'name', image: { id: id('eu-west-1') } } },
      {
        region: 'ap-southeast-2',
        from: id('us-east-1'),
        why: 'not-there',
        to: { image: { id: id('ap-southeast-2') } },
      },
    ]);
    expect(changes.filter(({ region }) => region === 'eu-central-2')).toMatchObject([{ why: 'new', from: undefined }]);
    // The account has not opted in to this region.
    expect(missing.find(({ region }) => region === 'af-south-1')?.error).toMatchObject({ region: 'af-south-1' });
  });

  it('has several candidates where its images differ, and is corrected by the one that leads', async () => {
    const text = `us-east-1: ${id('us-east-1')}\neu-west-1: ${id('eu-west-1')}\nap-southeast-2: ${id('ap-southeast-2', 1)}\n`;
    const { candidates } = await compared(text);
    expect(candidates.get('*')).toMatchObject([
      { image: { name: noble['us-east-1']?.[0].name }, regions: expect.arrayContaining(['us-east-1', 'eu-west-1']) },
      { image: { id: id('ap-southeast-2', 1) }, regions: ['ap-southeast-2'] },
    ]);
    expect((await compared(text)).changes).toMatchObject([
      { region: 'ap-southeast-2', why: 'other-image', to: { image: { id: id('ap-southeast-2') } } },
    ]);
    expect((await compared(text, [], 1)).changes).toMatchObject([
      { region: 'us-east-1', to: { image: { id: id('us-east-1', 1) } } },
      { region: 'eu-west-1', to: { image: { id: id('eu-west-1', 1) } } },
    ]);
  });

  it('finds an image whose own region is not in the map', async () => {
    const cells = await cellImages(await mapOf(`eu-west-1: ${id('us-east-1')}\n`), byId, () => true, never);
    expect(candidatesIn(cells).size).toBe(0);
    expect(await candidateElsewhere(cells, '*', regions, byId, never)).toMatchObject({
      image: { id: id('us-east-1') },
    });
    expect(await candidateElsewhere(cells, '*', ['eu-west-1'], byId, never)).toBeUndefined();
  });

  it('keeps the entry of a region that cannot be asked, and gives the error', async () => {
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImages', region: 'sa-east-1' });
    const text = `us-east-1: ${id('us-east-1')}\nsa-east-1: ${id('us-east-1', 1)}\n`;
    const { cells, changes } = await compared(text);
    expect(cells.find(({ region }) => region === 'sa-east-1')?.error).toMatchObject({ kind: 'access-denied' });
    expect(changes).toEqual([]);
  });
});
