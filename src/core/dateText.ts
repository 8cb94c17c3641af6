import { cachedFormat } from './cachedFormat.ts';
import { type Age, ageOf, timeOf } from './lifecycle.ts';

/*
 * Dates and ages as all surfaces write them, in the user's time zone. `language` is BCP 47; a date is a text as EC2 sends
 * it, or ms since 1970, as `now` is.
 */

/** `Nov 2, 2026, 11:31 AM GMT+1`; a text that is no date stays as it is. */
export function dateText(date: string | number, language: string): string {
  return formatted(date, language, 'date', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
}

/** `Nov 2, 2026`, where there is room for no more. */
export function dayText(date: string | number, language: string): string {
  return formatted(date, language, 'day', { dateStyle: 'medium' });
}

/** `11:31:05 AM`, for what was a moment ago. */
export function timeText(date: string | number, language: string): string {
  return formatted(date, language, 'time', { timeStyle: 'medium' });
}

/** `3 days ago`, `now`, `in 2 months`; empty where there is no date. */
export function relativeText(date: string | undefined, now: number, language: string): string {
  const time = timeOf(date);
  if (time === undefined) {
    return '';
  }
  const isFuture = time > now;
  const age = isFuture ? ageOf(new Date(now).toISOString(), time) : ageOf(date, now);
  if (age === undefined || age.count === 0) {
    return nowText(language);
  }
  const format = cachedFormat(language, 'relative', () => new Intl.RelativeTimeFormat(language));
  return format.format(isFuture ? age.count : -age.count, age.unit);
}

/** `2 years`: how old something is; `now` below a minute. */
export function ageText({ count, unit }: Age, language: string): string {
  return count === 0 ? nowText(language) : countText(count, unit, language);
}

/** `2 hours` */
export function countText(count: number, unit: Age['unit'], language: string): string {
  const options = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return cachedFormat(language, `unit ${unit}`, () => new Intl.NumberFormat(language, options)).format(count);
}

function nowText(language: string): string {
  const format = cachedFormat(language, 'now', () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
  return format.format(0, 'second');
}

function formatted(date: string | number, language: string, form: string, options: Intl.DateTimeFormatOptions): string {
  const time = typeof date === 'number' ? date : timeOf(date);
  return time === undefined
    ? String(date)
    : cachedFormat(language, form, () => new Intl.DateTimeFormat(language, options)).format(time);
}
