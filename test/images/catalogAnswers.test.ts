import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Catalog } from '../../src/catalog/catalog.ts';
import type { CatalogPort, CatalogQuestion } from '../../src/catalog/port.ts';
import type { Image, ImageSummary } from '../../src/core/image.ts';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import { isDeprecated } from '../../src/core/lifecycle.ts';
import { familyPin, newestOfPin, type Pin, pinKey } from '../../src/core/pins.ts';
import { publisherOf } from '../../src/core/publishers.ts';
import type { Connection, ImageQuery } from '../../src/ec2/port.ts';
import { AccountImages } from '../../src/images/accountImages.ts';
import { ConnectionImages } from '../../src/images/connectionImages.ts';
import { FoundImages } from '../../src/images/foundImages.ts';
import { ImageQuestions } from '../../src/images/imageQuestions.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
import { Listing } from '../../src/images/listing.ts';
import { pinnedImages } from '../../src/images/pinnedImages.ts';
import type { CatalogRow } from '../../src/protocol/catalog.ts';
import { catalogThreads } from '../catalog/catalogThreads.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const region = 'us-east-1';
const never = new AbortController().signal;

let folder: string;
let sample: OpenSample;
let connection: Connection;
let catalog: Catalog;
let byId: ImagesById;
/** How often the connection was asked for as for the user. */
let wanted = 0;
let questions: CatalogQuestion[];
/** The catalog, with its questions recorded. */
let asked: CatalogPort;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ami-explorer-images-'));
  sample = await openSample(localEndpoint, { images: 3_000 });
  connection = await sample.open();
  catalog = new Catalog({
    folder: join(folder, 'catalog'),
    threads: catalogThreads,
    connection: async () => {
      wanted += 1;
      return connection;
    },
    quietConnection: async () => connection,
    includeDeprecated: () => false,
    maxSize: () => 1e9,
  });
  const reader = catalog.open(region, []);
  reader.download();
  await new Promise<void>((resolve) => {
    reader.onDidChange(() => reader.status.completed !== undefined && !reader.status.download && resolve());
  });
  reader.close();
});
afterAll(async () => {
  await catalog?.dispose();
  await sample?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});
beforeEach(() => {
  questions = [];
  asked = Object.create(catalog, {
    list: {
      value: (where: string, question: CatalogQuestion) => {
        questions.push(question);
        return catalog.list(where, question);
      },
    },
  });
  byId = new ImagesById(connection.ec2, catalog);
  sample.calls.length = 0;
});

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const page of pages) {
    found.push(...page);
  }
  return found;
}

const listed = (query: ImageQuery): Promise<readonly Image[]> => all(connection.ec2.listImages(region, query, never));

/** A pin of each family of these images. */
function pinsOf(images: readonly ImageSummary[]): readonly Pin[] {
  const pins = new Map<string, Pin>();
  for (const image of images) {
    const pin = familyPin(image);
    if (pin) {
      pins.set(pinKey(pin), pin);
    }
  }
  return [...pins.values()];
}

const newestOfFamily = (pin: Pin, images: readonly ImageSummary[]) =>
  pin.kind === 'family' ? newestOfPin(pin, images) : undefined;
const idsOf = (images: readonly ImageSummary[]) => images.map(({ id }) => id).sort();
const pinned = (pins: readonly Pin[], fresh = false, where = region) =>
  all(pinnedImages({ ec2: connection.ec2, byId, catalog: asked }, where, pins, fresh, never));

describe('pinned families', () => {
  it('are answered by the catalog, all in one question and as EC2 answers, without a call', async () => {
    const given = await listed({ owners: ['amazon', '099720109477', '136693071363', '309956199498'] });
    // The catalog has none that are deprecated by now.
    const published = given.filter((image) => !isDeprecated(image, Date.now()));
    const pins = pinsOf(published);
    expect(pins.length).toBeGreaterThan(20);
    sample.calls.length = 0;
    const found = await pinned(pins);
    expect(idsOf(found)).toEqual(idsOf(pins.flatMap((pin) => newestOfFamily(pin, published) ?? [])));
    expect(sample.calls).toEqual([]);
    expect(questions).toHaveLength(1);
    sample.server.requests.length = 0;
    expect(idsOf(await pinned(pins, true))).toEqual(idsOf(found));
    expect(questions).toHaveLength(1);
    // One question for all pins of an owner and architecture.
    const asked = new Set(
      pins.map((pin) => pin.kind === 'family' && [pin.ownerAlias ?? pin.ownerId, pin.architecture].join()),
    );
    expect(asked.size).toBeLessThan(pins.length / 2);
    expect(sample.server.requests.filter(({ params }) => !params['NextToken'])).toHaveLength(asked.size);
  });

  it('are asked of EC2 where the region has no catalog, or where the publisher has given them up', async () => {
    const owners = ['amazon', '099720109477', '309956199498'];
    const current = pinsOf(await listed({ owners }));
    const keys = new Set(current.map(pinKey));
    const past = pinsOf(await listed({ owners, includeDeprecated: true })).filter((pin) => !keys.has(pinKey(pin)));
    const pins = [...current.slice(0, 1), ...past.slice(0, 1)];
    expect(pins).toHaveLength(2);
    sample.calls.length = 0;
    expect(await pinned(pins)).toHaveLength(2);
    expect(sample.calls.map(({ operation }) => operation)).toEqual(['DescribeImages', 'DescribeImages']);
    sample.calls.length = 0;
    await pinned(pins.slice(0, 1), false, 'eu-west-1');
    expect(sample.calls.map((call) => call.region)).toEqual(['eu-west-1']);
  });

  it('of the account itself are asked of EC2: the newest may not be public', async () => {
    const owned = await listed({ owners: ['self'] });
    const pins = pinsOf(owned.filter((image) => image.public));
    expect(pins.length).toBeGreaterThan(0);
    sample.calls.length = 0;
    const found = await pinned(pins);
    expect(idsOf(found)).toEqual(idsOf(pins.flatMap((pin) => newestOfFamily(pin, owned) ?? [])));
    expect(questions).toEqual([]);
    expect(sample.calls.length).toBe(new Set(pins.map((pin) => pin.kind === 'family' && pin.architecture)).size);
  });
});

describe('images that are known', () => {
  it('are known by id from the catalog, of several regions and without a call', async () => {
    const [first, second] = await listed({ owners: ['099720109477'] });
    sample.calls.length = 0;
    const refs = [
      { region, id: second?.id ?? '' },
      { region: 'eu-west-1', id: first?.id ?? '' },
      { region, id: 'ami-00000000000000001' },
      { region, id: first?.id ?? '' },
    ];
    const found = await byId.getWithoutCall(refs);
    expect(found.map((image) => image?.name)).toEqual([second?.name, undefined, undefined, first?.name]);
    expect(byId.cached(refs[0] ?? { region, id: '' })?.ownerId).toBe('099720109477');
    expect(sample.calls).toEqual([]);
  });

  it('are read with the connection of the background, which asks the user for nothing', async () => {
    const before = wanted;
    await byId.getWithoutCall([{ region, id: 'ami-00000000000000001' }]);
    await catalog.byIds(region, ['ami-00000000000000001']);
    await catalog.list(region, { kind: 'newest', families: [] });
    expect(wanted).toBe(before);
  });

  it('are not taken from a catalog once EC2 has said that they are gone', async () => {
    const [image] = await listed({ owners: ['136693071363'] });
    const ref = { region, id: image?.id ?? '' };
    expect((await byId.getWithoutCall([ref]))[0]?.name).toBe(image?.name);
    await sample.server.account.publicImages(region).remove([ref.id]);
    expect(await byId.get(ref, never)).toBeUndefined();
    expect(byId.cached(ref)).toBeUndefined();
    expect(await byId.getWithoutCall([ref])).toEqual([undefined]);
  });

  it('are asked of no catalog that cannot be read, nor waited for', async () => {
    const broken = new ImagesById(connection.ec2, { byIds: () => Promise.reject(new Error('It is damaged.')) });
    expect(await broken.getWithoutCall([{ region, id: 'ami-00000000000000001' }])).toEqual([undefined]);
    const silent = new ImagesById(connection.ec2, { byIds: () => new Promise(() => {}) });
    expect(await silent.getWithoutCall([{ region, id: 'ami-00000000000000001' }])).toEqual([undefined]);
  });
});

describe('a search', () => {
  const withoutCatalog = (): CatalogPort => Object.create(catalog, { list: { value: async () => undefined } });

  /** As the filter of the Images view asks. */
  const inView = async (text: string, from: CatalogPort, inCatalog = false) => {
    const parts = { connection, images: new ConnectionImages(catalog), catalog: from };
    const question = { kind: 'search', search: new ImageSearch(text), publishers: [], inCatalog } as const;
    const source = new ImageQuestions(parts).of(region, question);
    const listing = new Listing(
      (signal) => source.ask(signal, false),
      () => {},
    );
    listing.begin(source.readAhead);
    await listing.answer(30_000);
    expect(listing).toMatchObject({ complete: true, error: undefined });
    return listing.items;
  };

  /** As Find Image… shows it, and how many images it has not shown. */
  const inFind = async (text: string, from: CatalogPort) => {
    const account = new AccountImages(connection.ec2);
    const found = new FoundImages(
      {
        ec2: connection.ec2,
        byId,
        account,
        accountId: () => '123456789012',
        publishers: [],
        catalog: from,
        regions: [region],
        loaded: { loadedImages: [], hasListed: () => false, isOwn: () => false },
      },
      new ImageSearch(text),
      () => {},
    );
    await found.ask();
    const { groups, inRegions } = found;
    found.close();
    account.close();
    return { shown: groups.flatMap(({ images }) => images), hidden: inRegions[0]?.hidden ?? 0 };
  };

  const inPanel = async (text: string) => {
    const reader = catalog.open(region, []);
    const query = { text, facets: {}, newestOnly: false, sort: { column: 'created', descending: true } } as const;
    const { rows } = await reader.query(query, 0, 10_000);
    reader.close();
    return rows.map(({ id }) => id).sort();
  };

  /** All public images, those that are not deprecated, and those of the account; listed once. */
  let known: ReturnType<typeof listAll> | undefined;
  const listAll = async () => [
    await listed({ executableUsers: ['all'], includeDeprecated: true }),
    await listed({ executableUsers: ['all'] }),
    [
      ...(await listed({ owners: ['self'], includeDeprecated: true, includeDisabled: true })),
      ...(await listed({ executableUsers: ['self'], includeDeprecated: true })),
    ],
  ];

  it.each([
    'red hat 9',
    'rhel 9',
    'amazon linux 2023',
    'amazon linux 2',
    'windows server 2022',
    'ubuntu 24.04 arm64',
    'ubuntu noble amd64 server',
    'debian 12 x86_64',
    'canonical 22.04',
    'suse 15',
    'community',
    'bottlerocket',
    'noble -arm64',
    'owner:canonical noble',
    '099720109477 noble',
  ])(
    'finds the same images in the filter, in Find Image… and in the catalog, with and without a catalog: %j',
    async (text) => {
      const wanted = new ImageSearch(text);
      known ??= listAll();
      const [all = [], current = [], mine = []] = (await known).map((images) =>
        images.filter((image) => wanted.matches(image, [])),
      );
      expect(current.length).toBeGreaterThan(0);
      expect(await inPanel(text)).toEqual(idsOf(current));
      expect(idsOf(await inView(text, asked, true))).toEqual(idsOf(current));
      expect(idsOf(await inView(text, asked))).toEqual(idsOf(all));
      expect(idsOf(await inView(text, withoutCatalog()))).toEqual(idsOf(all));
      for (const from of [catalog, withoutCatalog()]) {
        const { shown, hidden } = await inFind(text, from);
        const possible = new Set(idsOf([...all, ...mine]));
        expect(shown.filter(({ id }) => !possible.has(id))).toEqual([]);
        // Deprecated images are not asked for where there is no room for them.
        const fewest = new Set(idsOf([...current, ...mine])).size;
        // A question ends after so many images.
        expect(shown.length + hidden).toBeGreaterThanOrEqual(Math.min(fewest, 1_000));
        expect(shown.length === 100 || shown.length === possible.size).toBe(true);
      }
    },
  );

  it('shows the best first', async () => {
    const { shown } = await inFind('amazon linux 2', catalog);
    const published = shown.filter((image) => image.public);
    expect(published.slice(0, 20).filter(({ name }) => !name.startsWith('amzn2-'))).toEqual([]);
    const windows = (await inFind('windows server 2022', withoutCatalog())).shown;
    const owners = windows.map((image) => publisherOf(image)?.name);
    expect(owners[0]).toBe('Microsoft Windows Server');
    expect(owners.lastIndexOf('Microsoft Windows Server')).toBeLessThan(
      owners.includes(undefined) ? owners.indexOf(undefined) : owners.length,
    );
  });

  it.each([
    ['at its beginning', 0],
    ['after its first rows', 1],
  ])('is gone on with by EC2 where the catalog breaks %s, and nothing is lost or there twice', async (_, pages) => {
    const everything = await listed({ executableUsers: ['all'], includeDeprecated: true });
    const wanted = everything.filter((image) => new ImageSearch('ubuntu').matches(image, []));
    let given = 0;
    async function* breaking(rows: AsyncIterable<readonly CatalogRow[]>) {
      let left = pages;
      for await (const page of rows) {
        if (left === 0) {
          throw new Error('The thread has ended.');
        }
        left -= 1;
        given += page.length;
        yield page;
      }
    }
    for (const includesDeprecated of [false, true]) {
      const broken: CatalogPort = Object.create(catalog, {
        list: {
          value: async (where: string, question: CatalogQuestion) => {
            const listing = await catalog.list(where, question);
            return listing && { pages: breaking(listing.pages), includesDeprecated };
          },
        },
      });
      expect(idsOf(await inView('ubuntu', broken))).toEqual(idsOf(wanted));
    }
    expect(given > 0).toBe(pages > 0);
  });
});
