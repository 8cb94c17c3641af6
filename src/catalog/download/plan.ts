import type { Shard } from '../store/store.ts';

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
    // Kernels and ramdisks are images too; other makes of EC2 have kinds of their own.
    ...othersThan('a').map((character) => `${character}*`),
    ...othersThan('m').map((character) => `a${character}*`),
    ...othersThan('i').map((character) => `am${character}*`),
  ];
  return [...main, ...inParts('other', others)];
}

/** The listing of the whole region, one page after the other, for endpoints that know no such filters. */
export function wholeRegion(): readonly Shard[] {
  return [{ key: 'all', kind: 'base', filters: [] }];
}

/**
 * The parts of a shard that holds far more than others. `ids`: some of its images; what their ids have in common is
 * divided, and all that is beside it is asked for as one.
 */
export function splitShard(shard: Shard, ids: Iterable<string>): readonly Shard[] {
  const parts = partsOf(shard.key);
  const common = commonBeginning(ids);
  const within = parts.find((part) => common.startsWith(part));
  if (parts.length === 0) {
    return [];
  }
  if (within === undefined) {
    return parts.map((part) => idShard(part, [`${part}*`]));
  }
  const beside = parts.filter((part) => part !== within).map((part) => `${part}*`);
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

/** The beginnings that a shard's key names: `ami-0a[01]` has two, `ami-0a5` one, `other 0` none. */
function partsOf(key: string): readonly string[] {
  const match = /^(ami-[0-9a-f]+)(?:\[([0-9a-f]+)\])?$/.exec(key);
  const [, beginning = '', ends] = match ?? [];
  return beginning === '' ? [] : ends === undefined ? [beginning] : [...ends].map((end) => beginning + end);
}

/** Whether an image may be in a listing of the shard: an endpoint that ignores the filter answers others as well. */
export function belongs(shard: Shard, id: string): boolean {
  const parts = partsOf(shard.key);
  return parts.length === 0 || parts.some((part) => id.startsWith(part));
}

/**
 * The newest images, for the first rows: each plan reaches further back, until one finds some. `now` is milliseconds since
 * 1970.
 */
export function previewShards(now: number): readonly Shard[] {
  const plans: readonly (readonly string[])[] = [
    days(now, 3),
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

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
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

function othersThan(character: string): readonly string[] {
  return [...hexDigits.slice(0, 10), ...letters, ...letters.map((letter) => letter.toUpperCase())].filter(
    (candidate) => candidate !== character,
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
