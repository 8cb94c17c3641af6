/**
 * Numbers and ids derived from texts. They are the same on each start, differ between regions, and do not change when
 * data is added elsewhere.
 */

/** A 32-bit hash of a text (FNV-1a with the finalizer of MurmurHash3). */
export function hash32(text: string, seed = 0): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix32(hash);
}

/** Maps 32-bit numbers to each other one to one; `unmix32` is the inverse. */
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

/** 32 bits as 8 hex digits, from a table, since a page of images needs thousands. */
export function hex8(value: number): string {
  return `${HEX_BYTES[value >>> 24]}${HEX_BYTES[(value >>> 16) & 255]}${HEX_BYTES[(value >>> 8) & 255]}${HEX_BYTES[value & 255]}`;
}

/** `prefix` and 17 hex digits, beginning with 0 as EC2's ids do since 2016. */
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
 * A time as ISO 8601 with `.000Z`, as in EC2's creation dates. Computes the calendar date itself (days since 1 March of
 * year 0), in a quarter of the time of `Date`.
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
