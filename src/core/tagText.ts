import type { Tag } from './image.ts';

/** Why a text is not a list of tags; `part` is the wrong piece of the text. */
export type TagTextProblem =
  | { readonly kind: 'no-value'; readonly part: string }
  | { readonly kind: 'unclosed-quote'; readonly part: string }
  | { readonly kind: 'after-quote'; readonly part: string };

export type ParsedTags =
  | { readonly ok: true; readonly tags: readonly Tag[] }
  | { readonly ok: false; readonly problem: TagTextProblem };

/**
 * Reads `Team=data; Cost center="12; 34"`: pairs separated by `;`, with the first `=` between key and value. Double
 * quotes surround keys and values with `;`, `=`, quotes or outer spaces; `\` in them escapes the next character.
 *
 * Empty pieces are ignored, and `Key=` is an empty value. EC2's limits for tags are not checked here.
 */
export function parseTags(text: string): ParsedTags {
  const tags: Tag[] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const key = readPart(rest, '=;');
    if ('kind' in key) {
      return { ok: false, problem: key };
    }
    if (!key.rest.startsWith('=')) {
      if (key.value === '') {
        rest = key.rest.slice(1);
        continue;
      }
      return { ok: false, problem: { kind: 'no-value', part: key.value } };
    }
    const value = readPart(key.rest.slice(1), ';');
    if ('kind' in value) {
      return { ok: false, problem: value };
    }
    tags.push({ key: key.value, value: value.value });
    rest = value.rest.slice(1);
  }
  return { ok: true, tags };
}

/** The text that `parseTags` reads back as these tags. */
export function formatTags(tags: readonly Tag[]): string {
  return tags.map(({ key, value }) => `${quoted(key, /[;="\\]/)}=${quoted(value, /[;"\\]/)}`).join('; ');
}

/** The tags that all resources share, without AWS's own, which cannot be set on other resources. */
export function commonTags(resources: readonly { readonly tags: readonly Tag[] }[]): readonly Tag[] {
  const [first, ...others] = resources;
  return (first?.tags ?? []).filter(
    ({ key, value }) =>
      !key.toLowerCase().startsWith('aws:') &&
      others.every((other) => other.tags.some((tag) => tag.key === key && tag.value === value)),
  );
}

interface Part {
  readonly value: string;
  /** From the separator on; empty at the end of the text. */
  readonly rest: string;
}

function readPart(text: string, separators: string): Part | TagTextProblem {
  const start = text.trimStart();
  if (!start.startsWith('"')) {
    const end = [...start].findIndex((character) => separators.includes(character));
    const characters = [...start];
    return end < 0
      ? { value: start.trim(), rest: '' }
      : { value: characters.slice(0, end).join('').trim(), rest: characters.slice(end).join('') };
  }
  const quote = /^"((?:[^"\\]|\\.)*)"\s*/su.exec(start);
  if (!quote) {
    return { kind: 'unclosed-quote', part: start };
  }
  const rest = start.slice(quote[0].length);
  if (rest !== '' && !separators.includes(rest.charAt(0))) {
    return { kind: 'after-quote', part: start };
  }
  return { value: (quote[1] ?? '').replace(/\\(.)/gsu, '$1'), rest };
}

function quoted(text: string, special: RegExp): string {
  const plain = text === text.trim() && !special.test(text);
  return plain ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
