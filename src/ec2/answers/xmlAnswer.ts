import { AnswerError } from './answerError.ts';
import type { AnswerLimits } from './wholeAnswer.ts';
import { XmlElement } from './xmlElement.ts';
import { parseXml, type XmlHandlers } from './xmlParser.ts';

/** Limits of memory: no endpoint answers so many items, or so many elements in one item or outside of all. */
const mostItems = 100_000;
const mostElements = 200_000;

/** What the answers of an operation look like. */
export interface XmlShape {
  /** `DescribeImagesResponse` */
  readonly root: string;
  /** The element that every answer of the operation has below the root, even if it is empty. */
  readonly has: string;
  /** The path from below the root to the items: `imagesSet`, `item`. */
  readonly items?: readonly string[];
}

export interface XmlAnswer<T> {
  readonly items: readonly T[];
  /** The answer without its items. */
  readonly rest: XmlElement;
}

/**
 * Reads an answer while it arrives, and converts each item as soon as it is complete: only one item's elements are in
 * memory at a time.
 *
 * @param take converts an item; undefined leaves it out
 * @throws Error named SyntaxError if it is not a complete answer of that shape, and as `answerBody`
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
  /** How many of the open elements are on the path to an item. */
  #onPath = 0;
  /** How many elements have been opened in the current item, and outside of all items. */
  #inItem = 0;
  #outsideItems = 0;
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
      throw new AnswerError({ kind: 'answer-without', what: `<${this.#shape.has}>` });
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
      throw new AnswerError({ kind: 'answer-of-another-kind', found: `<${name.slice(0, 50)}>`, expected: `<${root}>` });
    }
    if (depth > 0 && this.#onPath === depth - 1 && items[depth - 1] === name) {
      this.#onPath = depth;
    }
    if (items.length > 0 && this.#onPath === items.length) {
      this.#inItem += 1;
    } else {
      this.#outsideItems += 1;
    }
    if (this.#inItem > mostElements || this.#outsideItems > mostElements || this.#items.length > mostItems) {
      throw new AnswerError({ kind: 'answer-too-much' });
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
      // Its text is the white space between its elements.
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
