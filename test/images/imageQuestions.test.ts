import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogPort } from '../../src/catalog/port.ts';
import type { ImageSummary } from '../../src/core/image.ts';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import { imagePin } from '../../src/core/pins.ts';
import { familiesOf, type PublicFamily } from '../../src/core/publicFamilies.ts';
import { publishersIn } from '../../src/core/publishers.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { ConnectionImages } from '../../src/images/connectionImages.ts';
import { type ImageQuestion, ImageQuestions } from '../../src/images/imageQuestions.ts';
import { Listing } from '../../src/images/listing.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const region = 'us-east-1';
const never = new AbortController().signal;

/** No region has a catalog. */
const noCatalog: Pick<CatalogPort, 'list' | 'byIds'> = { list: async () => undefined, byIds: async () => [] };

let sample: OpenSample;
let connection: Connection;
let images: ConnectionImages;
beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
});
afterAll(() => sample?.close());
beforeEach(() => {
  sample.server.faults.clear();
  sample.calls.length = 0;
  images = new ConnectionImages(noCatalog);
});

/** The listing of a question, read to its end or first error. */
async function read(question: ImageQuestion, where = region): Promise<Listing<ImageSummary>> {
  const { ask, readAhead } = new ImageQuestions({ connection, images, catalog: noCatalog }).of(where, question);
  const listing = new Listing<ImageSummary>(
    (signal) => ask(signal, false),
    () => {},
  );
  listing.begin(readAhead);
  await listing.answer(30_000);
  return listing;
}

function families(publisherId: string): readonly PublicFamily[] {
  const publisher = publishersIn('aws').find(({ id }) => id === publisherId);
  return publisher ? familiesOf(publisher, 'aws') : [];
}

describe('the listings of the Images view', () => {
  it('have the images that the account owns, deprecated and disabled ones too, in one call', async () => {
    const listing = await read({ kind: 'owned' });
    expect(listing).toMatchObject({ complete: true, error: undefined });
    const account = (await connection.ec2.identity(never)).account;
    expect(new Set(listing.items.map(({ ownerId }) => ownerId))).toEqual(new Set([account]));
    expect(listing.items.map(({ state }) => state)).toContain('disabled');
    expect(listing.items.some(({ deprecationTime }) => Date.parse(deprecationTime ?? '') < Date.now())).toBe(true);
    expect(sample.calls.filter(({ operation }) => operation === 'DescribeImages')).toHaveLength(1);
  });

  it('have what others share with it, and nothing of its own', async () => {
    const [owned, shared] = [await read({ kind: 'owned' }), await read({ kind: 'shared' })];
    expect(shared.items).not.toEqual([]);
    const own = new Set(owned.items.map(({ id }) => id));
    expect(shared.items.filter(({ id }) => own.has(id))).toEqual([]);
  });

  it('have the public images of a family, of its publisher alone', async () => {
    const listings = await Promise.all(families('canonical').map((family) => read({ kind: 'family', family })));
    const items = listings.flatMap((listing) => listing.items);
    expect(new Set(items.map(({ ownerId }) => ownerId))).toEqual(new Set(['099720109477']));
    expect(new Set(items.map(({ id }) => id)).size).toBeGreaterThan(10);
  });

  it('have what is pinned in the region alone', async () => {
    const [here] = (await read({ kind: 'owned' })).items;
    const [there] = (await read({ kind: 'owned' }, 'eu-west-1')).items;
    if (!here || !there) throw new Error('A region has no image.');
    const pins = [imagePin(here), imagePin(there)];
    expect((await read({ kind: 'pinned', pins })).items.map(({ id }) => id)).toEqual([here.id]);
    expect((await read({ kind: 'pinned', pins }, 'eu-west-1')).items.map(({ id }) => id)).toEqual([there.id]);
  });

  it('make known by id what they list, without a further call', async () => {
    const [image] = (await read({ kind: 'owned' })).items;
    if (!image) throw new Error('The account has no image.');
    sample.calls.length = 0;
    expect((await images.of(connection).get(image, never))?.name).toBe(image.name);
    expect(sample.calls).toEqual([]);
  });

  it('say what went wrong, and ask again when they are asked for more', async () => {
    sample.server.faults.add({ kind: 'access-denied', action: 'DescribeImages', count: 1 });
    const listing = await read({ kind: 'owned' });
    expect(listing).toMatchObject({ complete: false, error: { kind: 'access-denied', region } });
    expect(listing.items).toEqual([]);
    listing.more({ items: 3_000, pages: Number.POSITIVE_INFINITY });
    await listing.answer(30_000);
    expect(listing).toMatchObject({ complete: true, error: undefined });
    expect(listing.items).not.toEqual([]);
  });

  it('stand each for themselves: a region, a family, words', () => {
    const questions = new ImageQuestions({ connection, images, catalog: noCatalog });
    const asked: readonly ImageQuestion[] = [
      { kind: 'owned' },
      { kind: 'shared' },
      ...[...families('canonical'), ...families('debian')].map((family) => ({ kind: 'family', family }) as const),
      ...['web', 'web app'].flatMap((text) =>
        [false, true].map(
          (inCatalog) => ({ kind: 'search', search: new ImageSearch(text), publishers: [], inCatalog }) as const,
        ),
      ),
      { kind: 'pinned', pins: [] },
      { kind: 'pinned', pins: [imagePin({ region, id: 'ami-000001', name: '' })] },
    ];
    const keys = ['us-east-1', 'eu-west-1'].flatMap((where) => asked.map((each) => questions.of(where, each).key));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
