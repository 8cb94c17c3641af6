/**
 * Numbers and ids that are a function of a text: the same on every start, different in every region, and not disturbed
 * by what is added to the data later, as the successive numbers of a generator would be.
 */

/** 32 bits of a text (FNV-1a with the finaliser of MurmurHash3). */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix32(hash);
}

/** A bijection of 32-bit numbers: `unmix32` leads back. */
export function mix32(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export function unmix32(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7ed1b41d);
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ (mixed >>> 26), 0xa5cb9243);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

const HEX_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** 8 hex digits of 32 bits; looked up, as pages of images take thousands of them. */
export function hex8(value: number): string {
  return `${HEX_BYTES[value >>> 24]}${HEX_BYTES[(value >>> 16) & 255]}${HEX_BYTES[(value >>> 8) & 255]}${HEX_BYTES[value & 255]}`;
}

/** `prefix` and 17 hex digits, the first of them 0 as in the ids that EC2 gives since 2016. */
export function resourceId(prefix: string, region: string, key: string): string {
  const text = `${prefix}/${region}/${key}`;
  return `${prefix}-0${hex8(hash32(text, 1))}${hex8(hash32(text, 2))}`;
}

/** A number from 0 to `limit` - 1. */
export function below(limit: number, text: string): number {
  return hash32(text) % limit;
}

export function pick<T>(choices: readonly [T, ...T[]], text: string): T {
  return choices[below(choices.length, text)] ?? choices[0];
}

const DAY_SECONDS = 86_400;

/**
 * ISO 8601 of a moment, with `.000Z` as EC2 writes creation dates. Reckons the date itself (days of the civil calendar
 * counted from 1 March of year 0): a region's thousands of dates take a quarter of the time that `Date` needs for them.
 */
export function isoSecond(time: number): string {
  const seconds = Math.floor(time / 1000);
  const day = Math.floor(seconds / DAY_SECONDS);
  const second = seconds - day * DAY_SECONDS;
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const hours = Math.floor(second / 3600);
  const minutes = Math.floor(second / 60) % 60;
  return `${year}-${two(month)}-${two(dayOfMonth)}T${two(hours)}:${two(minutes)}:${two(second % 60)}.000Z`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
