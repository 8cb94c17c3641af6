import type { AnswerLimits } from './wholeAnswer.ts';
import { XmlElement } from './xmlElement.ts';
import { parseXml, type XmlHandlers } from './xmlParser.ts';

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
 * Reads an answer while it arrives, and makes something of each item as soon as it is there: no answer is too large for that.
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
  await parseXml(body, limits, reader);
  return reader.answer();
}

class XmlAnswerReader<T> implements XmlHandlers {
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

  readonly begin = (name: string) => this.#begin(name);
  readonly text = (text: string) => this.#add(text);
  readonly end = () => this.#end();

  constructor(shape: XmlShape, take: (item: XmlElement) => T | undefined) {
    this.#shape = shape;
    this.#take = take;
  }

  answer(): XmlAnswer<T> {
    const rest = this.#root;
    if (!rest?.child(this.#shape.has)) {
      throw new SyntaxError(`The answer has no <${this.#shape.has}>.`);
    }
    return { items: this.#items, rest };
  }

  #add(text: string): void {
    const element = this.#open.at(-1);
    if (element) {
      element.content += text;
    }
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
