import type { NameParts, Replacement } from './familyNames.ts';
import { dayInVersion, isDate, isNamedDate } from './nameDates.ts';
import { isDigit, isReleaseIn, type NameWord, wordsOfName } from './nameWords.ts';
import { announcesKind, isVersionOf } from './productVersions.ts';

/**
 * The general rule for names without a well-known pattern. Words that only distinguish builds (dates, times, versions,
 * build numbers, hashes, ids) are removed; the remaining words are the family, including releases of systems and
 * variants of a product.
 *
 * Each name is read in one pass, and each word is tested by anchored expressions without nested repetition.
 */

/** Words that announce a build number and are removed together with it. */
const counters = new Set([
  'b',
  'build',
  'iteration',
  'r',
  'rel',
  'release',
  'rev',
  'revision',
  'run',
  'v',
  'ver',
  'version',
]);

const architectures = new Set(['aarch64', 'amd64', 'arm64', 'i386', 'x86_64']);

/** `appended`: a number that counts within the version or the day before it. */
type Volatile = 'date' | 'version' | 'number' | 'appended' | 'other';

/** Reads any name. `label` is empty where the name has only dates, numbers and ids. */
export function readGeneralName(name: string): NameParts {
  const { words, kinds } = classify(name);
  const version = words.find((_, index) => kinds[index] === 'version')?.text;
  const date = words.find((_, index) => kinds[index] === 'date')?.text;
  return { label: joinFamilyWords(words, kinds), version, date: date ?? (version && dayInVersion(version)) };
}

/**
 * Where the builds of a name differ, with wildcards that find the other builds. Each wildcard keeps what the builds
 * share (`v`, the dot of a version, the century), so that `web-20*` does not find `web-canary-…`.
 */
export function generalReplacements(name: string): readonly Replacement[] {
  const { words, kinds } = classify(name);
  return words.flatMap(({ text, start, end }, index): readonly Replacement[] => {
    const kind = kinds[index];
    if (kind === undefined) return [];
    // A pattern that begins with a wildcard would find too much.
    const part = kind === 'date' ? name.slice(start, end) : text;
    const wildcard = start === 0 && counters.has(text.toLowerCase()) ? text : wildcardFor(part, kind);
    return [{ start, end, text: wildcard, expression: expressionFor(part, kind), joins: wildcard === '*' }];
  });
}

function wildcardFor(text: string, kind: Volatile): string {
  if (kind === 'date' && /^(?:19|20)\d{2}/.test(text)) return `${text.slice(0, 2)}*`;
  // Unix time begins with the same digit for decades.
  if (kind === 'number' && /^\d{10,13}$/.test(text)) return `${text.charAt(0)}*`;
  if (kind === 'version') return /^v/i.test(text) ? `${text.charAt(0)}*` : '*.*';
  return '*';
}

function expressionFor(text: string, kind: Volatile): string {
  if (kind === 'date' && /[a-su-y]|[ ,/]/i.test(text.slice(1))) return writtenDateExpression(text);
  if (kind === 'date') return `${/^v/i.test(text) ? text.charAt(0) : ''}[0-9][0-9TZtz.:_-]*`;
  if (kind === 'version') return `${/^v/i.test(text) ? text.charAt(0) : ''}[0-9]+(?:[.][0-9A-Za-z]+)*`;
  if (kind === 'other') {
    // A word such as `build`, an EC2 id, or a hash.
    if (counters.has(text.toLowerCase())) return text;
    const prefix = /^(?:ami|i|snap|vol)-/.exec(text)?.[0] ?? '';
    return `${prefix}[0-9A-Fa-f${prefix === '' ? '' : '.'}-]+`;
  }
  return /^\d+$/.test(text) ? '[0-9]+' : '[0-9A-Za-z]*[0-9][0-9A-Za-z]*';
}

/** `[0-9]+[-][A-Za-z]+[-][0-9]+` for `02-Nov-2026`. */
function writtenDateExpression(text: string): string {
  return text.replaceAll(/\d+|[A-Za-z]+|[^0-9A-Za-z]+/g, (part) => {
    if (/\d/.test(part)) return '[0-9]+';
    return /[A-Za-z]/.test(part) ? '[A-Za-z]+' : '[^0-9A-Za-z]+';
  });
}

function classify(name: string): {
  readonly words: readonly NameWord[];
  readonly kinds: readonly (Volatile | undefined)[];
} {
  const words = wordsOfName(name);
  const kinds: (Volatile | undefined)[] = [];
  for (const [index, word] of words.entries()) {
    const kind = word.digits === 0 ? undefined : (volatileKind(words, index) ?? appendedKind(word, kinds[index - 1]));
    kinds.push(kind);
    // A word such as `build` belongs to its number.
    const previous = words[index - 1];
    if (kind !== undefined && previous && !kinds[index - 1] && counters.has(previous.text.toLowerCase())) {
      kinds[index - 1] = 'other';
    }
  }
  // A lone number is a build where only such words follow: `web-42`, but not `tier-2-web`.
  let end = words.length - 1;
  while (end >= 0 && (kinds[end] !== undefined || isBuildNumber(words, end))) {
    if (kinds[end] === undefined) {
      kinds[end] = 'number';
      // A single letter is a name more often than an abbreviation of `build`.
      const previous = words[end - 1]?.text ?? '';
      if (end > 1 && previous.length > 1 && counters.has(previous.toLowerCase())) kinds[end - 1] ??= 'other';
    }
    end--;
  }
  return { words, kinds };
}

/** The hotfix in `10.1.14-h8`, the build in `20220825_1`, both in `6.4.3-0-r01`. */
function appendedKind(word: NameWord, previous: Volatile | undefined): Volatile | undefined {
  if (previous !== 'version' && previous !== 'date' && previous !== 'appended') return undefined;
  return /^(?:h|hf|p|r)?\d{1,3}$/i.test(word.text) ? 'appended' : undefined;
}

/** Most digits of a product's version without dots, such as a year. */
const longestVersion = 4;

/** Whether a word is the version of the product named before it. */
function isVersionOfProduct(words: readonly NameWord[], index: number): boolean {
  // Cheap checks come first: no product's name begins with a digit, and looking phrases up is slow.
  if (index === 0 || isDigit(words[index - 1]?.text.charCodeAt(0) ?? Number.NaN)) return false;
  const version = words[index]?.text ?? '';
  if (!/^v?\d{1,4}(?:\.\d{1,4}){0,3}$/i.test(version)) return false;
  return isVersionOf(words[index - 2]?.text.toLowerCase(), words[index - 1]?.text.toLowerCase() ?? '', version);
}

/** How a word with digits distinguishes builds; undefined for a word of the family. */
function volatileKind(words: readonly NameWord[], index: number): Volatile | undefined {
  const { text = '', digits = 0, role } = words[index] ?? {};
  if (role === 'patch') return 'appended';
  if (role === 'date') return 'date';
  const { length } = text;
  if (digits === length) {
    if (length <= longestVersion && isVersionOfProduct(words, index)) return undefined;
    if (length >= 'yyyymmdd'.length && isDate(text)) return 'date';
    // Build numbers, times of day and Unix time have four digits or more.
    return length < 4 ? undefined : 'number';
  }
  if (architectures.has(text) || isVersionOfProduct(words, index)) return undefined;
  if (digits >= 'yyyymmdd'.length && isDate(text)) return 'date';
  if (/^v?\d{1,2}\.\d{1,2}(?:\.\d)?$/i.test(text) && isReleaseIn(words, text)) return undefined;
  if (/^v?\d+(?:\.\d+)+(?:[a-z]{1,8}\d{0,4})?$/i.test(text) || /^v\d+$/i.test(text)) return 'version';
  if (isNamedDate(text)) return 'date';
  if (/^\d{8}[a-z]$/i.test(text)) return 'number';
  if (/^\d{1,2}h\d{2}(?:m\d{2})?s?$|^(?:\d{6}|\d{4})z$|^t?\d{4,6}(?:z|utc|gmt)$/i.test(text)) return 'number';
  if (/^(?:rc|beta|alpha|build|rev|snapshot)\d{1,6}$/i.test(text)) return 'number';
  // All forms below are longer.
  if (length < 5) return undefined;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return 'other';
  if (/^(?:ami|i|snap|vol)-[0-9a-f]+$/.test(text)) return 'other';
  // A commit or a checksum: hexadecimal, with both digits and letters.
  if (/^g?[0-9a-f]{7,64}$/.test(text) && /[a-f]/.test(text)) return 'other';
  return undefined;
}

function isBuildNumber(words: readonly NameWord[], index: number): boolean {
  const { text = '', digits = 0 } = words[index] ?? {};
  if (index === 0 || digits !== text.length || digits >= 4) return false;
  return !announcesKind(words[index - 1]?.text.toLowerCase() ?? '') && !isVersionOfProduct(words, index);
}

function joinFamilyWords(words: readonly NameWord[], kinds: readonly (Volatile | undefined)[]): string {
  let label = '';
  for (const [index, word] of words.entries()) {
    if (kinds[index] !== undefined) continue;
    if (label !== '') label += separator(word.before, kinds[index - 1] === undefined);
    label += word.text;
  }
  return label;
}

/**
 * The separator before a word of the label: the original one, or one of its characters where a word was removed or a
 * bracket would be left unpaired.
 */
function separator(before: string, whole: boolean): string {
  if (whole && (before === '-' || /^[-_/.,:@+~#| ]{1,3}$/.test(before))) return before;
  return [...before].find((character) => !/[()[\]"\s]/.test(character)) ?? ' ';
}
