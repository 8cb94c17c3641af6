/** Takes the place of a character that XML does not allow. */
export const replacementCharacter = '\u{FFFD}';

/** Every ampersand, with the reference that it begins, if any. */
const references = /&(?:#(\d{1,9}|x[\da-fA-F]{1,8});|(?:amp|lt|gt|quot|apos);)?/g;

/** A reference at the end of a piece that may continue in the next one. */
const openReference = /&[#\w]{0,10}$/;

/**
 * Escapes ampersands that begin no reference, and replaces references to characters that XML does not allow. Some
 * endpoints do not escape text, and the parser would read what follows an ampersand, even markup, as a name.
 */
export class ReferenceRepair {
  #held = '';

  /** @param piece the next part of the answer, cut anywhere; the last one is empty */
  of(piece: string): string {
    const whole = this.rest() + piece;
    if (!whole.includes('&')) {
      return whole;
    }
    this.#held = piece === '' ? '' : (openReference.exec(whole)?.[0] ?? '');
    return whole.slice(0, whole.length - this.#held.length).replace(references, mended);
  }

  /** The open reference that is held back until the next piece; it is held no longer. */
  rest(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }
}

function mended(reference: string, number: string | undefined): string {
  if (reference === '&') {
    return '&amp;';
  }
  return number === undefined || isCharacter(codeOf(number)) ? reference : replacementCharacter;
}

const named: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

/** A text with the characters that it refers to: what a parser makes of it once it is repaired. */
export function withoutReferences(text: string): string {
  return text.replace(references, (reference, number?: string) => {
    if (number === undefined) {
      return named.get(reference) ?? reference;
    }
    const code = codeOf(number);
    return isCharacter(code) ? String.fromCodePoint(code) : replacementCharacter;
  });
}

/** @param number of a reference, in decimal, or in hexadecimal after an x */
function codeOf(number: string): number {
  return number.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 10);
}

/** Char of https://www.w3.org/TR/xml/#charsets */
function isCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
