import { cachedFormat } from './cachedFormat.ts';

/*
 * Numbers and sizes as all surfaces write them. `language` is BCP 47.
 */

/** `2,000` */
export function numberText(value: number, language: string): string {
  return cachedFormat(language, 'number', () => new Intl.NumberFormat(language)).format(value);
}

/** `25%` for 0.25. */
export function percentText(share: number, language: string): string {
  return cachedFormat(language, 'percent', () => new Intl.NumberFormat(language, { style: 'percent' })).format(share);
}

/**
 * `2,000 GiB`: always in EC2's own unit for volumes, in which code and the console have it, so that a size is read the same
 * everywhere and sizes can be compared. The unit's symbol is the same in all languages.
 */
export function sizeText(gib: number, language: string): string {
  return `${numberText(gib, language)} GiB`;
}

/** `125 MiB/s` */
export function throughputText(mibPerSecond: number, language: string): string {
  return `${numberText(mibPerSecond, language)} MiB/s`;
}
