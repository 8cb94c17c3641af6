import { isAscii } from 'node:buffer';

/** A distance that does not fit in one byte: so much further, and nothing is there. */
const farther = 255;

/** A text in lower case, and where its capitals were. */
export interface LetterCase {
  /** UTF-8 */
  readonly text: Buffer;
  /** For each capital how many characters of UTF-16 are between it and the one before; 255 for so many and no capital. */
  readonly capitals: Buffer;
}

/**
 * Takes the capitals out of a text: it is searched in lower case and shown in its own, and few of its letters are capitals.
 * A letter without a small form of its own that leads back to it stays as it is.
 */
export function lowerCase(bytes: Buffer): LetterCase {
  return isAscii(bytes) ? ofAscii(bytes) : ofUnicode(bytes.toString('utf8'));
}

/** The part of a text from `start` to `end` in its own case. */
export function ownCase(text: string, capitals: Uint8Array, start = 0, end = text.length): string {
  let own = '';
  let from = start;
  let at = 0;
  for (const distance of capitals) {
    at += distance;
    if (at >= end) {
      break;
    }
    if (distance !== farther) {
      if (at >= start) {
        own += text.slice(from, at) + (text[at] ?? '').toUpperCase();
        from = at + 1;
      }
      at += 1;
    }
  }
  return own + text.slice(from, end);
}

const capitalA = 0x41;
const capitalZ = 0x5a;
const toSmall = 0x20;

function ofAscii(bytes: Buffer): LetterCase {
  const text = Buffer.from(bytes);
  const distances = new Distances(bytes.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (byte >= capitalA && byte <= capitalZ) {
      distances.add(at);
      text[at] = byte + toSmall;
    }
  }
  return { text, capitals: distances.bytes() };
}

function ofUnicode(own: string): LetterCase {
  const distances = new Distances(own.length);
  let text = '';
  for (let at = 0; at < own.length; at += 1) {
    const letter = own[at] ?? '';
    const small = letter.toLowerCase();
    if (small !== letter && small.length === 1 && small.toUpperCase() === letter) {
      distances.add(at);
      text += small;
    } else {
      text += letter;
    }
  }
  return { text: Buffer.from(text), capitals: distances.bytes() };
}

/** The places of capitals as distances. */
class Distances {
  readonly #bytes: Buffer;
  #length = 0;
  #next = 0;

  /** `most`: how many characters the text has. */
  constructor(most: number) {
    // A character takes one byte at most, be it a capital of its own or one of those between.
    this.#bytes = Buffer.allocUnsafe(most);
  }

  add(at: number): void {
    let distance = at - this.#next;
    for (; distance >= farther; distance -= farther) {
      this.#bytes[this.#length] = farther;
      this.#length += 1;
    }
    this.#bytes[this.#length] = distance;
    this.#length += 1;
    this.#next = at + 1;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
