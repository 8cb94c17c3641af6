import * as vscode from 'vscode';
import type { ImageSummary } from '../../core/image.ts';
import { ageOf, type LifecycleFlag, lifecycleOf } from '../../core/lifecycle.ts';

/** A text for one, and a text for several with the count as `{0}`. */
export type Counted = readonly [one: string, several: string];

export function counted([one, several]: Counted, count: number): string {
  return count === 1 ? one : several.replace('{0}', String(count));
}

/** "3 days ago", in the editor's language; empty where there is no date. */
export function ageText(date: string | undefined, now: number): string {
  const age = ageOf(date, now);
  return age ? new Intl.RelativeTimeFormat(vscode.env.language).format(-age.count, age.unit) : '';
}

/** "3 days", in the editor's language: how old something is; empty where there is no date. */
export function timeSpanText(date: string | undefined, now: number): string {
  const age = ageOf(date, now);
  return age
    ? new Intl.NumberFormat(vscode.env.language, { style: 'unit', unit: age.unit, unitDisplay: 'long' }).format(
        age.count,
      )
    : '';
}

/** Date and time in the editor's language and the user's time zone; a text that is no date stays as it is. */
export function dateText(date: string): string {
  const time = Date.parse(date);
  return Number.isNaN(time)
    ? date
    : new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

/** @param offset ms by which this machine's clock is behind, or ahead if negative */
export function clockText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const units = [
    { unit: 'day', count: Math.floor(minutes / 1_440) },
    { unit: 'hour', count: Math.floor(minutes / 60) % 24 },
    { unit: 'minute', count: minutes % 60 },
  ];
  const time = units
    .filter(({ count }) => count > 0)
    .slice(0, 2)
    .map(({ unit, count }) =>
      new Intl.NumberFormat(vscode.env.language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    )
    .join(' ');
  return offset > 0
    ? vscode.l10n.t('The clock of this machine is {0} behind.', time)
    : vscode.l10n.t('The clock of this machine is {0} ahead.', time);
}

/** What a user should know before using the image; undefined for an available one without a flag. */
export function statusText(image: ImageSummary, now: number, progress?: number): string | undefined {
  const flag = lifecycleOf(image, now)[0];
  return flag && flagText(flag, progress);
}

function flagText(flag: LifecycleFlag, progress: number | undefined): string | undefined {
  switch (flag.kind) {
    case 'pending':
      return progress === undefined ? vscode.l10n.t('pending') : vscode.l10n.t('pending {0} %', progress);
    case 'failed':
      return vscode.l10n.t('failed');
    case 'disabled':
      return vscode.l10n.t('disabled');
    case 'deprecated':
      return vscode.l10n.t('deprecated');
    case 'deprecating-soon':
      return flag.days === 0
        ? vscode.l10n.t('deprecated within a day')
        : vscode.l10n.t('deprecated {0}', new Intl.RelativeTimeFormat(vscode.env.language).format(flag.days, 'day'));
    case 'unusable':
      return flag.state;
    case 'stale':
      return undefined;
  }
}
