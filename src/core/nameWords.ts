import { splitDate } from './nameDates.ts';
import { isReleaseOf, isVersionOf, kubernetesMinor, minorOf } from './productVersions.ts';

/**
 * One word of a name. Separators split a name into words; parts that belong together, such as a date, are joined again.
 */
export interface NameWord {
  readonly text: string;
  /** The separators before it; may be empty. */
  readonly before: string;
  /** Its place in the name: up to, but not including, `end`. */
  readonly start: number;
  readonly end: number;
  /** How many of its characters are digits; decides cheaply which expressions are worth trying. */
  readonly digits: number;
  /** `patch`: only the patch number of the release in the word before. */
  readonly role: 'date' | 'patch' | undefined;
}

export function wordsOfName(name: string): readonly NameWord[] {
  return joinParts(splitWords(name));
}

const isSeparator: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  ' -_/.()[]@,:+~#|"\t\n\r'.includes(String.fromCharCode(code)),
);

/** Splits at separators, except for a dot between two digits, which belongs to a version or a date. */
function splitWords(name: string): readonly NameWord[] {
  const words: NameWord[] = [];
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
      words.push({
        text: name.slice(start, index),
        before: name.slice(end, start),
        start,
        end: index,
        digits,
        role: undefined,
      });
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

/** For a character code; false for NaN, as beyond a name's ends. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Joins the parts that separators have split. */
function joinParts(words: readonly NameWord[]): readonly NameWord[] {
  let joined: NameWord[] | undefined;
  let index = 0;
  while (index < words.length) {
    const whole = joinedWordAt(words, index);
    const patched = whole ? undefined : patchAt(words, index);
    // Few names have such parts, so the others are not copied.
    if ((whole || patched) && !joined) joined = words.slice(0, index);
    if (whole) {
      joined?.push(merge(words, index, whole));
    } else if (patched) {
      joined?.push(...patched);
    } else if (joined) {
      joined.push(...words.slice(index, index + 1));
    }
    index += whole?.length ?? 1;
  }
  return joined ?? words;
}

/** One word made of several. */
interface JoinedWord {
  readonly text: string;
  /** In words. */
  readonly length: number;
  readonly role?: 'date';
}

function joinedWordAt(words: readonly NameWord[], index: number): JoinedWord | undefined {
  const { text = '', digits = 0 } = words[index] ?? {};
  const { length } = text;
  // A month's name must be followed by a number.
  if (digits === 0 && length >= 3 && length <= longestMonth && (words[index + 1]?.digits ?? 0) > 0) {
    const date = dateAt(words, index);
    if (date) return date;
  }
  if (length === uuidLengths[0]) return uuidAt(words, index);
  if (length > longestPart) return undefined;
  return (
    (digits > 0 ? dateAt(words, index) : undefined) ??
    architectureAt(words, index) ??
    resourceIdAt(words, index) ??
    releaseAt(words, index)
  );
}

const longestMonth = 'september'.length;
const longestPart = 4;

function merge(words: readonly NameWord[], index: number, { text, length, role }: JoinedWord): NameWord {
  const { before = '', start = 0 } = words[index] ?? {};
  let digits = 0;
  for (const part of words.slice(index, index + length)) digits += part.digits;
  return { text, before, start, end: words[index + length - 1]?.end ?? start, digits, role };
}

/** The architecture's name contains a separator. */
function architectureAt(words: readonly NameWord[], index: number): JoinedWord | undefined {
  return words[index]?.text === 'x86' && words[index + 1]?.text === '64' ? { text: 'x86_64', length: 2 } : undefined;
}

const resourcePrefixes = new Set(['ami', 'i', 'snap', 'vol']);

/** EC2's ids contain a separator: `i-0abc…`, `ami-0abc…`, and `ami-0abc….4` in old names of the Marketplace. */
function resourceIdAt(words: readonly NameWord[], index: number): JoinedWord | undefined {
  const rest = words[index + 1];
  if (rest?.before !== '-' || !/^[0-9a-f]{8}(?:[0-9a-f]{9})?(?:\.\d{1,3})?$/.test(rest.text)) return undefined;
  const { text = '' } = words[index] ?? {};
  return resourcePrefixes.has(text) ? { text: `${text}-${rest.text}`, length: 2 } : undefined;
}

const uuidLengths = [8, 4, 4, 4, 12] as const;

/** A UUID contains four hyphens. */
function uuidAt(words: readonly NameWord[], index: number): JoinedWord | undefined {
  const isUuid = uuidLengths.every((length, part) => {
    const word = words[index + part];
    return word?.text.length === length && (part === 0 || word.before === '-') && /^[0-9a-f]+$/i.test(word.text);
  });
  if (!isUuid) return undefined;
  const parts = words.slice(index, index + uuidLengths.length);
  return { text: parts.map(({ text }) => text).join('-'), length: parts.length };
}

function dateAt(words: readonly NameWord[], index: number): JoinedWord | undefined {
  const at = (offset: number) => words[index + offset]?.text ?? '';
  const date = splitDate(at, () => isVersionOf(at(-2).toLowerCase(), at(-1).toLowerCase(), at(0)));
  return date && { ...date, role: 'date' };
}

/** A release written with a hyphen: `eks-worker-1-30`, `k8s-v1-30`, `ubuntu-22-04`. */
function releaseAt(words: readonly NameWord[], index: number): JoinedWord | undefined {
  const [first, second] = [words[index], words[index + 1]];
  if (second?.digits !== 2 || second.text.length !== 2 || !/^v?\d{1,2}$/i.test(first?.text ?? '')) return undefined;
  if (second.before !== '-' && second.before !== '_') return undefined;
  return isReleaseIn(words, `${first?.text}.${second.text}`)
    ? { text: `${first?.text}${second.before}${second.text}`, length: 2 }
    : undefined;
}

/** Whether a version is a release of a product that another word names. */
export function isReleaseIn(words: readonly NameWord[], version: string): boolean {
  return words.some(({ text }) => isReleaseOf(text.toLowerCase(), version));
}

/**
 * Splits off patch numbers, since minor versions of Kubernetes, OpenShift and Alpine are releases: `v1.30.2` becomes
 * `v1.30` and `2`.
 */
function patchAt(words: readonly NameWord[], index: number): readonly NameWord[] | undefined {
  const word = words[index];
  if (word === undefined || word.digits < 4 || word.digits === word.text.length) return undefined;
  const ofKubernetes = kubernetesMinor(word.text);
  const minor =
    ofKubernetes !== undefined && isReleaseIn(words, ofKubernetes)
      ? ofKubernetes
      : minorOf(words[index - 1]?.text, word.text);
  if (minor === undefined) return undefined;
  const end = word.start + minor.length;
  const patch = word.text.slice(minor.length + 1);
  return [
    { ...word, text: minor, end, digits: word.digits - patch.length },
    { text: patch, before: '.', start: end + 1, end: word.end, digits: patch.length, role: 'patch' },
  ];
}
