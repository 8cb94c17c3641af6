import { isAscii } from 'node:buffer';

/** Stands for this many characters without a capital, since a distance takes one byte. */
const farther = 255;

/** A text in lower case, and the places of its capitals. */
export interface LetterCase {
  /** UTF-8 */
  readonly text: Buffer;
  /** For each capital, the number of UTF-16 units since the one before. 255 stands for 255 units without a capital. */
  readonly capitals: Buffer;
}

/**
 * Splits a text into its lower case, which is searched, and its capitals, which restore the original for display. A
 * letter whose lower case has another length or another capital stays as it is.
 */
export function lowerCase(bytes: Buffer): LetterCase {
  return isAscii(bytes) ? ofAscii(bytes) : ofUnicode(bytes.toString('utf8'));
}

/** Where the capitals of a part of a text begin. */
export interface CapitalPlace {
  /** The place of the first distance in `capitals`. */
  readonly index: number;
  /** Where that distance counts from, in UTF-16 units from the beginning of the part; 0 or less. */
  readonly at: number;
}

const beginning: CapitalPlace = { index: 0, at: 0 };

/**
 * The part of a text from `start` to `end` in its original case.
 *
 * @param first where its capitals begin, if the text is a part of the one that was split
 */
export function originalCase(
  text: string,
  capitals: Uint8Array,
  start = 0,
  end = text.length,
  first = beginning,
): string {
  let own = '';
  let from = start;
  let { at } = first;
  for (let index = first.index; index < capitals.length; index += 1) {
    const distance = capitals[index] ?? 0;
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

/** For each of the places in a text, in ascending order, its `CapitalPlace`: index and place alternate. */
export function capitalPlaces(capitals: Uint8Array, starts: readonly number[]): Int32Array {
  const places = new Int32Array(starts.length * 2);
  let index = 0;
  let at = 0;
  for (const [place, start] of starts.entries()) {
    for (; index < capitals.length; index += 1) {
      const distance = capitals[index] ?? 0;
      const next = at + distance + Number(distance !== farther);
      if (next > start) {
        break;
      }
      at = next;
    }
    places.set([index, at - start], place * 2);
  }
  return places;
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

/** Collects the places of capitals as distances. */
class Distances {
  readonly #bytes: Buffer;
  #length = 0;
  #next = 0;

  /** @param most the number of UTF-16 units of the text */
  constructor(most: number) {
    // A capital takes one byte, and so do 255 other characters.
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
