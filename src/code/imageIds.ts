import type { TextSpan } from './textSpan.ts';

/** An AMI id in a text, or what was meant as one. */
export interface FoundId {
  readonly span: TextSpan;
  /** In lower case. */
  readonly value: string;
  readonly isMalformed: boolean;
  readonly isPlaceholder: boolean;
}

/** Letters that make a longer word of an id; those of scripts that are written without blanks between words do not. */
const letter = /\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{Nd}_/u.source;
/** What ends in a letter or a digit and yet is no part of a word: `\n`, `%3D`, `\u0022`, the colours of a terminal. */
const escaped = /(?<!\\)\\[nrt]|%[0-9a-f]{2}|\\u00[0-9a-f]{2}|\[\d{0,3}m/.source;
/** A shell's default: `${AMI:-ami-…}`. */
const shellDefault = ':-';
const emphasis = `(?<![${letter}])__?`;

/**
 * `ami-` and what looks like its digits, as a word of its own. In other words (`import-ami-…`, `amzn-ami-2018.03`) the id
 * is a part of a name.
 */
const candidate = new RegExp(
  `(?:(?<![${letter}.-])|(?<=${escaped}|${shellDefault}))ami-[0-9a-z]{6,24}(?![${letter}]|-[${letter}]|\\.[0-9a-z])` +
    `|(?<=${emphasis})ami-[0-9a-f]{8,17}(?=__?(?![${letter}]))`,
  'giu',
);
const wellFormed = /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** All ids of a text, in their order. */
export function findImageIds(text: string): readonly FoundId[] {
  const found: FoundId[] = [];
  for (const { index, 0: written } of text.matchAll(candidate)) {
    const value = written.toLowerCase();
    const span = { start: index, end: index + written.length };
    const last = found.at(-1);
    // A log may have one id a hundred thousand times.
    if (last?.value === value) {
      found.push({ ...last, span });
      continue;
    }
    const isMalformed = !wellFormed.test(value);
    if (isMalformed && !isNearId(value)) continue;
    found.push({ span, value, isMalformed, isPlaceholder: isPlaceholder(value) });
  }
  return found;
}

/** Hexadecimal digits in a wrong number, or one other character among the right number of them. */
function isNearId(value: string): boolean {
  const digits = value.slice('ami-'.length);
  // Words such as `facade1` have their numbers at one end.
  const changes = digits.match(/\d(?=[a-z])|[a-z](?=\d)/g)?.length ?? 0;
  if (isPlaceholder(value) || changes < 2) return false;
  const others = digits.replace(/[0-9a-f]/g, '').length;
  if (others === 0) return digits.length > 8 || digits.length === 7;
  return others === 1 && digits.length >= 16 && digits.length <= 18;
}

const words = /^0*(?:deadbeef|badc0ffe|c0ffee|cafebabe|facefeed|feedface|baadf00d|beef)/;

/** Digits that are counted up or down, repeated, or both, or spell a word: no image has them but by chance. */
function isPlaceholder(value: string): boolean {
  const digits = value.slice('ami-'.length);
  const everySecond = (first: number) => [...digits].filter((_digit, index) => index % 2 === first).join('');
  return (
    hasTwoAtMost(digits) ||
    words.test(digits) ||
    isRepeated(digits) ||
    (digits.startsWith('0') && isRepeated(digits.slice(1))) ||
    endsRepeated(digits) ||
    isCounted(digits) ||
    (digits.length === 8 && isOneRun(everySecond(0)) && isOneRun(everySecond(1)))
  );
}

/** Whether it consists of one digit or two. */
function hasTwoAtMost(digits: string): boolean {
  const first = digits.charAt(0);
  let second = first;
  for (const digit of digits) {
    if (digit === first || digit === second) continue;
    if (second !== first) return false;
    second = digit;
  }
  return true;
}

/** One part of up to four digits again and again: `12341234`. */
function isRepeated(digits: string): boolean {
  return [1, 2, 3, 4].some(
    (part) => digits.length >= 2 * part && digits.length % part === 0 && hasPeriod(digits, part, digits.length),
  );
}

/** The same digit five times at the end, or three times the same part with another digit behind it or none. */
function endsRepeated(digits: string): boolean {
  if (hasPeriod(digits, 1, 5)) return true;
  const others = digits.slice(0, -1);
  for (let part = 2; 3 * part <= digits.length; part += 1) {
    if (hasPeriod(digits, part, 3 * part) || hasPeriod(others, part, 3 * part)) return true;
  }
  return false;
}

/** Whether so many of the last digits are one part of a length again and again. */
function hasPeriod(digits: string, part: number, length: number): boolean {
  if (length > digits.length) return false;
  for (let at = digits.length - length + part; at < digits.length; at += 1) {
    if (digits.charCodeAt(at) !== digits.charCodeAt(at - part)) return false;
  }
  return true;
}

/** In parts of four digits or more on average: `12345678`, `0abcdef1234567890`. */
function isCounted(digits: string): boolean {
  const telling = digits.length === 8 ? digits : digits.replace(/^0/, '');
  return runsOf(telling) <= Math.ceil(telling.length / 4);
}

function isOneRun(digits: string): boolean {
  return runsOf(digits) === 1;
}

/** How many sequences of counted or repeated digits follow each other. */
function runsOf(digits: string): number {
  let runs = 0;
  let before = Number.NaN;
  for (let at = 0; at < digits.length; at += 1) {
    const value = digitOf(digits.charCodeAt(at));
    const isNext = Math.abs(value - before) <= 1 || (value === 0 && (before === 9 || before === 15));
    if (!isNext) runs += 1;
    before = value;
  }
  return runs;
}

/** Of a digit of base 36, in lower case. */
function digitOf(code: number): number {
  return code <= 0x39 ? code - 0x30 : code - 0x61 + 10;
}
