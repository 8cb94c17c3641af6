/** A word that is searched for, in lower case, and how it is found. */
export interface SearchWord {
  readonly text: string;
  /**
   * A number of one or two digits is found only where a number begins: dates, versions and ids have each digit somewhere.
   */
  readonly isShortNumber: boolean;
  /** Whether it may be a part of an id. Shorter words are in nearly all ids. */
  readonly isOfId: boolean;
}

export function toSearchWord(text: string): SearchWord {
  return { text, isShortNumber: /^\d{1,2}$/.test(text), isOfId: /^[0-9a-fim-]{4,}$/.test(text) };
}

/** Whether a text in lower case has the word. */
export function hasWord(text: string, word: SearchWord): boolean {
  let at = text.indexOf(word.text);
  while (at >= 0 && !isFoundAt(text, at, word)) {
    at = text.indexOf(word.text, at + 1);
  }
  return at >= 0;
}

/** Whether the first word is found wherever the second is. */
export function isWherever(first: SearchWord, second: SearchWord): boolean {
  return second.text.includes(first.text) && !first.isShortNumber && (first.isOfId || !second.isOfId);
}

/** Whether a place where the word's characters stand counts as a place of the word. */
export function isFoundAt(text: string, at: number, { text: word, isShortNumber }: SearchWord): boolean {
  if (!isShortNumber) {
    return true;
  }
  if (continuesNumber(text, at)) {
    return false;
  }
  let end = at + word.length;
  while (isDigit(text.charCodeAt(end))) {
    end += 1;
  }
  const length = end - at;
  return length === word.length || (length <= yearLength && !architectureNumbers.has(text.slice(at, end)));
}

/**
 * Whether a text in lower case has the word with no letter or digit beside it, and not as the later part of a version:
 * `9` is whole in `9.8`, and a part in `8.9`.
 */
export function hasWholeWord(text: string, { text: word }: SearchWord): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isWhole =
      !isAlphanumeric(text.charCodeAt(at - 1)) &&
      !isAlphanumeric(text.charCodeAt(at + word.length)) &&
      !(isDigit(text.charCodeAt(at)) && continuesNumber(text, at));
    if (isWhole) {
      return true;
    }
  }
  return false;
}

/** Longer numbers are dates and builds. */
const yearLength = 4;

/** Of `x86_64`, `arm64` and `i386`: the names of most images have them. */
const architectureNumbers: ReadonlySet<string> = new Set(['86', '64', '386']);

/** Whether a number that stands at this place began before it. */
function continuesNumber(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return isDigit(before) || (before === dot && isDigit(text.charCodeAt(at - 2)));
}

const dot = '.'.charCodeAt(0);

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Whether a UTF-16 unit of a text in lower case is of a letter or digit; those beyond ASCII count as letters. */
function isAlphanumeric(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x61 && unit <= 0x7a) || unit >= 0x80;
}
