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
  const words = joinDates(splitWords(name));
  // Most words have no digits, and most that have are the architecture: those are told at a glance.
  const kinds = words.map(({ text }, index) =>
    hasDigit(text) && !architectures.has(text) ? volatileKind(text, isVersionOfProduct(words, index)) : undefined,
  );
  // A word such as `build` goes with its number.
  for (const [index, word] of words.entries()) {
    if (kinds[index] === undefined && kinds[index + 1] !== undefined && counters.has(word.text.toLowerCase())) {
      kinds[index] = 'other';
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
  for (let index = 0; index <= name.length; index++) {
    const code = name.charCodeAt(index);
    const cuts = index === name.length || (isSeparator[code] === true && !isInVersion(name, index, code));
    if (!cuts) {
      if (start < 0) start = index;
    } else if (start >= 0) {
      words.push({ text: name.slice(start, index), before: name.slice(end, start), start, end: index });
      end = index;
      start = -1;
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

function hasDigit(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (isDigit(text.charCodeAt(index))) return true;
  }
  return false;
}

/** `2026-11-02` and `2026_11_02T10:30:00Z` are cut into words by their own separators: they become one again. */
function joinDates(words: readonly Word[]): readonly Word[] {
  const joined: Word[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index];
    if (word === undefined) break;
    const date = dateAt(words, index);
    if (date !== undefined) {
      joined.push(merge(words, index, date.length, date.text));
      index += date.length;
      continue;
    }
    // Intel's name for its architecture has a separator in it.
    if (word.text === 'x86' && words[index + 1]?.text === '64') {
      joined.push(merge(words, index, 2, 'x86_64'));
      index += 2;
      continue;
    }
    if (isUuidAt(words, index)) {
      const text = words.slice(index, index + uuidLengths.length).map((part) => part.text);
      joined.push(merge(words, index, uuidLengths.length, text.join('-')));
      index += uuidLengths.length;
      continue;
    }
    // An id of EC2's is cut in two: `i-0abc…`, `ami-0abc…`.
    const id = words[index + 1];
    if (id?.before === '-' && resourcePrefixes.has(word.text) && /^[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(id.text)) {
      joined.push(merge(words, index, 2, `${word.text}-${id.text}`));
      index += 2;
      continue;
    }
    joined.push(word);
    index++;
  }
  return joined;
}

function merge(words: readonly Word[], index: number, length: number, text: string): Word {
  const { before = '', start = 0 } = words[index] ?? {};
  return { text, before, start, end: words[index + length - 1]?.end ?? start };
}

const resourcePrefixes = new Set(['ami', 'i', 'snap', 'vol']);

const uuidLengths = [8, 4, 4, 4, 12];

/** A UUID is cut into five words by its hyphens. */
function isUuidAt(words: readonly Word[], index: number): boolean {
  if (words[index]?.text.length !== uuidLengths[0]) return false;
  return uuidLengths.every((length, part) => {
    const word = words[index + part];
    return word?.text.length === length && (part === 0 || word.before === '-') && /^[0-9a-f]+$/i.test(word.text);
  });
}

/** The date that begins with a word, and of how many words it consists; a time of day after a `T` belongs to it. */
function dateAt(words: readonly Word[], index: number): { readonly text: string; readonly length: number } | undefined {
  const year = words[index]?.text ?? '';
  if (year.length !== 4 || !/^(?:19|20)\d{2}$/.test(year)) return undefined;
  const [month, day] = [words[index + 1]?.text ?? '', words[index + 2]?.text ?? ''];
  if (!isTwoDigits(month, 12)) return undefined;
  const match = /^(\d{2})(T\d{2,6}Z?)?$/i.exec(day);
  if (match?.[1] === undefined || !isTwoDigits(match[1], 31)) return undefined;
  let length = 3;
  if (match[2] !== undefined) {
    while (length < 5 && /^\d{2}Z?$/i.test(words[index + length]?.text ?? '')) length++;
  }
  return { text: `${year}-${month}-${match[1]}`, length };
}

function isTwoDigits(text: string, max: number): boolean {
  if (text.length !== 2 || !isDigit(text.charCodeAt(0)) || !isDigit(text.charCodeAt(1))) return false;
  const number = Number(text);
  return number >= 1 && number <= max;
}

/** Whether a word tells the version of the product that is named before it. */
function isVersionOfProduct(words: readonly Word[], index: number): boolean {
  if (index === 0 || !/^v?\d{1,4}(?:\.\d{1,4}){0,3}$/i.test(words[index]?.text ?? '')) return false;
  const previous = words[index - 1]?.text.toLowerCase() ?? '';
  // No product's name begins with a digit, and few end a phrase: looking up costs more than anything else here.
  if (isDigit(previous.charCodeAt(0))) return false;
  if (versioned.has(previous)) return true;
  return phraseEnds.has(previous) && versionedPhrases.has(`${words[index - 2]?.text.toLowerCase()} ${previous}`);
}

/** Why a word with digits tells builds apart; undefined for one that belongs to the family. */
function volatileKind(text: string, versionOfProduct: boolean): Volatile | undefined {
  if (versionOfProduct) return undefined;
  if (text.length >= 'yyyymmdd'.length && isDate(text)) return 'date';
  if (/^v?\d+(?:\.\d+)+(?:[a-z]{1,8}\d{0,4})?$/i.test(text) || /^v\d+$/i.test(text)) return 'version';
  // Build numbers and times of day as long as a year or longer; Unix time is one of them.
  if (/^\d{4,}$/.test(text) || /^\d{8}[a-z]$/i.test(text)) return 'number';
  if (/^\d{1,2}h\d{2}(?:m\d{2})?s?$|^(?:\d{6}|\d{4})z$|^t?\d{4,6}z$/i.test(text)) return 'number';
  if (/^(?:rc|beta|alpha|build|rev|snapshot)\d{1,6}$/i.test(text)) return 'number';
  // All that follows is longer.
  if (text.length < 5) return undefined;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)) return 'other';
  if (/^(?:ami|i|snap|vol)-[0-9a-f]+$/.test(text)) return 'other';
  // A commit or checksum: hexadecimal with digits and letters both.
  if (/^g?[0-9a-f]{7,64}$/.test(text) && /\d/.test(text) && /[a-f]/.test(text)) return 'other';
  return undefined;
}

function isDate(text: string): boolean {
  const match = /^v?((?:19|20)\d{2})[-.]?(\d{2})[-.]?(\d{2})(?:[T.-]?\d{4,6}Z?|\.\d{1,4})?$/i.exec(text);
  return match !== null && isTwoDigits(match[2] ?? '', 12) && isTwoDigits(match[3] ?? '', 31);
}

function isBuildNumber(words: readonly Word[], index: number): boolean {
  return index > 0 && /^\d{1,3}$/.test(words[index]?.text ?? '') && !isVersionOfProduct(words, index);
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
  if (whole && /^[-_/.,:@+~#| ]{1,3}$/.test(before)) return before;
  return [...before].find((character) => !/[()[\]"\s]/.test(character)) ?? ' ';
}
