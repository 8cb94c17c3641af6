import { escapeXml } from './xml.ts';

/** Shorter fragments are copied byte by byte: faster than the call that copies a block. */
const SHORT = 48;

/** Kept free for what encloses the XML. */
const HEADROOM = 1024;

/** XML that is put together as bytes, much cheaper than as a string of a million characters. */
export class XmlBytes {
  #bytes: Buffer;
  #length = HEADROOM;

  /** It grows beyond its first capacity (bytes) by doubling. */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity + HEADROOM);
  }

  /** Adds what is XML already. */
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
   * What was added, between two pieces of XML that enclose it; nothing may be added after it. Does not copy what was
   * added: pages under way by the dozen are most of the memory that a server takes.
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

/** ASCII that XML takes as it is. */
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
