import * as l10n from '@vscode/l10n';
import type { BlockDevice } from '../../src/core/image.ts';
import { type Age, ageOf, timeOf } from '../../src/core/lifecycle.ts';

function language(): string {
  return document.documentElement.lang || 'en';
}

export function numberText(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** A size in GiB, EC2's unit for volumes, or in TiB from 1,024 GiB on. */
export function sizeText(gib: number): string {
  const number = new Intl.NumberFormat(language(), { maximumFractionDigits: 2 });
  return gib >= 1024 ? l10n.t('{0} TiB', number.format(gib / 1024)) : l10n.t('{0} GiB', number.format(gib));
}

/** A date in the user's time zone, with its name. A text that is no date stays as it is. */
export function dateText(date: string): string {
  const time = timeOf(date);
  return time === undefined
    ? date
    : new Intl.DateTimeFormat(language(), {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'short',
      }).format(time);
}

export function timeText(time: number): string {
  return new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(time);
}

/** "3 days ago", "in 2 months"; empty if it is no date. */
export function relativeText(date: string | undefined, now: number): string {
  const time = timeOf(date);
  if (time === undefined) return '';
  const future = time > now;
  const age = future ? ageOf(new Date(now).toISOString(), time) : ageOf(date, now);
  if (age === undefined) return '';
  return new Intl.RelativeTimeFormat(language()).format(future ? age.count : -age.count, age.unit);
}

/** "2 years" */
export function ageText(age: Age): string {
  return new Intl.NumberFormat(language(), { style: 'unit', unit: age.unit, unitDisplay: 'long' }).format(age.count);
}

export function listText(items: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(items);
}

export function kindText(device: BlockDevice): string {
  switch (device.kind) {
    case 'ebs':
      return l10n.t('EBS volume');
    case 'instance-store':
      return l10n.t('Instance store');
    case 'suppressed':
      return l10n.t('Suppressed');
  }
}

export function notSet(): string {
  return l10n.t('Not set');
}

/** The state of an image in words; one that this version does not know in EC2's own word. */
export function stateText(state: string): string {
  switch (state) {
    case 'available':
      return l10n.t('Available');
    case 'pending':
      return l10n.t('Pending');
    case 'failed':
      return l10n.t('Failed');
    case 'disabled':
      return l10n.t('Disabled');
    case 'deregistered':
      return l10n.t('Deregistered');
    default:
      return state === '' ? notSet() : state;
  }
}
