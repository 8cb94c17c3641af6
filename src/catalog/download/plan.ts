import { isoDay } from '../day.ts';
import type { Shard } from '../store/shard.ts';

const hexDigits = [...'0123456789abcdef'];
const halves = ['01234567', '89abcdef'];
const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** EC2 takes no more values than this for one filter. */
const maxFilterValues = 200;

const day = 86_400_000;

/**
 * A region's public images divided by the beginnings of their ids. Every image has one, whatever its date, and EC2 makes
 * ids at random: the parts are as good as equal, do not overlap, and leave nothing out.
 */
export function baseShards(): readonly Shard[] {
  // Ids of today begin with `ami-0`; the short ones of old with any digit.
  const main = hexDigits.flatMap((digit) =>
    halves.map((half) =>
      idShard(
        `ami-0${digit}[${half}]`,
        [...half].map((next) => `ami-0${digit}${next}*`),
      ),
    ),
  );
  const others = [
    'ami-0',
    ...hexDigits.map((digit) => `ami-0${digit}`),
    ...othersThan('0').map((character) => `ami-${character}*`),
    // Other makes of EC2 have ids of their own. EC2's kernels and ramdisks, `aki-…` and `ari-…`, are nothing to launch.
    ...othersThan('a').map((character) => `${character}*`),
    ...othersThan('m', 'k', 'r').map((character) => `a${character}*`),
    ...othersThan('i').map((character) => `am${character}*`),
  ];
  return [...main, ...inParts('other', others)];
}

/** The listing of the whole region, one page after the other, for endpoints that know no such filters. */
export function wholeRegion(): readonly [Shard] {
  return [{ key: 'all', kind: 'base', filters: [] }];
}

/**
 * The parts of a shard that holds far more than others. `ids`: some of its images; the beginning that most of them have is
 * divided further, and all that is beside it is asked for as one. None where it cannot be divided.
 */
export function splitShard(shard: Shard, ids: Iterable<string>): readonly Shard[] {
  const values = idValues(shard);
  const counts = new Map<string, string[]>();
  const beginnings = beginningsOf(shard);
  for (const id of ids) {
    const beginning = beginnings.find((one) => id.startsWith(one));
    if (beginning !== undefined) {
      const members = counts.get(beginning) ?? [];
      members.push(id);
      counts.set(beginning, members);
    }
  }
  const [heaviest] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  if (!heaviest) {
    return [];
  }
  const [within, members] = heaviest;
  const common = commonBeginning(members);
  // Longer beginnings are whole ids: there is nothing left to divide.
  if (!/^ami-[0-9a-f]*$/.test(common) || common.length >= longestBeginning) {
    return [];
  }
  const beside = values.filter((value) => value !== `${within}*`);
  for (let length = within.length; length < common.length; length += 1) {
    const beginning = common.slice(0, length);
    beside.push(
      beginning,
      ...hexDigits.filter((digit) => digit !== common[length]).map((digit) => `${beginning}${digit}*`),
    );
  }
  return [
    ...hexDigits.map((digit) => idShard(`${common}${digit}`, [`${common}${digit}*`])),
    ...inParts(`beside ${common}`, [...beside, common]),
  ];
}

/** `ami-` and 16 of an id's 17 digits. */
const longestBeginning = 20;

function idValues({ filters }: Shard): readonly string[] {
  return filters.find(({ name }) => name === 'image-id')?.values ?? [];
}

function beginningsOf(shard: Shard): readonly string[] {
  return idValues(shard)
    .filter((value) => value.endsWith('*'))
    .map((value) => value.slice(0, -1));
}

/** Whether an image may be in a listing of the shard: an endpoint that ignores the filter answers others as well. */
export function belongs(shard: Shard, id: string): boolean {
  const values = idValues(shard);
  return (
    values.length === 0 ||
    values.some((value) => (value.endsWith('*') ? id.startsWith(value.slice(0, -1)) : id === value))
  );
}

/**
 * The newest images, for the first rows: each plan reaches further back, until one finds some. `now` is milliseconds since
 * 1970.
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
 * The newest images only, where more are as new as asked for than one page holds: from the day, or the hour, of the newest
 * that is known. Times are milliseconds since 1970; 0: no date is known.
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

/** At most so many days are listed anew by a refresh: longer ago, the whole region is. */
const maxRecentDays = 14;

/** The days since the region was listed whole, that day and the one before it among them, newest first. */
export function recentShards(now: number, completed: number): readonly Shard[] {
  const count = Math.min(maxRecentDays, Math.ceil((now - completed) / day) + 2);
  return days(now, count).map((date) => ({
    key: date,
    kind: 'recent',
    filters: [{ name: 'creation-date', values: [`${date}*`] }],
  }));
}

/** `2026-11-23`, tomorrow first: clocks differ. */
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

function inParts(key: string, values: readonly string[]): readonly Shard[] {
  const parts: Shard[] = [];
  for (let start = 0; start < values.length; start += maxFilterValues) {
    parts.push(idShard(`${key} ${start}`, values.slice(start, start + maxFilterValues)));
  }
  return parts;
}

function othersThan(...characters: readonly string[]): readonly string[] {
  return [...hexDigits.slice(0, 10), ...letters, ...letters.map((letter) => letter.toUpperCase())].filter(
    (candidate) => !characters.includes(candidate),
  );
}

function commonBeginning(ids: Iterable<string>): string {
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
