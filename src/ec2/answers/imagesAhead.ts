import type { ImageSink } from './imageDraft.ts';
import type { PlainItems } from './plainItems.ts';
import { PlainMarkup } from './plainMarkup.ts';

/** What the parser has come to. */
export interface ParsedSoFar {
  /** Whether of the elements below the root, `imagesSet` alone is open. Set at each tag that is parsed. */
  isBetweenItems: boolean;
}

/** The tags that an item may follow. */
const tagBeforeItem = /<imagesSet>|<\/item>/g;

/** The most of an item (UTF-16 units) that is held until more of it arrives. A longer one is parsed as it arrives. */
const mostHeld = 65_536;

/** Reads the plain items of an answer before they get to the parser. */
export class ImagesAhead {
  readonly #items: PlainItems;
  readonly #images: ImageSink;
  readonly #parsed: ParsedSoFar;
  readonly #markup = new PlainMarkup();
  #isPlain = true;
  /** The beginning of an item. */
  #held = '';
  /** The length from which on it is read again: rather than for every few bytes. */
  #enough = 0;

  constructor(items: PlainItems, images: ImageSink, parsed: ParsedSoFar) {
    this.#items = items;
    this.#images = images;
    this.#parsed = parsed;
  }

  /** What the parser has to parse of the next piece, part by part: each is parsed before the next is asked for. */
  *rest(piece: string, isLast: boolean): Generator<string> {
    const text = this.#held + piece;
    this.#held = '';
    if (text.length < this.#enough && !isLast) {
      this.#held = text;
      return;
    }
    this.#enough = 0;
    for (let at = 0; at < text.length; ) {
      if (this.#parsed.isBetweenItems && this.#isPlain) {
        const stopped = this.#items.read(text, at, this.#images);
        at = stopped.at;
        if (stopped.isCut && !isLast && text.length - at < mostHeld) {
          this.#hold(text.slice(at));
          return;
        }
      }
      const [start, end] = placeOfTag(text, at);
      yield this.#toParse(text.slice(at, start));
      // In a comment, for instance, it is none: then nothing sets this again.
      this.#parsed.isBetweenItems = false;
      yield this.#toParse(text.slice(start, end));
      at = end;
    }
  }

  #hold(text: string): void {
    this.#held = text;
    this.#enough = text.length * 2;
  }

  #toParse(part: string): string {
    this.#isPlain = this.#markup.isPlainAfter(part);
    return part;
  }
}

/** Where the next tag that an item may follow begins and ends; if there is none, both at the end of the text. */
function placeOfTag(text: string, from: number): readonly [number, number] {
  tagBeforeItem.lastIndex = from;
  const found = tagBeforeItem.exec(text);
  return found ? [found.index, tagBeforeItem.lastIndex] : [text.length, text.length];
}
