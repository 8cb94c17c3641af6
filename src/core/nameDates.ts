/** Dates in the names of images. */

/** For a number such as 20261102; false for NaN. */
function isDay(number: number): boolean {
  const [month, day] = [Math.floor(number / 100) % 100, number % 100];
  return number >= 19_000_000 && number < 21_000_000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Whether a word is a date, perhaps with a time of day or a build number behind it: `v20261102`, `2026.11.02-1030`. */
export function isDate(text: string): boolean {
  // Most dates are of this form, and arithmetic is faster than the expression.
  if (text.length === 'yyyymmdd'.length) return isDay(Number(text));
  const match = /^v?((?:19|20)\d{2})([-.]?)(\d{2})\2(\d{2})(?:([T.-]?)\d{4,6}Z?|\.\d{1,4})?$/i.exec(text);
  // `2018.03.20240319` is a release of 2018-03 built on 2024-03-19, not the 20th at 24:03:19.
  if (match === null || (match[2] !== '' && match[5] === '')) return false;
  return isTwoDigits(match[3] ?? '', 12) && isTwoDigits(match[4] ?? '', 31);
}

/** The day in a version with dots: 20240306 in `2.0.20240306.2`. */
export function dayInVersion(version: string): string | undefined {
  return version.split('.').find((part) => part.length === 'yyyymmdd'.length && isDay(Number(part)));
}

/** Of two digits, from 01 to `max`. */
function isTwoDigits(text: string, max: number): boolean {
  if (!/^\d\d$/.test(text)) return false;
  const number = Number(text);
  return number >= 1 && number <= max;
}

/** `20261102`, `2026.11.02`, `v20261102`, `2026-11-02T1030` → `2026-11-02`; undefined where there is no valid day. */
export function readBuildDate(text: string | undefined): string | undefined {
  const match = /^v?(\d{4})[-.]?(\d{2})[-.]?(\d{2})/i.exec(text ?? '');
  if (match === null) return undefined;
  const day = `${match[1]}-${match[2]}-${match[3]}`;
  const time = Date.parse(day);
  // JavaScript reads 2026-02-31 as a day of March.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(day) ? undefined : day;
}

/** A date of several words, since it contains separators. */
export interface SplitDate {
  /** `2026-11-02`, or less where the name is ambiguous. */
  readonly text: string;
  /** In words. */
  readonly length: number;
}

/**
 * The date that begins with a word: `2026-11-02`, `2026_11_02T10:30:00Z`, `02-Nov-2026`, `November 2026`, `2026-W45`,
 * `02.11.2026`. Hours and minutes behind it belong to it.
 *
 * @param at the word at an offset from the first; empty beyond the end
 * @param isRelease whether the first word is a product's release, as in `Windows 2022`, and not a year
 */
export function splitDate(at: (offset: number) => string, isRelease: () => boolean): SplitDate | undefined {
  if (isYear(at(0))) return isRelease() ? undefined : dateByYear(at);
  const month = monthOf(at(0));
  if (month !== undefined) return dateByMonth(at, month);
  return /^\d{1,2}$/.test(at(0)) ? dateByDay(at) : undefined;
}

function dateByYear(at: (offset: number) => string): SplitDate | undefined {
  const [year, second, third] = [at(0), at(1), at(2)];
  if (/^W[0-5]\d$/i.test(second)) return { text: `${year}-${second}`, length: /^[1-7]$/.test(third) ? 3 : 2 };
  const named = monthOf(second);
  const month = named ?? (isTwoDigits(second, 12) ? second : undefined);
  if (month === undefined) return undefined;
  const match = /^(\d{2})(T\d{2,6}Z?)?$/i.exec(third);
  const day = match?.[1];
  // `Windows-2022-Jan-2026`: the month belongs to the second year.
  if (named !== undefined && (isYear(third) || (day !== undefined && isYear(at(3))))) return undefined;
  if (day === undefined || !isTwoDigits(day, 31)) return { text: `${year}-${month}`, length: 2 };
  let length = 3;
  if (match?.[2] !== undefined) {
    while (length < 5 && /^\d{2}Z?$/i.test(at(length))) length++;
  } else {
    length += timeLength((offset) => at(3 + offset));
  }
  return { text: `${year}-${month}-${day}`, length };
}

function dateByMonth(at: (offset: number) => string, month: string): SplitDate | undefined {
  const [second, third] = [at(1), at(2)];
  if (isYear(second)) return { text: `${second}-${month}`, length: 2 };
  return isDayOfMonth(second) && isYear(third)
    ? { text: `${third}-${month}-${second.padStart(2, '0')}`, length: 3 }
    : undefined;
}

function dateByDay(at: (offset: number) => string): SplitDate | undefined {
  const [first, second, year] = [at(0), at(1), at(2)];
  const named = monthOf(second);
  if (named !== undefined) {
    if (!isDayOfMonth(first) || !(isYear(year) || /^\d{2}$/.test(year))) return undefined;
    return { text: `${year.padStart(4, '20')}-${named}-${first.padStart(2, '0')}`, length: 3 };
  }
  if (!isYear(year) || !isDayOfMonth(first) || !isDayOfMonth(second)) return undefined;
  const [one, two] = [Number(first), Number(second)];
  if (one > 12 && two > 12) return undefined;
  // Only a number above 12 tells the day from the month.
  const [month, day] = one > 12 ? [second, first] : [first, second];
  const text =
    one <= 12 && two <= 12 && one !== two ? year : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { text, length: 3 + timeLength((offset) => at(3 + offset)) };
}

/** In words: 2 for hours and minutes, 3 with seconds. */
function timeLength(at: (offset: number) => string): number {
  if (!/^(?:[01]\d|2[0-3])$/.test(at(0)) || !/^[0-5]\d$/.test(at(1))) return 0;
  return /^[0-5]\d$/.test(at(2)) ? 3 : 2;
}

/** One word such as `02Nov2026`, `Nov2026`, `2026Nov02`, `2026W45`. */
export function isNamedDate(text: string): boolean {
  const match = /^\d{0,2}([A-Z]{3,9})(?:(?:19|20)?\d{2})$|^(?:19|20)\d{2}([A-Z]{3,9})\d{0,2}$/i.exec(text);
  const month = match?.[1] ?? match?.[2];
  return month === undefined
    ? /^(?:19|20)\d{2}W[0-5]\d$/i.test(text)
    : /\d{4}|^\d/.test(text) && monthOf(month) !== undefined;
}

function isYear(text: string): boolean {
  return /^(?:19|20)\d{2}$/.test(text);
}

function isDayOfMonth(text: string): boolean {
  return /^(?:0?[1-9]|[12]\d|3[01])$/.test(text);
}

const months = 'january february march april may june july august september october november december'.split(' ');

const monthNumbers: ReadonlyMap<string, string> = new Map([
  ...months.flatMap((name, index) =>
    [name, name.slice(0, 3)].map((text) => [text, String(index + 1).padStart(2, '0')] as const),
  ),
  ['sept', '09'],
]);

/** `11` for `Nov` and `November`. */
function monthOf(text: string): string | undefined {
  return monthNumbers.get(text.toLowerCase());
}
