import { addImage, emptyImage, type ImageDraft, type ImageSink } from './imageDraft.ts';
import { ItemPattern } from './itemPattern.ts';

/** Where reading has stopped. */
export interface Stopped {
  /** The place of the first item that has not been read. */
  readonly at: number;
  /** Whether that is for lack of text, and not because the item is not plain. */
  readonly isCut: boolean;
}

/**
 * Reads the images of answers that are written as machines write them, many times faster than a parser: a whole item in
 * one match of a regular expression. It remembers from answer to answer what items look like.
 */
export class PlainItems {
  readonly #items = new ItemPattern();

  /** Reads items of `imagesSet` that follow each other. */
  read(text: string, start: number, images: ImageSink): Stopped {
    let at = start;
    for (;;) {
      const { pattern } = this.#items;
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found) {
        addImage(this.#draftOf(found), images);
        at = pattern.lastIndex;
        continue;
      }
      const learned = this.#items.learn(text, at);
      if (learned !== 'whole' || !this.#items.renew()) {
        return { at, isCut: learned === 'cut' };
      }
    }
  }

  #draftOf(found: RegExpExecArray): ImageDraft {
    const draft = emptyImage();
    const mayRefer = found[0].includes('&');
    let group = 0;
    for (const setField of this.#items.setters) {
      group += 1;
      const text = found[group];
      if (text) {
        setField(draft, text, mayRefer);
      }
    }
    return draft;
  }
}
