import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogPort } from '../../src/catalog/port.ts';
import type { ImageSummary } from '../../src/core/image.ts';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { AccountImages } from '../../src/images/accountImages.ts';
import { FoundImages, type FoundImagesParts, type LoadedImages } from '../../src/images/foundImages.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
import { UnaskedSearch } from '../../src/images/searchedImages.ts';
import type { CatalogRow } from '../../src/protocol/catalog.ts';
import { localEndpoint, type OpenSample, openSample } from '../ec2/openSample.ts';

const regions = ['us-east-1', 'eu-west-1'];

let sample: OpenSample;
let connection: Connection;
let parts: FoundImagesParts;
beforeAll(async () => {
  sample = await openSample(localEndpoint);
  connection = await sample.open();
});
afterAll(() => sample.close());
beforeEach(() => {
  sample.server.requests.length = 0;
  const byId = new ImagesById(connection.ec2, { byIds: async () => [] });
  parts = {
    ec2: connection.ec2,
    byId,
    account: new AccountImages(connection.ec2),
    accountId: () => '123456789012',
    publishers: [],
    catalog: { list: async () => undefined },
    regions,
    loaded: loaded([]),
  };
});
afterEach(() => {
  parts.account.close();
  sample.server.faults.clear();
});

/** A view with these images, and the regions in which it has listed all owned or all shared ones. */
function loaded(
  images: readonly ImageSummary[],
  listed: Readonly<Record<string, 'owned' | 'shared'>> = {},
  own: readonly ImageSummary[] = [],
): LoadedImages {
  return {
    loadedImages: images,
    hasListed: (region, kind) => listed[region] === kind,
    isOwn: ({ region, id }) => own.some((image) => image.region === region && image.id === id),
  };
}

function search(text: string, more: Partial<FoundImagesParts> = {}, before?: FoundImages) {
  const changed = vi.fn();
  const words = new ImageSearch(text);
  const found = before?.next(words) ?? new FoundImages({ ...parts, ...more }, words, changed);
  const imagesIn = (region: string) => imagesOf(found).filter((image) => image.region === region);
  const names = (region: string) => imagesIn(region).map(({ name }) => name);
  return { found, changed, names, imagesIn };
}

const imagesOf = (found: FoundImages) => found.groups.flatMap(({ images }) => images);

/** Of each request to a region: whose images or which one it asks for, and whether deprecated ones, too. */
const asked = (region: string) =>
  sample.server.requests
    .filter((request) => request.action === 'DescribeImages' && request.region === region)
    .map(({ params }) =>
      [
        params['Owner.1'] ?? params['ExecutableBy.1'] ?? `${params['ImageId.1']}`,
        params['IncludeDeprecated'] === 'true' ? 'deprecated' : '',
      ]
        .join(' ')
        .trim(),
    )
    .toSorted();

async function anImage(name: RegExp): Promise<ImageSummary> {
  for await (const page of connection.ec2.listImages('us-east-1', { owners: ['self'] }, new AbortController().signal)) {
    const image = page.find((candidate) => name.test(candidate.name));
    if (image) {
      sample.server.requests.length = 0;
      return image;
    }
  }
  throw new Error('There is no such image.');
}

/** A catalog of one row in each of these regions. */
function aCatalog(includesDeprecated: boolean, where: readonly string[]): Pick<CatalogPort, 'list'> {
  const row: CatalogRow = {
    id: 'ami-0c00c00c00c00c00c',
    name: 'golden-from-the-catalog',
    description: '',
    ownerId: '099720109477',
    ownerAlias: '',
    architecture: 'arm64',
    platform: 'Linux/UNIX',
    virtualizationType: 'hvm',
    bootMode: 'uefi',
    rootDeviceType: 'ebs',
    created: 0,
    deprecated: undefined,
    publisher: undefined,
    family: '',
    size: 8,
    lastSeen: 0,
  };
  return {
    list: async (region) =>
      where.includes(region)
        ? {
            includesDeprecated,
            pages: (async function* () {
              yield [row];
            })(),
          }
        : undefined,
  };
}

describe('found images', () => {
  it('are those that are loaded at once, without a call', async () => {
    const golden = await anImage(/^web-server-golden/);
    const other = { ...golden, id: 'ami-0123456789abcdef0', name: 'something-else', description: '' };
    const { found } = search('GOLDEN web', { loaded: loaded([golden, other, { ...golden, region: 'ap-south-1' }]) });
    expect(found.groups).toEqual([{ standing: 'own', images: [golden] }]);
    expect(found.inRegions).toEqual([]);
    expect(sample.server.requests).toEqual([]);
    expect(search('', { loaded: loaded([golden]) }).found.groups).toEqual([]);
  });

  it('are own ones where a view has listed them as such, whoever their owner is said to be', async () => {
    const golden = await anImage(/^web-server-golden/);
    const shared = { ...golden, id: 'ami-0123456789abcdef0', ownerId: '210987654321' };
    const listed = { 'us-east-1': 'owned', 'eu-west-1': 'owned' } as const;
    const images = [golden, shared];
    const unknown = search('golden', { accountId: () => undefined, loaded: loaded(images, listed, [golden]) });
    expect(unknown.found.groups).toEqual([
      { standing: 'own', images: [golden] },
      { standing: 'shared', images: [shared] },
    ]);
    const other = { ...golden, ownerId: '000000000000' };
    expect(search('golden', { loaded: loaded([other], listed, [other]) }).found.groups).toEqual([
      { standing: 'own', images: [other] },
    ]);
  });

  it('are owned, shared and public ones of every region, newest first', async () => {
    const { found, changed, names, imagesIn } = search('golden');
    await found.ask();
    expect(names('us-east-1').length).toBeGreaterThan(1);
    expect(names('eu-west-1').length).toBeGreaterThan(0);
    const dates = imagesIn('us-east-1').flatMap(({ creationDate, ownerId }) =>
      ownerId === '123456789012' ? [creationDate] : [],
    );
    expect(dates.length).toBeGreaterThan(1);
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(changed).toHaveBeenCalled();
    for (const region of regions) {
      // By name and by description.
      expect(asked(region)).toEqual([
        ...['all', 'all', 'all deprecated', 'all deprecated'],
        ...['self deprecated', 'self deprecated'],
      ]);
      const others = imagesIn(region).filter(({ name, description }) => !/golden/i.test(`${name} ${description}`));
      expect(others).toEqual([]);
    }
  });

  it('are not asked for among deprecated ones where a list has no room for them', async () => {
    const { found, names } = search('ubuntu');
    await found.ask();
    const [first] = found.inRegions;
    expect(names('us-east-1')).toHaveLength(100);
    expect(first?.hidden).toBeGreaterThan(0);
    expect(asked('us-east-1')).toContain('all');
    expect(asked('us-east-1')).not.toContain('all deprecated');
  });

  it.each([
    [true, ['self deprecated', 'self deprecated']],
    [false, ['all deprecated', 'all deprecated', 'self deprecated', 'self deprecated']],
  ])('come from the catalog, which may have deprecated ones (%j), and from EC2 elsewhere', async (has, expected) => {
    const { found, names } = search('golden', { catalog: aCatalog(has, ['eu-west-1']) });
    await found.ask();
    expect(names('eu-west-1')).toContain('golden-from-the-catalog');
    expect(asked('eu-west-1')).toEqual(expected);
    expect(names('us-east-1')).not.toContain('golden-from-the-catalog');
    expect(asked('us-east-1')).toContain('all');
  });

  it('are not asked for where a view has just listed them', async () => {
    const golden = await anImage(/^web-server-golden/);
    const listed = { 'us-east-1': 'owned', 'eu-west-1': 'shared' } as const;
    const late = { ...loaded([golden], listed), loadedImages: [] as ImageSummary[] };
    const { found, names, imagesIn } = search('golden', { loaded: late });
    late.loadedImages.push(golden);
    await found.ask();
    expect(imagesIn('us-east-1').filter((image) => !image.public)).toEqual([golden]);
    expect(names('eu-west-1').length).toBeGreaterThan(0);
    const whose = ({ params }: { readonly params: Readonly<Record<string, string>> }) =>
      Object.keys(params).find((name) => /^(Owner|ExecutableBy)\.1$/.test(name) && params[name] === 'self');
    for (const [region, expected] of [
      ['us-east-1', 'ExecutableBy.1'],
      ['eu-west-1', 'Owner.1'],
    ]) {
      const requests = sample.server.requests.filter((request) => request.region === region);
      expect(requests.flatMap((request) => whose(request) ?? [])).toEqual([expected]);
    }
  });

  it('are not asked for again where the words typed since only add to those before', async () => {
    const { found } = search('web gold');
    await found.ask();
    sample.server.requests.length = 0;
    const more = search('webs golden', {}, found);
    await more.found.ask();
    expect(sample.server.requests).toEqual([]);
    const anew = search('webs golden');
    await anew.found.ask();
    expect(anew.names('us-east-1')).toEqual(more.names('us-east-1'));
    expect(anew.names('eu-west-1')).toEqual(more.names('eu-west-1'));
  });

  it.each([
    ['gold', 'gol'],
    ['gold', 'silver gold'],
    ['gold', 'GOLDEN'],
    ['ami', 'ami-0ab'],
    ['ami-0ab', 'ami-0abc'],
    ['abc', 'abc1'],
    ['name:ubuntu', 'ubuntu'],
    ['-gold', 'golden'],
    // By publisher, owner or architecture alone, EC2 finds what it does not find by the words before.
    ['canonical', 'canonical noble'],
    ['ca 24.04', 'canonical 24.04'],
    ['09972010947', '099720109477'],
    ['ubuntu arm', 'ubuntu arm64'],
    ['ubuntu 2', 'ubuntu 24'],
  ])('for %j are none of the answer for %j', async (first, second) => {
    const { found } = search(first, { regions: ['eu-west-1'] });
    await found.ask();
    sample.server.requests.length = 0;
    await search(second, { regions: ['eu-west-1'] }, found).found.ask();
    expect(asked('eu-west-1')).toContain('all');
  });

  it('are the same after the beginning of the text as without it', async () => {
    const { id, name } = await anImage(/^web-server-golden/);
    for (const [first, second] of [
      [id.slice(8, 11), id.slice(8, 12)],
      ['name:golden', 'golden'],
      ['canonical', 'canonical noble arm64'],
    ] as const) {
      const here = { regions: ['us-east-1'] };
      const { found } = search(first, here);
      await found.ask();
      const [after, alone] = [search(second, here, found), search(second, here)];
      await Promise.all([after.found.ask(), alone.found.ask()]);
      expect(after.names('us-east-1').toSorted()).toEqual(alone.names('us-east-1').toSorted());
      expect(alone.names('us-east-1').includes(name)).toBe(!second.startsWith('canonical'));
    }
  });

  it.each(['before:2024-01-01', 'owner:redhat', 'platform:linux'])(
    'for %j are not said to be absent where nothing can be asked for, and found in a catalog',
    async (text) => {
      const { found } = search(text);
      await found.ask();
      expect(found.inRegions.map(({ error }) => error)).toEqual([expect.any(UnaskedSearch), expect.any(UnaskedSearch)]);
      const inCatalog = search(text, { catalog: aCatalog(true, regions) });
      await inCatalog.found.ask();
      expect(inCatalog.found.inRegions).toEqual([]);
    },
  );

  it.each(['arch:arm64', 'owner:0997'])('for %j are asked for by the field', async (text) => {
    const { found, imagesIn } = search(text, { regions: ['us-east-1'] });
    await found.ask();
    expect(found.inRegions.map(({ error }) => error).filter(Boolean)).toEqual([]);
    expect(imagesIn('us-east-1').some((image) => image.public)).toBe(true);
  });

  it('tell what of the text is not understood', () => {
    expect(search('before:soon').found.problems).toMatchObject([{ kind: 'not-a-date', text: 'before:soon' }]);
    expect(search('golden').found.problems).toEqual([]);
  });

  it('are asked for again in the regions that were not answered whole', async () => {
    sample.server.faults.add({ kind: 'access-denied', region: 'eu-west-1', count: 1 });
    const failed = search('gold');
    await failed.found.ask();
    sample.server.requests.length = 0;
    const more = search('golden', {}, failed.found);
    await more.found.ask();
    expect(more.found.inRegions).toEqual([]);
    expect([...new Set(sample.server.requests.map(({ region }) => region))]).toEqual(['eu-west-1']);
    const many = search('ubuntu', { regions: ['us-east-1'] });
    await many.found.ask();
    sample.server.requests.length = 0;
    const fewer = search('ubuntu noble', { regions: ['us-east-1'] }, many.found);
    expect(fewer.names('us-east-1')).toEqual([]);
    await fewer.found.ask();
    expect(asked('us-east-1')).toContain('all');
  });

  it('come from EC2 where the catalog breaks off', async () => {
    const broken: Pick<CatalogPort, 'list'> = {
      list: async () => ({
        includesDeprecated: true,
        pages: (async function* () {
          yield [];
          throw new Error('The thread has ended.');
        })(),
      }),
    };
    const [without, { found, names }] = [search('golden'), search('golden', { catalog: broken })];
    await Promise.all([without.found.ask(), found.ask()]);
    expect(names('us-east-1')).toEqual(without.names('us-east-1'));
    expect(found.inRegions).toEqual([]);
  });

  it('are not asked for by one letter', () => {
    expect(search('').found.canAsk).toBe(false);
    expect(search('a b').found.canAsk).toBe(false);
    expect(search('a bc').found.canAsk).toBe(true);
  });

  it('by a whole id are asked for once in each region, and known ones not at all', async () => {
    const { id, name } = await anImage(/^web-server-golden/);
    const first = search(id.toUpperCase());
    await first.found.ask();
    expect(first.names('us-east-1')).toEqual([name]);
    expect(regions.map(asked)).toEqual([[`${id} deprecated`], [`${id} deprecated`]]);
    sample.server.requests.length = 0;
    const second = search(id);
    await second.found.ask();
    expect(second.names('us-east-1')).toEqual([name]);
    expect(sample.server.requests).toEqual([]);
  });

  it('by the beginning of an id are those that begin so', async () => {
    const { id, name } = await anImage(/^web-server-golden/);
    const { found, names } = search(id.slice(0, 10));
    await found.ask();
    expect(names('us-east-1')).toContain(name);
    const others = imagesOf(found).filter((image) => !image.id.startsWith(id.slice(0, 10)));
    // An own image may name it in its description.
    expect(others.filter(({ description }) => !description?.includes(id.slice(0, 10)))).toEqual([]);
  });

  it('stay where a region, or one of its questions, fails', async () => {
    sample.server.faults.add({ kind: 'access-denied', region: 'eu-west-1' });
    const { found, names } = search('golden');
    await found.ask();
    expect(names('us-east-1').length).toBeGreaterThan(1);
    expect(found.inRegions.map(({ region, error }) => [region, error])).toEqual([
      ['eu-west-1', expect.objectContaining({ kind: 'access-denied', region: 'eu-west-1' })],
    ]);
    sample.server.faults.clear();
    sample.server.faults.add({ kind: 'access-denied', region: 'us-east-1', count: 1 });
    const partly = search('noble arm64', { regions: ['us-east-1'] });
    await partly.found.ask();
    expect(partly.names('us-east-1').length).toBeGreaterThan(0);
    expect(partly.found.inRegions[0]?.error).toMatchObject({ kind: 'access-denied' });
  });

  it('of a search that was closed are neither told nor kept, and nothing more is asked', async () => {
    sample.server.faults.add({ kind: 'delay', milliseconds: 60_000 });
    const { found, changed } = search('golden');
    const answered = found.ask();
    await vi.waitUntil(() => sample.server.requests.length >= 6, { timeout: 5_000 });
    found.close();
    sample.server.faults.clear();
    const later = search('noble arm64', { regions: ['us-east-1'] });
    await Promise.all([answered, later.found.ask()]);
    expect(changed).not.toHaveBeenCalled();
    expect(found.inRegions).toEqual([]);
    expect(later.names('us-east-1').length).toBeGreaterThan(0);
    expect(later.names('us-east-1').filter((name) => name.includes('golden'))).toEqual([]);
    expect(asked('eu-west-1')).not.toContain('all deprecated');
  });
});
