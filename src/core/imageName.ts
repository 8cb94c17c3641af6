import type { Tag } from './image.ts';
import type { Instance } from './instance.ts';

/** EC2's limits when an image is made (EC2 API reference, CreateImage; "Tag restrictions"). */
const imageNameLength = { min: 3, max: 128 } as const;
export const maxDescriptionLength = 255;
const maxTags = 50;
const maxTagKeyLength = 128;
const maxTagValueLength = 256;

const allowed = /[A-Za-z0-9()[\] ./\-'@_]/;

export type NameProblem =
  | { readonly kind: 'too-short'; readonly length: number; readonly min: number }
  | { readonly kind: 'too-long'; readonly length: number; readonly max: number }
  /** Each character once, in the order of the name. */
  | { readonly kind: 'characters'; readonly characters: readonly string[] };

/** What EC2 would refuse in a name; empty where it is valid. The SDK does not check names. */
export function checkImageName(name: string): readonly NameProblem[] {
  const problems: NameProblem[] = [];
  const characters = [...name];
  const { min, max } = imageNameLength;
  if (characters.length < min) problems.push({ kind: 'too-short', length: characters.length, min });
  if (characters.length > max) problems.push({ kind: 'too-long', length: characters.length, max });
  const wrong = new Set(characters.filter((character) => !allowed.test(character)));
  if (wrong.size > 0) problems.push({ kind: 'characters', characters: [...wrong] });
  return problems;
}

/** How many characters a description is too long; 0 when EC2 would take it. */
export function descriptionExcess(description: string): number {
  return Math.max(0, [...description].length - maxDescriptionLength);
}

export type TagProblem =
  | { readonly kind: 'key-empty' }
  | { readonly kind: 'key-too-long'; readonly key: string; readonly max: number }
  | { readonly kind: 'key-reserved'; readonly key: string }
  | { readonly kind: 'key-twice'; readonly key: string }
  | { readonly kind: 'value-too-long'; readonly key: string; readonly max: number }
  | { readonly kind: 'too-many'; readonly count: number; readonly max: number };

/** What EC2 would refuse in a resource's tags. Keys are case-sensitive; the prefix `aws:` is reserved for AWS. */
export function checkTags(tags: readonly Tag[]): readonly TagProblem[] {
  const problems: TagProblem[] = [];
  const seen = new Set<string>();
  for (const { key, value } of tags) {
    if (key === '') problems.push({ kind: 'key-empty' });
    if ([...key].length > maxTagKeyLength) problems.push({ kind: 'key-too-long', key, max: maxTagKeyLength });
    if (key.toLowerCase().startsWith('aws:')) problems.push({ kind: 'key-reserved', key });
    if (seen.has(key) && key !== '') problems.push({ kind: 'key-twice', key });
    if ([...value].length > maxTagValueLength) problems.push({ kind: 'value-too-long', key, max: maxTagValueLength });
    seen.add(key);
  }
  if (tags.length > maxTags) problems.push({ kind: 'too-many', count: tags.length, max: maxTags });
  return problems;
}

/** Offered for several instances; unique as long as their names are. */
export const defaultNamePattern = '{name}-{date}';

export type NamePlaceholder = 'name' | 'id' | 'date';

/** `unknown` has each unknown placeholder once; it stays in the text as typed. */
export interface ExpandedName {
  readonly text: string;
  readonly unknown: readonly string[];
}

/**
 * Replaces `{name}`, `{id}` and `{date}`. Characters that EC2 does not allow in a name become `-` in the values only.
 */
export function expandNamePattern(pattern: string, values: Readonly<Record<NamePlaceholder, string>>): ExpandedName {
  const unknown = new Set<string>();
  const text = pattern.replaceAll(/\{([^{}]*)\}/g, (whole, placeholder: string) => {
    if (placeholder === 'name' || placeholder === 'id' || placeholder === 'date')
      return allowedOnly(values[placeholder]);
    unknown.add(placeholder);
    return whole;
  });
  return { text, unknown: [...unknown] };
}

/** The values of the placeholders for an instance; `now` is in milliseconds since 1970, the date in UTC. */
export function placeholderValues(
  instance: Pick<Instance, 'id' | 'name'>,
  now: number,
): Readonly<Record<NamePlaceholder, string>> {
  return { name: allowedOnly(instance.name) || instance.id, id: instance.id, date: timestamp(now) };
}

/** `web-1-20261123-0610`: the instance's name, or else its id, and the minute in UTC. Always valid for EC2. */
export function defaultImageName(instance: Pick<Instance, 'id' | 'name'>, now: number): string {
  const { name, date } = placeholderValues(instance, now);
  const ending = `-${date}`;
  return name.slice(0, imageNameLength.max - ending.length).trimEnd() + ending;
}

/** The names that occur more than once, each once. EC2's names are unique per account and region. */
export function duplicateNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function allowedOnly(text: string): string {
  return [...text.trim()].map((character) => (allowed.test(character) ? character : '-')).join('');
}

/** `20261123-0610` */
function timestamp(now: number): string {
  const iso = new Date(now).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')}-${iso.slice(11, 16).replace(':', '')}`;
}
