import type { NameParts, Replacement } from './familyNames.ts';

/**
 * The general rule for names that follow no well-known pattern: a name is cut into words; words that only tell one build
 * from the next (dates, times, versions, build numbers, hashes, ids) go, and what is left is the family.
 *
 * Words are found by one pass over the name, and each is judged by anchored expressions without nested repetition.
 */

/** Products whose version tells families apart: `rhel-9` and `rhel-8` are two, `payments-1.2` and `payments-1.3` are one. */
const versioned = new Set([
  'al',
  'alma',
  'almalinux',
  'amazonlinux',
  'amzn',
  'bookworm',
  'centos',
  'cuda',
  'debian',
  'docker',
  'eks',
  'elasticsearch',
  'fedora',
  'freebsd',
  'golang',
  'java',
  'jdk',
  'jre',
  'k8s',
  'kernel',
  'kubernetes',
  'macos',
  'mariadb',
  'mongo',
  'mongodb',
  'mysql',
  'nodejs',
  'openjdk',
  'ol',
  'php',
  'postgres',
  'postgresql',
  'python',
  'redis',
  'rhel',
  'rocky',
  'ruby',
  'sles',
  'sql',
  'suse',
  'ubuntu',
  'win',
  'windows',
]);

/** The same, where the product takes two words to tell. */
const versionedPhrases = new Set([
  'amazon linux',
  'centos stream',
  'enterprise linux',
  'oracle linux',
  'rocky linux',
  'sql server',
  'windows server',
]);

const phraseEnds = new Set([...versionedPhrases].map((phrase) => phrase.slice(phrase.indexOf(' ') + 1)));

/** Words that announce a build number: they go together with it. */
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

interface Word {
  readonly text: string;
  /** What stood before it: separators, or nothing. */
  readonly before: string;
  /** Where it stands in the name: from its first character to the one after its last. */
  readonly start: number;
  readonly end: number;
  /** How many of its characters are digits: most words have none, and those that have nothing else are told at a glance. */
  readonly digits: number;
}

type Volatile = 'date' | 'version' | 'number' | 'other';

/** Reads any name. `label` is empty where the name consists of nothing but dates, numbers and ids. */
export function readGeneralName(name: string): NameParts {
  const { words, kinds } = judge(name);
  return {
    label: joinKept(words, kinds),
    version: words.find((_, index) => kinds[index] === 'version')?.text,
    date: words.find((_, index) => kinds[index] === 'date')?.text,
  };
}

/**
 * Where a name tells one build from the next, and the wildcards that find the other builds there. They keep what little
 * the builds have in common (`v`, the dot of a version, the century), so that `web-20*` does not find `web-canary-…`.
 */
export function generalReplacements(name: string): readonly Replacement[] {
  const { words, kinds } = judge(name);
  const replacements: Replacement[] = [];
  for (const [index, word] of words.entries()) {
    const kind = kinds[index];
    if (kind === undefined) continue;
    const text = wildcardFor(word.text, kind);
    const previous = replacements.at(-1);
    if (text === '*' && previous !== undefined && previous.end === words[index - 1]?.end) {
      replacements[replacements.length - 1] = { ...previous, end: word.end };
    } else {
      replacements.push({ start: word.start, end: word.end, text });
    }
  }
  return replacements;
}

function wildcardFor(text: string, kind: Volatile): string {
  if (kind === 'date' && /^\d/.test(text)) return `${text.slice(0, 2)}*`;
  // Unix time begins with the same digit for decades.
  if (kind === 'number' && /^\d{10,13}$/.test(text)) return `${text.charAt(0)}*`;
  if (kind === 'version') return /^v/i.test(text) ? `${text.charAt(0)}*` : '*.*';
  return '*';
}

function judge(name: string): { readonly words: readonly Word[]; readonly kinds: readonly (Volatile | undefined)[] } {
  const words = joinParts(splitWords(name));
  const kinds: (Volatile | undefined)[] = [];
  for (const [index, word] of words.entries()) {
    const kind = word.digits === 0 ? undefined : volatileKind(words, index);
    kinds.push(kind);
    // A word such as `build` goes with its number.
    const previous = words[index - 1];
    if (kind !== undefined && previous && !kinds[index - 1] && counters.has(previous.text.toLowerCase())) {
      kinds[index - 1] = 'other';
    }
  }
  // A lone number names a build when nothing that stays follows it: `web-42`, but not `tier-2-web`.
  let end = words.length - 1;
  while (end >= 0 && (kinds[end] !== undefined || isBuildNumber(words, end))) {
    kinds[end] ??= 'number';
    end--;
  }
  return { words, kinds };
}

const isSeparator: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  ' -_/.()[]@,:+~#|"\t\n\r'.includes(String.fromCharCode(code)),
);

/** Cuts at separators, save for the dot between two digits or of a date, which holds a version together. */
function splitWords(name: string): readonly Word[] {
  const words: Word[] = [];
  let end = 0;
  let start = -1;
  let digits = 0;
  for (let index = 0; index <= name.length; index++) {
    const code = name.charCodeAt(index);
    const cuts = index === name.length || (isSeparator[code] === true && !isInVersion(name, index, code));
    if (!cuts) {
      if (start < 0) start = index;
      if (isDigit(code)) digits++;
    } else if (start >= 0) {
      words.push({ text: name.slice(start, index), before: name.slice(end, start), start, end: index, digits });
      end = index;
      start = -1;
      digits = 0;
    }
  }
  return words;
}

const dot = 0x2e;

function isInVersion(name: string, index: number, code: number): boolean {
  return code === dot && isDigit(name.charCodeAt(index - 1)) && isDigit(name.charCodeAt(index + 1));
}

/** Of a character code; NaN, beyond a name's ends, is none. */
function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** What a name's separators have cut and belongs together becomes one word again. */
function joinParts(words: readonly Word[]): readonly Word[] {
  let joined: Word[] | undefined;
  let index = 0;
  while (index < words.length) {
    const whole = wholeAt(words, index);
    // Few names have such a part: the others are not copied.
    if (whole && !joined) joined = words.slice(0, index);
    if (whole) {
      joined?.push(merge(words, index, whole));
    } else if (joined) {
      joined.push(...words.slice(index, index + 1));
    }
    index += whole?.length ?? 1;
  }
  return joined ?? words;
}

/** What consists of several words: the first of them says by its length what it can be. */
interface Whole {
  readonly text: string;
  /** Of how many words. */
  readonly length: number;
}

function wholeAt(words: readonly Word[], index: number): Whole | undefined {
  const { text = '' } = words[index] ?? {};
  switch (text.length) {
    case 1:
    case 2:
    case 3:
    case 4:
      return dateAt(words, index) ?? architectureAt(words, index) ?? resourceIdAt(words, index);
    case uuidLengths[0]:
      return uuidAt(words, index);
    default:
      return undefined;
  }
}

function merge(words: readonly Word[], index: number, { text, length }: Whole): Word {
  const { before = '', start = 0 } = words[index] ?? {};
  let digits = 0;
  for (const part of words.slice(index, index + length)) digits += part.digits;
  return { text, before, start, end: words[index + length - 1]?.end ?? start, digits };
}

/** Intel's name for its architecture has a separator in it. */
function architectureAt(words: readonly Word[], index: number): Whole | undefined {
  return words[index]?.text === 'x86' && words[index + 1]?.text === '64' ? { text: 'x86_64', length: 2 } : undefined;
}

const resourcePrefixes = new Set(['ami', 'i', 'snap', 'vol']);

/** An id of EC2's is cut in two: `i-0abc…`, `ami-0abc…`. */
function resourceIdAt(words: readonly Word[], index: number): Whole | undefined {
  const rest = words[index + 1];
  if (rest?.before !== '-' || !/^[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(rest.text)) return undefined;
  const { text = '' } = words[index] ?? {};
  return resourcePrefixes.has(text) ? { text: `${text}-${rest.text}`, length: 2 } : undefined;
}

const uuidLengths = [8, 4, 4, 4, 12] as const;

/** A UUID is cut into five words by its hyphens. */
function uuidAt(words: readonly Word[], index: number): Whole | undefined {
  const isUuid = uuidLengths.every((length, part) => {
    const word = words[index + part];
    return word?.text.length === length && (part === 0 || word.before === '-') && /^[0-9a-f]+$/i.test(word.text);
  });
  if (!isUuid) return undefined;
  const parts = words.slice(index, index + uuidLengths.length);
  return { text: parts.map(({ text }) => text).join('-'), length: parts.length };
}

/**
 * The date that begins with a word: `2026-11-02` and `2026_11_02T10:30:00Z` are cut by their own separators. A time of
 * day after a `T` belongs to it.
 */
function dateAt(words: readonly Word[], index: number): Whole | undefined {
  const year = words[index];
  if (year?.digits !== 4 || !/^(?:19|20)\d{2}$/.test(year.text)) return undefined;
  const [month, day] = [words[index + 1]?.text ?? '', words[index + 2]?.text ?? ''];
  if (!isTwoDigits(month, 12)) return undefined;
  const match = /^(\d{2})(T\d{2,6}Z?)?$/i.exec(day);
  if (match?.[1] === undefined || !isTwoDigits(match[1], 31)) return undefined;
  let length = 3;
  if (match[2] !== undefined) {
    while (length < 5 && /^\d{2}Z?$/i.test(words[index + length]?.text ?? '')) length++;
  }
  return { text: `${year.text}-${month}-${match[1]}`, length };
}

function isTwoDigits(text: string, max: number): boolean {
  if (text.length !== 2 || !isDigit(text.charCodeAt(0)) || !isDigit(text.charCodeAt(1))) return false;
  const number = Number(text);
  return number >= 1 && number <= max;
}

/** Digits of a product's version without dots: a year's. */
const longestVersion = 4;

/** Whether a word tells the version of the product that is named before it. */
function isVersionOfProduct(words: readonly Word[], index: number): boolean {
  // No product's name begins with a digit, and few end a phrase: looking up costs more than anything else here.
  if (index === 0 || isDigit(words[index - 1]?.text.charCodeAt(0) ?? Number.NaN)) return false;
  if (!/^v?\d{1,4}(?:\.\d{1,4}){0,3}$/i.test(words[index]?.text ?? '')) return false;
  const previous = words[index - 1]?.text.toLowerCase() ?? '';
  if (versioned.has(previous)) return true;
  return phraseEnds.has(previous) && versionedPhrases.has(`${words[index - 2]?.text.toLowerCase()} ${previous}`);
}

/** Why a word with digits tells builds apart; undefined for one that belongs to the family. */
function volatileKind(words: readonly Word[], index: number): Volatile | undefined {
  const { text = '', digits = 0 } = words[index] ?? {};
  const { length } = text;
  if (digits === length) {
    if (length <= longestVersion && isVersionOfProduct(words, index)) return undefined;
    if (length >= 'yyyymmdd'.length && isDate(text)) return 'date';
    // Build numbers and times of day as long as a year or longer; Unix time is one of them.
    return length < 4 ? undefined : 'number';
  }
  if (architectures.has(text) || isVersionOfProduct(words, index)) return undefined;
  if (digits >= 'yyyymmdd'.length && isDate(text)) return 'date';
  if (/^v?\d+(?:\.\d+)+(?:[a-z]{1,8}\d{0,4})?$/i.test(text) || /^v\d+$/i.test(text)) return 'version';
  if (/^\d{8}[a-z]$/i.test(text)) return 'number';
  if (/^\d{1,2}h\d{2}(?:m\d{2})?s?$|^(?:\d{6}|\d{4})z$|^t?\d{4,6}z$/i.test(text)) return 'number';
  if (/^(?:rc|beta|alpha|build|rev|snapshot)\d{1,6}$/i.test(text)) return 'number';
  // All that follows is longer.
  if (length < 5) return undefined;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return 'other';
  if (/^(?:ami|i|snap|vol)-[0-9a-f]+$/.test(text)) return 'other';
  // A commit or checksum: hexadecimal with digits and letters both.
  if (/^g?[0-9a-f]{7,64}$/.test(text) && /[a-f]/.test(text)) return 'other';
  return undefined;
}

function isDate(text: string): boolean {
  // Most dates are no more than this: a number is taken apart faster than a text.
  if (text.length === 'yyyymmdd'.length) return isDay(Number(text));
  const match = /^v?((?:19|20)\d{2})[-.]?(\d{2})[-.]?(\d{2})(?:[T.-]?\d{4,6}Z?|\.\d{1,4})?$/i.exec(text);
  return match !== null && isTwoDigits(match[2] ?? '', 12) && isTwoDigits(match[3] ?? '', 31);
}

/** Of a number like 20261102 (NaN is none). */
function isDay(number: number): boolean {
  const [month, day] = [Math.floor(number / 100) % 100, number % 100];
  return number >= 19_000_000 && number < 21_000_000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function isBuildNumber(words: readonly Word[], index: number): boolean {
  const { text = '', digits = 0 } = words[index] ?? {};
  return index > 0 && digits === text.length && digits < 4 && !isVersionOfProduct(words, index);
}

function joinKept(words: readonly Word[], kinds: readonly (Volatile | undefined)[]): string {
  let label = '';
  for (const [index, word] of words.entries()) {
    if (kinds[index] !== undefined) continue;
    if (label !== '') label += separator(word.before, kinds[index - 1] === undefined);
    label += word.text;
  }
  return label;
}

/**
 * What to put before a word: what stood there, or one character of it where words have gone or brackets would lose their
 * partner.
 */
function separator(before: string, whole: boolean): string {
  if (whole && (before === '-' || /^[-_/.,:@+~#| ]{1,3}$/.test(before))) return before;
  return [...before].find((character) => !/[()[\]"\s]/.test(character)) ?? ' ';
}
