import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';
import type { Page } from './listPages.ts';
import { MendedReferences } from './mendedReferences.ts';
import { PlainMarkup } from './plainMarkup.ts';
import { isFaultOfText, withoutControls } from './textFaults.ts';
import { type AnswerLimits, wholeAnswer } from './wholeAnswer.ts';
import { XmlElement } from './xmlElement.ts';

/**
 * More items than any endpoint has been seen to answer at once, and more elements beside them or in one of them than there are
 * anywhere: what goes beyond would fill the memory.
 */
const mostItems = 100_000;
const mostElements = 200_000;

/** What an answer of an operation looks like. */
export interface XmlShape {
  /** `DescribeImagesResponse` */
  readonly root: string;
  /** An answer always has it, were it empty: what has not is no answer of that operation. */
  readonly has: string;
  /** Where its items are, by the names from below the root on: `imagesSet`, `item`. */
  readonly items?: readonly string[];
}

export interface XmlAnswer<T> {
  readonly items: readonly T[];
  /** The answer without its items. */
  readonly rest: XmlElement;
}

/**
 * Reads an answer while it arrives, in turns with what else the thread has to do, and makes something of each item as soon
 * as it is there: no answer is too large for that. Texts that XML does not allow are mended.
 *
 * @param take what becomes of an item; undefined leaves it out
 * @throws Error named SyntaxError for what is not the whole of such an answer, and as `wholeAnswer`
 */
export async function readXmlAnswer<T>(
  body: unknown,
  shape: XmlShape,
  take: (item: XmlElement) => T | undefined,
  limits?: AnswerLimits,
): Promise<XmlAnswer<T>> {
  const reader = new XmlAnswerReader(shape, take);
  const decoder = new StringDecoder('utf8');
  for await (const piece of wholeAnswer(body, limits)) {
    reader.write(decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)));
  }
  reader.write(decoder.end());
  return reader.end();
}

/** The same for a page of a listing. */
export async function readXmlPage<T>(...question: Parameters<typeof readXmlAnswer<T>>): Promise<Page<T>> {
  const { items, rest } = await readXmlAnswer(...question);
  return { items, nextToken: rest.text('nextToken') };
}

class XmlAnswerReader<T> {
  /** Where in its text an error is says nothing: it is not the text that came. */
  readonly #parser = new SaxesParser({ position: false });
  readonly #markup = new PlainMarkup();
  readonly #references = new MendedReferences();
  readonly #shape: XmlShape;
  readonly #take: (item: XmlElement) => T | undefined;
  readonly #items: T[] = [];
  /** The elements that are open, the root first. */
  readonly #open: XmlElement[] = [];
  /** How many of them lead to an item. */
  #onPath = 0;
  /** How many elements have been opened in the item that is read, and beside all of them. */
  #inItem = 0;
  #beside = 0;
  #root: XmlElement | undefined;
  #isUnclean = false;

  constructor(shape: XmlShape, take: (item: XmlElement) => T | undefined) {
    this.#shape = shape;
    this.#take = take;
    const parser = this.#parser;
    const add = (text: string) => {
      const element = this.#open.at(-1);
      if (element) {
        element.content += this.#isUnclean ? withoutControls(text) : text;
        this.#isUnclean = false;
      }
    };
    parser.on('opentag', ({ name }) => this.#begin(name));
    parser.on('text', add);
    parser.on('cdata', add);
    parser.on('closetag', () => this.#end());
    parser.on('error', (error) => {
      if (!isFaultOfText(error)) {
        throw error;
      }
      this.#isUnclean = true;
    });
  }

  /** @param text what comes next of the answer, cut anywhere */
  write(text: string): void {
    if (text !== '') {
      this.#write(text);
    }
  }

  end(): XmlAnswer<T> {
    this.#write('');
    understood(() => this.#parser.close());
    const rest = this.#root;
    if (!rest?.child(this.#shape.has)) {
      throw new SyntaxError(`The answer has no <${this.#shape.has}>.`);
    }
    return { items: this.#items, rest };
  }

  #write(text: string): void {
    const mended = this.#markup.goesOnIn(text) ? this.#references.of(text) : this.#references.rest() + text;
    understood(() => this.#parser.write(mended));
  }

  #begin(name: string): void {
    const { root, items = [] } = this.#shape;
    const depth = this.#open.length;
    if (depth === 0 && name !== root) {
      throw new SyntaxError(`The answer begins with <${name.slice(0, 50)}>, not with <${root}>.`);
    }
    if (depth > 0 && this.#onPath === depth - 1 && items[depth - 1] === name) {
      this.#onPath = depth;
    }
    if (items.length > 0 && this.#onPath === items.length) {
      this.#inItem += 1;
    } else {
      this.#beside += 1;
    }
    if (this.#inItem > mostElements || this.#beside > mostElements || this.#items.length > mostItems) {
      throw new SyntaxError('The answer has more in it than can be read.');
    }
    this.#open.push(new XmlElement(name));
  }

  #end(): void {
    const element = this.#open.pop();
    const depth = this.#open.length;
    if (!element) {
      return;
    }
    if (element.children.length > 0) {
      // The white space between its elements.
      element.content = '';
    }
    const isOnPath = depth > 0 && this.#onPath === depth;
    if (isOnPath) {
      this.#onPath = depth - 1;
    }
    const parent = this.#open.at(-1);
    if (isOnPath && depth === this.#shape.items?.length) {
      this.#inItem = 0;
      const item = this.#take(element);
      if (item !== undefined) {
        this.#items.push(item);
      }
    } else if (parent) {
      parent.children.push(element);
    } else {
      this.#root = element;
    }
  }
}

/** Gives what goes wrong in parsing the name by which `toAmiError` knows bad answers. */
export function understood<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof SyntaxError
      ? error
      : new SyntaxError(`The answer is not XML: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
