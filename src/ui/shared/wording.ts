import * as vscode from 'vscode';
import * as dates from '../../core/dateText.ts';
import type { ImageSummary } from '../../core/image.ts';
import { ageOf, type LifecycleFlag, lifecycleOf } from '../../core/lifecycle.ts';
import * as lists from '../../core/listText.ts';
import * as numbers from '../../core/numberText.ts';

/** A text for one, and a text for several with the count as `{0}`. */
export type Counted = readonly [one: string, several: string];

export function counted([one, several]: Counted, count: number): string {
  return count === 1 ? one : several.replace('{0}', String(count));
}

/** "a, b, and c" in the editor's language, as a part of a sentence. */
export function listText(items: readonly string[]): string {
  return lists.listText(items, vscode.env.language);
}

/** Whole sentences one after the other, in the editor's language. */
export function sentencesText(sentences: readonly string[]): string {
  return lists.sentencesText(sentences, vscode.env.language);
}

/** "3 days ago", in the editor's language; empty where there is no date. */
export function ageText(date: string | undefined, now: number): string {
  return dates.relativeText(date, now, vscode.env.language);
}

/** "3 days", in the editor's language: how old something is; empty where there is no date. */
export function timeSpanText(date: string | undefined, now: number): string {
  const age = ageOf(date, now);
  return age ? dates.ageText(age, vscode.env.language) : '';
}

/** Date and time in the editor's language and the user's time zone; a text that is no date stays as it is. */
export function dateText(date: string): string {
  return dates.dateText(date, vscode.env.language);
}

/** The day alone, as `dateText`. */
export function dayText(date: string): string {
  return dates.dayText(date, vscode.env.language);
}

/** `2,000 GiB` in the editor's language. */
export function sizeText(gib: number): string {
  return numbers.sizeText(gib, vscode.env.language);
}

export function numberText(value: number): string {
  return numbers.numberText(value, vscode.env.language);
}

export function percentText(share: number): string {
  return numbers.percentText(share, vscode.env.language);
}

/** @param offset ms by which this machine's clock is behind, or ahead if negative */
export function clockText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const units = [
    { unit: 'day', count: Math.floor(minutes / 1_440) },
    { unit: 'hour', count: Math.floor(minutes / 60) % 24 },
    { unit: 'minute', count: minutes % 60 },
  ] as const;
  const time = units
    .filter(({ count }) => count > 0)
    .slice(0, 2)
    .map(({ unit, count }) => dates.countText(count, unit, vscode.env.language))
    .join(' ');
  return offset > 0
    ? vscode.l10n.t('The clock of this computer is {0} behind.', time)
    : vscode.l10n.t('The clock of this computer is {0} ahead.', time);
}

/** Of an image that the account itself has made public, perhaps by mistake. */
export function publicWarning(): string {
  return vscode.l10n.t('This image is public: every AWS account can launch instances from it and read its data.');
}

/** What a user should know before using the image; undefined for an available one without a flag. */
export function statusText(image: ImageSummary, now: number, progress?: number): string | undefined {
  const flag = lifecycleOf(image, now)[0];
  return flag && flagText(flag, now, progress);
}

function flagText(flag: LifecycleFlag, now: number, progress: number | undefined): string | undefined {
  switch (flag.kind) {
    case 'pending':
      return progress === undefined
        ? vscode.l10n.t('pending')
        : vscode.l10n.t('pending {0}', percentText(progress / 100));
    case 'failed':
      return vscode.l10n.t('failed');
    case 'disabled':
      return vscode.l10n.t('disabled');
    case 'deprecated':
      return vscode.l10n.t('deprecated');
    case 'deprecating-soon':
      return vscode.l10n.t('deprecated {0}', ageText(flag.at, now));
    case 'unusable':
      return flag.state;
    case 'stale':
      return undefined;
  }
}

/** EC2's state of an instance, in words. */
export function instanceStateText(state: string): string {
  switch (state) {
    case 'pending':
      return vscode.l10n.t('pending');
    case 'running':
      return vscode.l10n.t({ message: 'running', comment: ['The state of an instance'] });
    case 'stopping':
      return vscode.l10n.t({ message: 'stopping', comment: ['The state of an instance'] });
    case 'stopped':
      return vscode.l10n.t({ message: 'stopped', comment: ['The state of an instance'] });
    case 'shutting-down':
      return vscode.l10n.t({ message: 'shutting down', comment: ['The state of an instance'] });
    case 'terminated':
      return vscode.l10n.t({ message: 'terminated', comment: ['The state of an instance'] });
    default:
      return state;
  }
}
