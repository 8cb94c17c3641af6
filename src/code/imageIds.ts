import type { TextSpan } from './textSpan.ts';

/** An AMI id in a text, or what was meant as one. */
export interface FoundId {
  readonly span: TextSpan;
  /** In lower case. */
  readonly value: string;
  readonly isMalformed: boolean;
  readonly isPlaceholder: boolean;
}

/**
 * `ami-` and what looks like its digits, as a word of its own. In other words (`import-ami-…`, `amzn-ami-2018.03`) the id
 * is a part of a name. The letter of `\n`, as texts in quotes have it, is none of it.
 */
const candidate = /(?:(?<![\p{L}\p{N}_.-])|(?<=(?<!\\)\\[nrt]))ami-[0-9a-z]{6,24}(?![\p{L}\p{N}_-]|\.[0-9a-z])/giu;
const wellFormed = /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** All ids of a text, in their order. */
export function findImageIds(text: string): readonly FoundId[] {
  const found: FoundId[] = [];
  for (const match of text.matchAll(candidate)) {
    const value = match[0].toLowerCase();
    const isMalformed = !wellFormed.test(value);
    if (isMalformed && !isNearId(value)) continue;
    const span = { start: match.index, end: match.index + match[0].length };
    found.push({ span, value, isMalformed, isPlaceholder: isPlaceholder(value) });
  }
  return found;
}

/** Hexadecimal digits in a wrong number, or one other character among the right number of them. */
function isNearId(value: string): boolean {
  const digits = value.slice('ami-'.length);
  if (isPlaceholder(value) || !/\d/.test(digits) || !/[a-f]/.test(digits)) return false;
  const others = digits.replace(/[0-9a-f]/g, '').length;
  if (others === 0) return digits.length > 8 || digits.length === 7;
  return others === 1 && digits.length >= 16 && digits.length <= 18;
}

/** Digits that are counted up or repeated: no image has them but by chance. */
function isPlaceholder(value: string): boolean {
  const digits = value.slice('ami-'.length);
  const counted = '0123456789abcdef0123456789abcdef0123456789';
  const countedFromOne = '12345678901234567890';
  return (
    new Set(digits).size <= 2 ||
    counted.includes(digits) ||
    countedFromOne.includes(digits) ||
    // Three equal digits at its end has one of 256 real ids.
    /(.)\1{4,}$|(.{2,})\2{2,}$/.test(digits)
  );
}
