import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegionSearch } from '../../src/catalog/search/regionSearch.ts';
import type { ImageSummary } from '../../src/core/image.ts';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import { readPublishers } from '../../src/core/publishers.ts';
import { type CatalogColumn, type CatalogQuery, type CatalogRow, catalogColumns } from '../../src/protocol/catalog.ts';
import { imageOfRow } from './imageOfRow.ts';
import { openSampleCatalog, type SampleCatalog } from './sampleCatalog.ts';

let catalog: SampleCatalog;
let search: RegionSearch;
let all: readonly CatalogRow[];
/** The same as images, in the order of `all`. */
let images: readonly ImageSummary[];

const now = Date.UTC(2026, 10, 23);
const plain: CatalogQuery = {
  text: '',
  facets: {},
  newestOnly: false,
  sort: { column: 'created', descending: true },
};
const find = (change: Partial<CatalogQuery>) => search.query({ ...plain, ...change }, 0, 1_000_000, now);

beforeAll(async () => {
  catalog = await openSampleCatalog({ images: 12_000, oddImages: true });
  await catalog.download();
  search = catalog.search();
  all = find({}).rows;
  images = all.map(imageOfRow);
});
afterAll(() => catalog.close());

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** More than 0 where the second of two rows that have a value comes first. */
function inOrder(column: CatalogColumn, a: CatalogRow, b: CatalogRow): number {
  switch (column) {
    case 'name':
    case 'id':
      return a[column].toLowerCase() > b[column].toLowerCase() ? 1 : 0;
    case 'publisher':
      return (
        Number(a.publisher === undefined) - Number(b.publisher === undefined) ||
        collator.compare(a.publisher?.name ?? a.ownerId, b.publisher?.name ?? b.ownerId)
      );
    case 'created':
    case 'deprecated':
      return Math.floor((a[column] ?? 0) / 1000) - Math.floor((b[column] ?? 0) / 1000);
    case 'size':
      return (a.size ?? 0) - (b.size ?? 0);
    default:
      return collator.compare(a[column], b[column]);
  }
}

/** The same search in the slow and obvious way, newest first. */
function expected(text: string): readonly string[] {
  const wanted = new ImageSearch(text);
  return images.filter((image) => wanted.matches(image, [])).map(({ id }) => id);
}

describe('a search', () => {
  it.each([
    'ubuntu',
    'noble UBUNTU arm64',
    'ubuntu -daily',
    '-ubuntu',
    'owner:canonical',
    '099720109477',
    'canonical',
    'arch:arm64 platform:windows',
    'after:2026-06 before:2026-08 packer',
    'name:windows',
    'id:ami-0a',
    'family:noble',
    '"community image"',
    'root:instance-store',
    'zzzz-nothing',
    'red hat 9',
    'amazon linux 2',
    'amazon linux 2023 amd64',
    'windows server 2022',
    'ubuntu 24.04 arm64',
    'debian 12 x86_64',
    '9',
    '64',
    '-2',
    'arch:amd64',
    '0a1b',
    'ami-0a',
    '1377',
    '"amazon linux"',
  ])('finds what it says: %s', (text) => {
    const found = find({ text });
    expect(found.rows.map(({ id }) => id).sort()).toEqual([...expected(text)].sort());
    expect(found.matches).toBe(found.rows.length);
    expect(found.total).toBe(all.length);
  });

  it('finds the same key after key as at once', () => {
    const text = 'noble arm64 -daily 2026 0a1b owner:can';
    for (let length = 1; length <= text.length; length += 1) {
      const typed = text.slice(0, length);
      expect(find({ text: typed }).matches).toBe(expected(typed).length);
    }
    for (let length = text.length; length >= 0; length -= 3) {
      expect(find({ text: text.slice(0, length) }).matches).toBe(expected(text.slice(0, length)).length);
    }
  });

  it('counts each facet without its own selection', () => {
    const facets = { architecture: ['arm64'], rootDeviceType: ['ebs'] };
    const found = find({ facets });
    const counts = new Map(
      found.facets.find(({ id }) => id === 'architecture')?.values.map(({ key, count }) => [key, count]),
    );
    const ebs = all.filter(({ rootDeviceType }) => rootDeviceType === 'ebs');
    expect(counts.get('x86_64')).toBe(ebs.filter(({ architecture }) => architecture === 'x86_64').length);
    expect(counts.get('arm64')).toBe(found.matches);
    const years = found.facets.find(({ id }) => id === 'year')?.values ?? [];
    expect(years.reduce((sum, { count }) => sum + count, 0)).toBe(found.matches);
    for (const { key, count } of years) {
      const wanted = found.rows.filter(({ created }) =>
        created === undefined ? key === '' : String(new Date(created).getUTCFullYear()) === key,
      );
      // The facet counts years before EC2 as 1970.
      if (key !== '1970') {
        expect([key, count]).toEqual([key, wanted.length]);
      }
    }
  });

  it.each([
    { text: '' },
    { text: '-zzzz' },
    { text: '-packer' },
    { text: 'ubuntu' },
    { text: 'zzzz' },
    { facets: { platform: ['windows', 'Windows'], architecture: ['arm64', 'x86_64'] } },
    { text: 'a', facets: { rootDeviceType: ['ebs'] }, newestOnly: true },
  ])('counts what it finds, be it much or little: %j', (query) => {
    const { facets: counted, matches } = find(query);
    for (const id of ['architecture', 'platform', 'rootDeviceType', 'family'] as const) {
      const chosen = { ...query.facets, [id]: undefined };
      const counts: Record<string, number> = {};
      for (const row of find({ ...query, facets: chosen }).rows) {
        counts[row[id]] = (counts[row[id]] ?? 0) + 1;
      }
      const values = counted.find((facet) => facet.id === id)?.values ?? [];
      const labels: Record<string, number> = {};
      for (const { label, count } of values) {
        labels[label] = (labels[label] ?? 0) + count;
      }
      // A facet shows only its most frequent values.
      for (const [label, count] of Object.entries(labels)) {
        expect([id, label, count]).toEqual([id, label, counts[label] ?? 0]);
      }
      expect(values.length).toBeGreaterThanOrEqual(Math.min(1, matches));
    }
  });

  it('shows names and descriptions as they are, in their own case', async () => {
    const server = new Map((await catalog.images()).map((image) => [image.ImageId, image]));
    expect(all.length).toBe(server.size);
    for (const { id, name, description } of all) {
      const image = server.get(id);
      expect([id, name, description]).toEqual([
        id,
        (image?.Name ?? '').replaceAll('\n', ' '),
        (image?.Description ?? '').replaceAll('\n', ' '),
      ]);
    }
  });

  it.each(catalogColumns)('sorts by %s in both directions, what has no value last', (column) => {
    const key = (row: CatalogRow) => (column === 'publisher' ? row.publisher?.name || row.ownerId : row[column]);
    for (const descending of [false, true]) {
      const { rows } = find({ text: 'ubuntu', sort: { column, descending } });
      const keys = rows.map(key);
      const without = keys.findIndex((value) => value === undefined || value === '');
      const present = without < 0 ? keys : keys.slice(0, without);
      expect(keys.slice(present.length).every((value) => value === undefined || value === '')).toBe(true);
      const upwards = (descending ? rows.slice(0, present.length).reverse() : rows).slice(0, present.length);
      const misplaced = upwards.filter((row, place) => {
        const before = upwards[place - 1];
        return before !== undefined && inOrder(column, before, row) > 0;
      });
      expect(misplaced.map(key)).toEqual([]);
    }
  });

  it('leaves the newest of each family, owner and architecture', () => {
    const { rows } = find({ text: 'ubuntu', newestOnly: true });
    const keyOf = ({ family, ownerId, architecture }: CatalogRow) => [family, ownerId, architecture].join();
    const keys = rows.map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    const found = new Set(expected('ubuntu'));
    const newest = new Map<string, number>();
    for (const row of all.filter(({ id, family }) => found.has(id) && family !== '')) {
      newest.set(keyOf(row), Math.max(newest.get(keyOf(row)) ?? 0, row.created ?? 0));
    }
    expect(new Map(rows.map((row) => [keyOf(row), row.created ?? 0]))).toEqual(newest);
  });

  it('gives rows by their ids, and a part of the rows', () => {
    const some = all.slice(100, 140);
    expect(
      search
        .byIds(some.map(({ id }) => id))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(some.map(({ id }) => id).sort());
    find({});
    expect(search.rows(100, 40)).toEqual(some);
    expect(search.rows(all.length - 1, 40)).toHaveLength(1);
  });

  it('suggests fields and their values', () => {
    expect(search.suggest('ar', 2, now).items.map(({ label }) => label)).toEqual(['arch:']);
    expect(search.suggest('arch:arm', 8, now).items[0]).toMatchObject({ insert: 'arch:arm64', label: 'arm64' });
    expect(search.suggest('-owner:cano', 11, now).items[0]?.insert).toBe('-owner:"canonical (ubuntu)"');
  });

  it('gives the rows of ids as they were asked for, in whatever case, and none of those that are not there', () => {
    const [first, second] = [all[7], all[4_711]];
    const ids = [second?.id ?? '', (first?.id ?? '').toUpperCase(), 'ami-0', first?.id.slice(0, -1) ?? '', ''];
    expect(search.byIds([...ids, `${first?.id}0`, second?.name ?? ''])).toEqual([second, first]);
    for (const row of all.filter((_, place) => place % 97 === 0)) {
      expect(search.byIds([row.id])).toEqual([row]);
    }
  });

  it.each([
    'ubuntu',
    'UBUNTU arm64',
    'e',
    'ami-0a',
    'community',
    '099720109477',
    'red hat 9',
    'amazon linux 2',
    'windows server 2022',
    'ubuntu 24.04 arm64 -daily',
    'owner:canonical noble',
    'noble zzzz',
    '',
  ])('lists the best first: the most whole words, then verified publishers, then the newest: %j', (text) => {
    const rows = search.list(1, { kind: 'text', text, publishers: [] }, 0, 1_000_000, now).rows;
    const wanted = new ImageSearch(text);
    const place = new Map(all.map(({ id }, index) => [id, index]));
    const ranks = rows.map((row) => [
      wanted.wholeWords(images[place.get(row.id) ?? 0] ?? imageOfRow(row), []),
      Number(row.publisher?.verified ?? false),
    ]);
    const sorted = rows
      .map((row, index) => ({ id: row.id, rank: ranks[index] ?? [] }))
      .sort(
        (a, b) =>
          (b.rank[0] ?? 0) - (a.rank[0] ?? 0) ||
          (b.rank[1] ?? 0) - (a.rank[1] ?? 0) ||
          (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0),
      );
    expect(rows.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
    expect(rows.map(({ id }) => id).sort()).toEqual([...expected(text)].sort());
  });

  it('finds the images of publishers from the settings by the names there', () => {
    const owner = all.find(({ publisher }) => publisher === undefined)?.ownerId ?? '';
    const { publishers } = readPublishers([{ name: 'Acme Images', ownerIds: [owner] }]);
    const list = (text: string) =>
      search.list(1, { kind: 'text', text, publishers }, 0, 1_000_000, now).rows.map(({ id }) => id);
    const theirs = all.filter(({ ownerId }) => ownerId === owner).map(({ id }) => id);
    expect(list('acme').sort()).toEqual([...theirs].sort());
    expect(list('owner:"acme images"').sort()).toEqual([...theirs].sort());
    expect(list('-acme').length).toBe(all.length - theirs.length);
  });

  it('lists the newest of several families in one answer', () => {
    const canonical = (architecture: string) => ({
      owners: ['099720109477'],
      namePatterns: ['ubuntu/images/*noble*'],
      architecture,
    });
    const amazon = { owners: ['amazon'], namePatterns: ['al2023-ami-2023*'], architecture: 'x86_64' };
    const families = [canonical('arm64'), canonical('x86_64'), amazon];
    const keyOf = (row: CatalogRow) => [row.family, row.ownerId, row.architecture].join();
    const newest = new Map<string, CatalogRow>();
    for (const family of families) {
      for (const row of search.list(1, { kind: 'family', ...family }, 0, 1_000_000, now).rows) {
        const known = newest.get(keyOf(row));
        if (row.family !== '' && (known?.created ?? 0) <= (row.created ?? 0)) {
          newest.set(keyOf(row), row);
        }
      }
    }
    const { rows, next } = search.list(2, { kind: 'newest', families }, 0, 1_000_000, now);
    expect(new Map(rows.map((row) => [keyOf(row), row.created]))).toEqual(
      new Map([...newest].map(([key, row]) => [key, row.created])),
    );
    expect(rows.length).toBe(newest.size);
    expect(rows.length).toBeGreaterThan(2);
    expect(next).toBeUndefined();
  });

  it('finds the same families as DescribeImages with owners and name patterns', () => {
    const { rows } = search.list(
      1,
      { kind: 'family', owners: ['099720109477'], namePatterns: ['ubuntu/images/*noble*'], architecture: 'arm64' },
      0,
      1_000_000,
      now,
    );
    const wanted = all.filter(
      ({ ownerId, name, architecture }) =>
        ownerId === '099720109477' && /^ubuntu\/images\/.*noble/.test(name) && architecture === 'arm64',
    );
    expect(rows.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    expect(rows.length).toBeGreaterThan(0);
  });
});
