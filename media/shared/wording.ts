import * as dates from '../../src/core/dateText.ts';
import * as lists from '../../src/core/listText.ts';
import * as numbers from '../../src/core/numberText.ts';

/*
 * Numbers, sizes, dates and ages in the page's language, which is the editor's.
 */

function language(): string {
  return document.documentElement.lang || 'en';
}

export function numberText(value: number): string {
  return numbers.numberText(value, language());
}

export function percentText(share: number): string {
  return numbers.percentText(share, language());
}

/** @param gib in GiB */
export function sizeText(gib: number): string {
  return numbers.sizeText(gib, language());
}

export function throughputText(mibPerSecond: number): string {
  return numbers.throughputText(mibPerSecond, language());
}

/** @param date as EC2 sends it, or ms since 1970 */
export function dateText(date: string | number): string {
  return dates.dateText(date, language());
}

export function dayText(time: number): string {
  return dates.dayText(time, language());
}

export function timeText(time: number): string {
  return dates.timeText(time, language());
}

/** "3 days ago", "in 2 months"; empty if it is no date. */
export function relativeText(date: string | undefined, now: number): string {
  return dates.relativeText(date, now, language());
}

export function listText(items: readonly string[]): string {
  return lists.listText(items, language());
}

/** Whole sentences one after the other. */
export function sentencesText(sentences: readonly string[]): string {
  return lists.sentencesText(sentences, language());
}
