import { escapeXml } from './xml.ts';

/** Shorter fragments are copied byte by byte, which is faster than a call that copies a block. */
const SHORT = 48;

/** Reserved for the XML that encloses the fragments. */
const HEADROOM = 1024;

/** XML built as bytes, which is much cheaper than a string of a million characters. */
export class XmlBytes {
  #bytes: Buffer;
  #length = HEADROOM;

  /** `capacity` is in bytes; it doubles as necessary. */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity + HEADROOM);
  }

  /** Adds a fragment of XML. */
  add(fragment: Uint8Array): void {
    const { length } = fragment;
    this.#reserve(length);
    if (length < SHORT) {
      for (let at = 0; at < length; at++) {
        this.#bytes[this.#length + at] = fragment[at] ?? 0;
      }
    } else {
      this.#bytes.set(fragment, this.#length);
    }
    this.#length += length;
  }

  /** Adds a text, escaped. */
  addText(text: string): void {
    const { length } = text;
    this.#reserve(length);
    const bytes = this.#bytes;
    const start = this.#length;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (!isPlain(code)) {
        this.add(Buffer.from(escapeXml(text)));
        return;
      }
      bytes[start + at] = code;
    }
    this.#length += length;
  }

  /**
   * Encloses the fragments between two pieces of XML; nothing can be added afterwards. Does not copy them, since dozens
   * of answers at a time are most of a server's memory.
   */
  enclose(start: string, end: string): Uint8Array {
    const head = Buffer.from(start);
    if (head.length > HEADROOM) {
      return Buffer.concat([head, this.#bytes.subarray(HEADROOM, this.#length), Buffer.from(end)]);
    }
    this.add(Buffer.from(end));
    this.#bytes.set(head, HEADROOM - head.length);
    return this.#bytes.subarray(HEADROOM - head.length, this.#length);
  }

  #reserve(length: number): void {
    if (this.#length + length > this.#bytes.length) {
      const bytes = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + length));
      bytes.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = bytes;
    }
  }
}

/** Whether a character is ASCII that needs no escaping. */
function isPlain(code: number): boolean {
  return (
    (code >= 0x20 &&
      code < 0x7f &&
      code !== 0x22 &&
      code !== 0x26 &&
      code !== 0x27 &&
      code !== 0x3c &&
      code !== 0x3e) ||
    code === 0x0a ||
    code === 0x09
  );
}
