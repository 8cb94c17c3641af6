import { describe, expect, it } from 'vitest';
import { RegionSearch } from '../../src/catalog/search/regionSearch.ts';
import type { ImageSummary } from '../../src/core/image.ts';
import { ImageSearch } from '../../src/core/imageSearch.ts';
import type { PublicImage } from '../../src/core/publicImage.ts';
import {
  type CatalogColumn,
  type CatalogQuery,
  type CatalogRow,
  catalogColumns,
  type FacetId,
  facetIds,
} from '../../src/protocol/catalog.ts';
import { randomOf } from '../code/regionMaps/anyMap.ts';
import { aPublicImage } from './aPublicImage.ts';
import { imageOfRow } from './imageOfRow.ts';
import { indexOf } from './indexedImages.ts';

type Random = ReturnType<typeof randomOf>;

const region = 'eu-central-1';
const now = Date.UTC(2026, 10, 23, 12, 30);
const day = 86_400_000;

const words = [
  'ubuntu',
  'Ubuntu',
  'noble',
  'amzn2',
  'AL2023',
  '24.04',
  '2022',
  'Windows_Server',
  'größe',
  'ÄRGER',
  '日本語',
  '🚀x',
  'eks-1.33',
  '9',
  'arm64',
  'x86_64',
  'pro',
  'v1.2.9',
];
const owners = ['099720109477', '137112412989', '801119661308', '123456789012', '210987654321'];

function someText(random: Random, most: number): string {
  return Array.from({ length: random.below(most + 1) }, () => random.pick(...words)).join(
    random.pick(' ', '-', '/', ''),
  );
}

function anImage(random: Random, place: number): PublicImage {
  const hex = () => random.below(0x10000).toString(16).padStart(4, '0');
  const ownerId = random.pick(...owners);
  return aPublicImage({
    id: `ami-${hex()}${hex()}${hex()}${(place % 0x100000).toString(16).padStart(5, '0')}`,
    name: someText(random, 4),
    description: random.chance(0.3) ? '' : someText(random, 9),
    ownerId,
    ownerAlias: ownerId.startsWith('8') ? 'amazon' : '',
    architecture: random.pick('x86_64', 'arm64', 'i386', ''),
    platform: random.pick('Linux/UNIX', 'Windows', 'Red Hat Enterprise Linux'),
    rootDeviceType: random.pick('ebs', 'ebs', 'instance-store'),
    virtualizationType: random.pick('hvm', 'paravirtual'),
    bootMode: random.pick('', 'uefi', 'uefi-preferred'),
    size: random.chance(0.2) ? undefined : random.below(60),
    created: random.chance(0.05) ? undefined : now - random.below(4_000) * day * 0.7 - random.pick(0, 0, 1),
    deprecated: random.pick(undefined, undefined, now - day, now + 5 * day, now + 100 * day),
  });
}

function someQuery(random: Random, values: ReadonlyMap<FacetId, readonly string[]>): CatalogQuery {
  const word = () => {
    const whole = random.pick(...words, 'ami-0', 'canonical', 'amazon', '0a1b', '099720109477', 'zzzz').toLowerCase();
    // By characters: nobody types half of one.
    const start = random.below([...whole].length);
    return random.chance(0.5) ? whole : [...whole].slice(start, start + 1 + random.below(4)).join('');
  };
  const term = () =>
    random.chance(0.75)
      ? word()
      : random.pick(
          'arch:arm',
          'owner:can',
          'name:ub',
          'id:ami-0',
          'family:ubuntu',
          'after:2022',
          'before:2024-06',
          'platform:win',
          'root:ebs',
          'boot:uefi',
          `name:${word()}`,
          `id:${word()}`,
        );
  const text = Array.from({ length: random.below(4) }, () => (random.chance(0.25) ? '-' : '') + term()).join(' ');
  const facets: Partial<Record<FacetId, readonly string[]>> = {};
  for (const id of facetIds) {
    const keys = values.get(id) ?? [];
    if (random.chance(0.15) && keys.length > 0) {
      facets[id] = [random.pick(...keys), random.pick(...keys)];
    }
  }
  const sort = { column: random.pick(...catalogColumns), descending: random.chance(0.5) };
  return { text, facets, newestOnly: random.chance(0.2), sort };
}

function labelOf(row: CatalogRow, id: FacetId): string {
  switch (id) {
    case 'publisher':
      return row.publisher?.name ?? row.ownerId;
    case 'year':
      return row.created === undefined ? '' : String(new Date(row.created).getUTCFullYear());
    case 'deprecated': {
      const left = row.deprecated === undefined ? undefined : row.deprecated - now;
      return left === undefined ? 'never' : left > 30 * day ? 'later' : left > 0 ? 'soon' : 'deprecated';
    }
    default:
      return row[id];
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The value by which a column sorts; undefined for none. */
function keyOf(row: CatalogRow, column: CatalogColumn): string | number | undefined {
  switch (column) {
    case 'name':
    case 'id':
      return row[column].toLowerCase() || undefined;
    case 'publisher':
      return `${row.publisher ? 0 : 1}${row.publisher?.name ?? row.ownerId}`;
    case 'created':
    case 'deprecated':
      return row[column] === undefined ? undefined : Math.floor(row[column] / 1_000);
    case 'size':
      return row.size;
    default:
      return row[column] || undefined;
  }
}

function compare(column: CatalogColumn, a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : column === 'name' || column === 'id'
      ? Number(a > b) - Number(a < b)
      : collator.compare(String(a), String(b));
}

/** The rows that a query finds in the obvious way, before facets are chosen. */
function matching(
  images: ReadonlyMap<CatalogRow, ImageSummary>,
  { text, newestOnly }: CatalogQuery,
): readonly CatalogRow[] {
  const search = new ImageSearch(text);
  const found = [...images].filter(([, image]) => search.matches(image, [])).map(([row]) => row);
  if (!newestOnly) {
    return found;
  }
  const newest = new Map<string, CatalogRow>();
  for (const row of found.filter(({ family }) => family !== '')) {
    const key = JSON.stringify([row.family, row.ownerId, row.architecture]);
    const other = newest.get(key);
    const [a, b] = [row.created ?? Number.NEGATIVE_INFINITY, other?.created ?? Number.NEGATIVE_INFINITY];
    if (!other || a > b || (a === b && row.id > other.id)) {
      newest.set(key, row);
    }
  }
  return [...newest.values()];
}

describe.each([1, 2, 3])('random queries (%i)', (seed) => {
  const random = randomOf(seed);
  const images = Array.from({ length: 1_500 }, (_, place) => anImage(random, place));
  const search = new RegionSearch(indexOf(region, images, now, 400));
  const whole: CatalogQuery = { text: '', facets: {}, newestOnly: false, sort: { column: 'id', descending: false } };
  const all = search.query(whole, 0, images.length, now);
  const values = new Map(all.facets.map((facet) => [facet.id, facet.values.map(({ key }) => key)]));
  const labels = new Map(
    all.facets.flatMap((facet) => facet.values.map(({ key, label }) => [`${facet.id} ${key}`, label])),
  );

  const byRow = new Map(all.rows.map((row) => [row, imageOfRow(row)]));
  /** Those of the rows that have a chosen value of every facet but one. */
  const chosen = (rows: readonly CatalogRow[], { facets }: CatalogQuery, but?: FacetId) =>
    rows.filter((row) =>
      facetIds.every((id) => {
        const keys = id === but ? undefined : facets[id];
        return !keys || keys.some((key) => labels.get(`${id} ${key}`) === labelOf(row, id));
      }),
    );

  it('begin with all images as they were stored', () => {
    const stored = images.map(({ id, name, description, size, created, deprecated }) => ({
      id,
      name,
      description,
      size,
      created,
      deprecated,
    }));
    const shown = all.rows.map(({ id, name, description, size, created, deprecated }) => ({
      id,
      name,
      description,
      size,
      created,
      deprecated,
    }));
    expect(shown).toEqual(stored.sort((a, b) => (a.id < b.id ? -1 : 1)));
  });

  it('find, count and order what the obvious way does', () => {
    for (let turn = 0; turn < 120; turn += 1) {
      const query = someQuery(random, values);
      const name = JSON.stringify(query);
      // As typed: later answers build on earlier ones.
      search.query({ ...query, text: query.text.slice(0, random.below(query.text.length + 1)) }, 0, 40, now);
      const found = search.query(query, 0, 40, now);
      const rows = [...found.rows, ...search.rows(40, images.length)];
      const matches = matching(byRow, query);
      const wanted = chosen(matches, query);
      expect([name, found.matches, ...rows.map(({ id }) => id).sort()]).toEqual([
        name,
        wanted.length,
        ...wanted.map(({ id }) => id).sort(),
      ]);
      for (const { id, values: counted, more } of found.facets) {
        const counts = new Map<string, number>();
        for (const row of chosen(matches, query, id)) {
          counts.set(labelOf(row, id), (counts.get(labelOf(row, id)) ?? 0) + 1);
        }
        const shown = counted.filter(({ count }) => count > 0);
        expect([name, id, shown.map(({ label, count }) => [label, count])]).toEqual([
          name,
          id,
          shown.map(({ label }) => [label, counts.get(label)]),
        ]);
        expect(shown.length + more).toBe(counts.size);
      }
      const { column, descending } = query.sort;
      const keys = rows.map((row) => keyOf(row, column));
      const present = keys.filter((key) => key !== undefined);
      expect([name, keys.slice(present.length).every((key) => key === undefined)]).toEqual([name, true]);
      const ordered = descending ? present.toReversed() : present;
      const misplaced = ordered.findIndex(
        (key, place) => place > 0 && compare(column, ordered[place - 1] ?? '', key) > 0,
      );
      expect([name, misplaced]).toEqual([name, -1]);
    }
  });
});
