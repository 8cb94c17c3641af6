import type { Image, ImageSummary } from './image.ts';

/** What to say about an image's life cycle, the most important first. */
export type LifecycleFlag =
  | { readonly kind: 'pending' }
  | { readonly kind: 'failed'; readonly reason: string | undefined }
  | { readonly kind: 'disabled' }
  /** Cannot be launched: deregistered, error, invalid, transient or a state that this version does not know. */
  | { readonly kind: 'unusable'; readonly state: string; readonly reason: string | undefined }
  /** `at` is ISO 8601. */
  | { readonly kind: 'deprecated'; readonly at: string }
  /** `days` is the number of whole days left. */
  | { readonly kind: 'deprecating-soon'; readonly at: string; readonly days: number }
  | { readonly kind: 'stale'; readonly age: Age };

export type AgeUnit = 'minute' | 'hour' | 'day' | 'month' | 'year';

/** How long ago something was, in the largest unit that fits; never below 0. */
export interface Age {
  readonly unit: AgeUnit;
  readonly count: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** In days: how long before its deprecation an image counts as deprecating soon. */
const soonDays = 30;

/** In days since its creation: older images count as stale. AWS itself deprecates public images after two years. */
const staleDays = 365;

/** Milliseconds since 1970; undefined for a missing or unreadable date. */
export function timeOf(date: string | undefined): number | undefined {
  if (date === undefined) return undefined;
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}

/** `now` is in milliseconds since 1970. Undefined without a date; a date in the future counts as now. */
export function ageOf(date: string | undefined, now: number): Age | undefined {
  const time = timeOf(date);
  if (time === undefined) return undefined;
  const elapsed = Math.max(0, now - time);
  const days = Math.floor(elapsed / day);
  if (days >= 365) return { unit: 'year', count: Math.floor(days / 365) };
  if (days >= 60) return { unit: 'month', count: Math.floor(days / 30) };
  if (days >= 1) return { unit: 'day', count: days };
  const minutes = Math.floor(elapsed / minute);
  return minutes >= 60 ? { unit: 'hour', count: Math.floor(minutes / 60) } : { unit: 'minute', count: minutes };
}

type LifecycleFields = Pick<ImageSummary, 'state' | 'creationDate' | 'deprecationTime'> &
  Partial<Pick<Image, 'stateReason'>>;

/** `now` is in milliseconds since 1970. Empty where there is nothing to say. */
export function lifecycleOf(image: LifecycleFields, now: number): readonly LifecycleFlag[] {
  const flags: LifecycleFlag[] = [];
  switch (image.state) {
    case undefined:
    case 'available':
      break;
    case 'pending':
      flags.push({ kind: 'pending' });
      break;
    case 'failed':
      flags.push({ kind: 'failed', reason: image.stateReason });
      break;
    case 'disabled':
      flags.push({ kind: 'disabled' });
      break;
    default:
      flags.push({ kind: 'unusable', state: image.state, reason: image.stateReason });
  }
  const deprecation = timeOf(image.deprecationTime);
  if (deprecation !== undefined && image.deprecationTime !== undefined) {
    const left = deprecation - now;
    if (left <= 0) flags.push({ kind: 'deprecated', at: image.deprecationTime });
    else if (left <= soonDays * day) {
      flags.push({ kind: 'deprecating-soon', at: image.deprecationTime, days: Math.floor(left / day) });
    }
  }
  const created = timeOf(image.creationDate);
  const age = ageOf(image.creationDate, now);
  if (created !== undefined && age !== undefined && now - created >= staleDays * day)
    flags.push({ kind: 'stale', age });
  return flags;
}

export function isDeprecated(image: Pick<ImageSummary, 'deprecationTime'>, now: number): boolean {
  const deprecation = timeOf(image.deprecationTime);
  return deprecation !== undefined && deprecation <= now;
}
