import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogPort } from '../../src/catalog/port.ts';
import type { ImageSummary } from '../../src/core/image.ts';
import { splitWords } from '../../src/core/search.ts';
import type { Connection } from '../../src/ec2/port.ts';
import { FoundImages, type FoundImagesParts, type LoadedImages } from '../../src/images/foundImages.ts';
import { ImagesById } from '../../src/images/imagesById.ts';
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
  parts = { ec2: connection.ec2, byId, catalog: { list: async () => undefined }, regions, loaded: loaded([]) };
});
afterEach(() => sample.server.faults.clear());

/** A view with these images, and the regions in which it has listed all owned or all shared ones. */
function loaded(
  images: readonly ImageSummary[],
  listed: Readonly<Record<string, 'owned' | 'shared'>> = {},
): LoadedImages {
  return { loadedImages: images, hasListed: (region, kind) => listed[region] === kind };
}

function search(text: string, more: Partial<FoundImagesParts> = {}, before?: FoundImages) {
  const changed = vi.fn();
  const words = splitWords(text);
  const found = before?.next(words) ?? new FoundImages({ ...parts, ...more }, words, changed);
  const names = (region: string) =>
    found.inRegions.find((each) => each.region === region)?.images.map(({ name }) => name) ?? [];
  return { found, changed, names };
}

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
    const other = { ...golden, id: 'ami-0123456789abcdef0', name: 'something-else' };
    const { found } = search('GOLDEN web', { loaded: loaded([golden, other, { ...golden, region: 'ap-south-1' }]) });
    expect(found.inRegions).toEqual([{ region: 'us-east-1', images: [golden], hidden: 0, error: undefined }]);
    expect(sample.server.requests).toEqual([]);
    expect(search('', { loaded: loaded([golden]) }).found.inRegions).toEqual([]);
  });

  it('are owned, shared and public ones of every region, newest first', async () => {
    const { found, changed, names } = search('golden');
    await found.ask();
    expect(names('us-east-1').length).toBeGreaterThan(1);
    expect(names('eu-west-1').length).toBeGreaterThan(0);
    const dates = found.inRegions[0]?.images.map(({ creationDate }) => creationDate) ?? [];
    expect(dates).toEqual(dates.toSorted().toReversed());
    expect(changed).toHaveBeenCalled();
    for (const region of regions) {
      expect(asked(region)).toEqual(['all', 'all deprecated', 'self deprecated', 'self deprecated']);
      expect(names(region).filter((name) => !name.includes('golden'))).toEqual([]);
    }
  });

  it('are not asked for among deprecated ones where a list has no room for them', async () => {
    const { found } = search('ubuntu');
    await found.ask();
    const [first] = found.inRegions;
    expect(first?.images).toHaveLength(100);
    expect(first?.hidden).toBeGreaterThan(0);
    expect(asked('us-east-1')).toContain('all');
    expect(asked('us-east-1')).not.toContain('all deprecated');
  });

  it.each([
    [true, ['self deprecated', 'self deprecated']],
    [false, ['all deprecated', 'self deprecated', 'self deprecated']],
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
    const { found, names } = search('golden', { loaded: late });
    late.loadedImages.push(golden);
    await found.ask();
    expect(names('us-east-1')).toEqual([golden.name]);
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
    const more = search('webs golden arm64', {}, found);
    await more.found.ask();
    expect(sample.server.requests).toEqual([]);
    const anew = search('webs golden arm64');
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
  ])('for %j are none of the answer for %j', async (first, second) => {
    const { found } = search(first, { regions: ['eu-west-1'] });
    await found.ask();
    sample.server.requests.length = 0;
    await search(second, { regions: ['eu-west-1'] }, found).found.ask();
    expect(asked('eu-west-1')).toContain('self deprecated');
  });

  it('are asked for again in the regions that were not answered whole', async () => {
    sample.server.faults.add({ kind: 'access-denied', region: 'eu-west-1', count: 1 });
    const failed = search('gold');
    await failed.found.ask();
    sample.server.requests.length = 0;
    const more = search('golden', {}, failed.found);
    await more.found.ask();
    expect(more.found.inRegions.map(({ error }) => error)).toEqual([undefined, undefined]);
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
    expect(found.inRegions.map(({ error }) => error)).toEqual([undefined, undefined]);
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
    expect(
      found.inRegions.flatMap(({ images }) => images).filter((image) => !image.id.startsWith(id.slice(0, 10))),
    ).toEqual([]);
  });

  it('stay where a region, or one of its questions, fails', async () => {
    sample.server.faults.add({ kind: 'access-denied', region: 'eu-west-1' });
    const { found, names } = search('golden');
    await found.ask();
    expect(names('us-east-1').length).toBeGreaterThan(1);
    expect(found.inRegions.map(({ region, error }) => [region, error])).toEqual([
      ['us-east-1', undefined],
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
