import { maxFilterValues } from '../../core/search.ts';
import { day, isoDay } from '../day.ts';
import { idValuesOf, type Shard } from '../store/shard.ts';
import { idParts, rangeValues } from './idRanges.ts';

const hexDigits = [...'0123456789abcdef'];
const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** The first shard has this many of `idParts`: it is listed soon, and tells how many images the region has. */
const firstParts = 16;

/**
 * How many shards the other ids make. Each is listed page after page, and its last page is half empty on average: with
 * more shards more pages are needed, with fewer of them each takes longer.
 */
const otherShards = 26;

/**
 * Divides a region's public images by ranges of ids. EC2's ids are random, so that the shards are about equal; they do
 * not overlap, and every image is in one of them.
 */
export function baseShards(): readonly Shard[] {
  const bounds = Array.from(
    { length: otherShards + 1 },
    (_, place) => firstParts + Math.round(((idParts - firstParts) * place) / otherShards),
  );
  const ranges = [0, ...bounds.slice(0, -1)].map((from, place) => [from, bounds[place] ?? idParts] as const);
  const inRange = idShard(
    '',
    ranges.flatMap((range) => rangeValues(...range)),
  );
  const odd = oddIds().filter((value) => value.endsWith('*') || !belongs(inRange, value));
  return ranges.map(([from, to]) => {
    const values = [...rangeValues(from, to)];
    // They are few, if any, and need no request of their own.
    values.push(...odd.splice(0, maxFilterValues - values.length));
    return idShard(`${partText(from)}-${partText(to - 1)}`, values);
  });
}

/** Filter values of all ids but those of today, which begin with `ami-0` and have further digits. */
function oddIds(): string[] {
  return [
    // The older ids are shorter, and begin with any digit.
    'ami-0',
    ...hexDigits.map((digit) => `ami-0${digit}`),
    ...hexDigits.flatMap((digit) => hexDigits.map((next) => `ami-0${digit}${next}`)),
    ...charactersExcept('0').map((character) => `ami-${character}*`),
    // EC2-compatible endpoints have other ids. Kernels and ramdisks, `aki-…` and `ari-…`, are left out.
    ...charactersExcept('a').map((character) => `${character}*`),
    ...charactersExcept('m', 'k', 'r').map((character) => `a${character}*`),
    ...charactersExcept('i').map((character) => `am${character}*`),
  ];
}

function partText(part: number): string {
  return part.toString(16).padStart(3, '0');
}

/** The whole region as one shard, for endpoints that do not support the filters. */
export function wholeRegion(): readonly [Shard] {
  return [{ key: 'all', kind: 'base', filters: [] }];
}

/**
 * Divides a shard that has far more images than others: the prefix that most of `ids` have is divided further, the rest
 * of the shard stays together. Empty if the shard cannot be divided.
 *
 * @param ids some of the shard's images
 */
export function splitShard(shard: Shard, ids: Iterable<string>): readonly Shard[] {
  const values = idValuesOf(shard);
  const counts = new Map<string, string[]>();
  const shardPrefixes = prefixesOf(shard);
  for (const id of ids) {
    const prefix = shardPrefixes.find((one) => id.startsWith(one));
    if (prefix !== undefined) {
      const members = counts.get(prefix) ?? [];
      members.push(id);
      counts.set(prefix, members);
    }
  }
  const [heaviest] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  if (!heaviest) {
    return [];
  }
  const [within, members] = heaviest;
  const common = commonPrefix(members);
  // A longer prefix is a whole id and cannot be divided.
  if (!/^ami-[0-9a-f]*$/.test(common) || common.length >= longestPrefix) {
    return [];
  }
  const beside = values.filter((value) => value !== `${within}*`);
  for (let length = within.length; length < common.length; length += 1) {
    const prefix = common.slice(0, length);
    beside.push(prefix, ...hexDigits.filter((digit) => digit !== common[length]).map((digit) => `${prefix}${digit}*`));
  }
  return [
    ...hexDigits.map((digit) => idShard(`${common}${digit}`, [`${common}${digit}*`])),
    ...idShards(`beside ${common}`, [...beside, common]),
  ];
}

/** `ami-` and 16 of an id's 17 digits. */
const longestPrefix = 20;

function prefixesOf(shard: Shard): readonly string[] {
  return idValuesOf(shard)
    .filter((value) => value.endsWith('*'))
    .map((value) => value.slice(0, -1));
}

/** Whether the shard's filter matches an image: an endpoint that ignores filters answers other images as well. */
export function belongs(shard: Shard, id: string): boolean {
  const values = idValuesOf(shard);
  return (
    values.length === 0 ||
    values.some((value) => (value.endsWith('*') ? id.startsWith(value.slice(0, -1)) : id === value))
  );
}

/**
 * Shards of the newest images, for the first rows of the table: each reaches further back than the one before it. `now`
 * is milliseconds since 1970.
 */
export function previewShards(now: number): readonly Shard[] {
  const plans: readonly (readonly string[])[] = [
    days(now, 7),
    [...months(now, 2)],
    [...months(now, 12)],
    years(now, 4),
  ];
  return plans.map((prefixes, index) => ({
    key: `preview ${index}`,
    kind: 'preview',
    filters: [{ name: 'creation-date', values: prefixes.map((prefix) => `${prefix}*`) }],
  }));
}

/**
 * Narrows a preview shard of more than one page to the images from the newest known day on, then from the hour on;
 * undefined if it cannot be narrowed. Times are milliseconds since 1970; `newest` is 0 if no date is known.
 */
export function newerShard(shard: Shard, newest: number, now: number): Shard | undefined {
  const byHour = shard.key.startsWith('preview day');
  if (newest === 0 || shard.key.startsWith('preview hour')) {
    return undefined;
  }
  const date = isoDay(newest);
  const ofDay = days(now, 14).filter((other) => other >= date);
  const hour = new Date(newest).getUTCHours();
  const ofHour = Array.from({ length: 24 - hour }, (_, index) => `${date}T${String(hour + index).padStart(2, '0')}`);
  return {
    key: byHour ? `preview hour ${hour}` : `preview day ${date}`,
    kind: 'preview',
    filters: [
      {
        name: 'creation-date',
        values: (byHour ? ofHour : ofDay.length > 0 ? ofDay : [date]).map((value) => `${value}*`),
      },
    ],
  };
}

/** The most days that a refresh lists again. */
const maxRecentDays = 14;

/** How many days one shard of a refresh lists: an hour after a download, one request is enough for all of them. */
const daysOfShard = 4;

/** The days since the day before the region was last listed whole, newest first, some in a shard. */
export function recentShards(now: number, completed: number): readonly Shard[] {
  const count = Math.min(maxRecentDays, Math.ceil((now - completed) / day) + 2);
  const dates = days(now, count);
  const shards: Shard[] = [];
  for (let start = 0; start < dates.length; start += daysOfShard) {
    const some = dates.slice(start, start + daysOfShard);
    shards.push({
      key: some.join(' '),
      kind: 'recent',
      filters: [{ name: 'creation-date', values: some.map((date) => `${date}*`) }],
    });
  }
  return shards;
}

/** Days like `2026-11-23`, tomorrow first because clocks differ. */
function days(now: number, count: number): readonly string[] {
  return Array.from({ length: count + 1 }, (_, index) => isoDay(now - (index - 1) * day));
}

function* months(now: number, count: number): Iterable<string> {
  const date = new Date(now);
  for (let index = 0; index < count; index += 1) {
    yield isoDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - index, 1)).slice(0, 7);
  }
}

function years(now: number, count: number): readonly string[] {
  const year = new Date(now).getUTCFullYear();
  return Array.from({ length: count }, (_, index) => String(year - index));
}

function idShard(key: string, values: readonly string[]): Shard {
  return { key, kind: 'base', filters: [{ name: 'image-id', values }] };
}

function idShards(key: string, values: readonly string[]): readonly Shard[] {
  const parts: Shard[] = [];
  for (let start = 0; start < values.length; start += maxFilterValues) {
    parts.push(idShard(`${key} ${start}`, values.slice(start, start + maxFilterValues)));
  }
  return parts;
}

function charactersExcept(...characters: readonly string[]): readonly string[] {
  return [...hexDigits.slice(0, 10), ...letters, ...letters.map((letter) => letter.toUpperCase())].filter(
    (candidate) => !characters.includes(candidate),
  );
}

function commonPrefix(ids: Iterable<string>): string {
  let common: string | undefined;
  for (const id of ids) {
    common ??= id;
    let length = 0;
    while (length < common.length && common[length] === id[length]) {
      length += 1;
    }
    common = common.slice(0, length);
  }
  return common ?? '';
}
