import { cachedFormat } from './cachedFormat.ts';

/** "a, b, and c" in a language, as a part of a sentence. */
export function listText(items: readonly string[], language: string): string {
  return format(items, language, 'conjunction');
}

/** "a, b, or c" in a language, as a part of a sentence. */
export function choiceText(items: readonly string[], language: string): string {
  return format(items, language, 'disjunction');
}

/** Whole sentences one after the other: some languages have no space between them. */
export function sentencesText(sentences: readonly string[], language: string): string {
  return sentences.join(/^(?:ja|zh)\b/.test(language) ? '' : ' ');
}

function format(items: readonly string[], language: string, type: 'conjunction' | 'disjunction'): string {
  return cachedFormat(language, type, () => new Intl.ListFormat(language, { type })).format(items);
}
