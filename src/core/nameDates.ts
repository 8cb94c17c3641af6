/** Dates as names of images tell them. */

/** Of a number like 20261102 (NaN is none). */
export function isDay(number: number): boolean {
  const [month, day] = [Math.floor(number / 100) % 100, number % 100];
  return number >= 19_000_000 && number < 21_000_000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Whether a word is a date, a time of day or a number of the day's build behind it: `v20261102`, `2026.11.02-1030`. */
export function isDate(text: string): boolean {
  // Most dates are no more than this: a number is taken apart faster than a text.
  if (text.length === 'yyyymmdd'.length) return isDay(Number(text));
  const match = /^v?((?:19|20)\d{2})([-.]?)(\d{2})\2(\d{2})(?:([T.-]?)\d{4,6}Z?|\.\d{1,4})?$/i.exec(text);
  // `2018.03.20240319` is a release of 2018-03 that was built on another day, not the 20th at 24:03:19.
  if (match === null || (match[2] !== '' && match[5] === '')) return false;
  return isTwoDigits(match[3] ?? '', 12) && isTwoDigits(match[4] ?? '', 31);
}

/** The day that a version with dots has among its numbers: 20240306 in `2.0.20240306.2`. */
export function dayInVersion(version: string): string | undefined {
  return version.split('.').find((part) => part.length === 'yyyymmdd'.length && isDay(Number(part)));
}

/** Of two digits, from 01 to `max`. */
export function isTwoDigits(text: string, max: number): boolean {
  if (!/^\d\d$/.test(text)) return false;
  const number = Number(text);
  return number >= 1 && number <= max;
}

/** `20261102`, `2026.11.02`, `v20261102`, `2026-11-02T1030` → `2026-11-02`; undefined for what is no day. */
export function readBuildDate(text: string | undefined): string | undefined {
  const match = /^v?(\d{4})[-.]?(\d{2})[-.]?(\d{2})/i.exec(text ?? '');
  if (match === null) return undefined;
  const day = `${match[1]}-${match[2]}-${match[3]}`;
  const time = Date.parse(day);
  // A day such as 2026-02-31 is read as one of March.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(day) ? undefined : day;
}
