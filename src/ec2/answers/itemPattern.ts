import { fieldSetters } from './imageDraft.ts';

/** An element that has been seen in an item, and how it has been seen. */
interface Element {
  readonly name: string;
  /** Its name after those of the elements around it: `item/blockDeviceMapping`. */
  readonly path: string;
  readonly children: Element[];
  /** Those that it has directly followed. */
  readonly after: Set<Element>;
  hasNoChildren: boolean;
  isEmptyTag: boolean;
}

/** An element that is open while an item is learned. */
interface Open {
  readonly element: Element;
  lastChild: Element | undefined;
}

/** How much of an item has been learned: all of it, what there is of it, or not all because it is not plain. */
export type Learned = 'whole' | 'cut' | 'not plain';

/** A tag without attributes and the text after it: the slash of an end tag, the name, the slash of an empty element. */
const tagAndText = /<(\/?)([A-Za-z_]\w{0,50})(\/?)>[^<]*/y;

/** A text as it is written but for references: without line ends, and without characters that are replaced. */
const plainText = '[^<\\r\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\ufffe\\uffff]*';
const numberText = '[^<&]*';
const unreadText = '[^<]*';

/** EC2's items have 60 elements in four times as many ways. Where there are far more, a parser is faster. */
const mostFacts = 1_000;

const mapping = 'item/blockDeviceMapping';
const volumeSize = `${mapping}/item/ebs/volumeSize`;

/**
 * What the items of `imagesSet` look like, as a regular expression that is learned from them: the elements in their
 * order, each of which may be missing. Machines write them, so that a few teach what all look like.
 */
export class ItemPattern {
  readonly #item = newElement('item', 'item');
  #facts = 0;
  #factsInPattern = 0;
  #pattern = /(?!)/y;
  #fields: readonly string[] = [];

  /** Matches a whole item from `lastIndex` on. Its groups are the texts of `fields`, undefined for missing elements. */
  get pattern(): RegExp {
    return this.#pattern;
  }

  /** The elements whose texts the groups are; of `blockDeviceMapping` it is all of the element. */
  get fields(): readonly string[] {
    return this.#fields;
  }

  /** Takes what has been learned into the pattern; false if that is nothing new. */
  renew(): boolean {
    if (this.#factsInPattern === this.#facts) {
      return false;
    }
    this.#factsInPattern = this.#facts;
    const fields: string[] = [];
    this.#pattern = new RegExp(`${unreadText}(?:${sourceOf(this.#item, fields)})`, 'y');
    this.#fields = fields;
    return true;
  }

  /** Learns from the item after `start`. */
  learn(text: string, start: number): Learned {
    const open: Open[] = [];
    for (let at = text.indexOf('<', start); at !== -1 && at < text.length; at = tagAndText.lastIndex) {
      tagAndText.lastIndex = at;
      const found = tagAndText.exec(text);
      if (!found) {
        return text.includes('>', at) ? 'not plain' : 'cut';
      }
      if (this.#facts >= mostFacts || !this.#follow(open, found)) {
        return 'not plain';
      }
      if (open.length === 0) {
        return 'whole';
      }
    }
    return 'cut';
  }

  /** Opens or closes an element; false where the tag is none of a plain item. */
  #follow(open: Open[], [, slash, name = '', empty]: RegExpExecArray): boolean {
    const parent = open.at(-1);
    if (slash) {
      open.pop();
      if (parent && !parent.lastChild) {
        this.#note(parent.element, 'hasNoChildren');
      }
      return parent?.element.name === name && !empty;
    }
    const element = parent ? this.#childOf(parent, name) : name === 'item' ? this.#item : undefined;
    if (element && empty) {
      this.#note(element, 'isEmptyTag');
    } else if (element) {
      open.push({ element, lastChild: undefined });
    }
    return element !== undefined;
  }

  #note(element: Element, way: 'hasNoChildren' | 'isEmptyTag'): void {
    this.#facts += element[way] ? 0 : 1;
    element[way] = true;
  }

  /** The child that follows the last one; undefined where none of that name can. */
  #childOf(parent: Open, name: string): Element | undefined {
    const { element, lastChild } = parent;
    const known = element.children.find((child) => child.name === name);
    const child = known ?? newElement(name, `${element.path}/${name}`);
    if (lastChild === child) {
      return name === 'item' ? child : undefined;
    }
    if (!(known || isReadable(element, child)) || (lastChild && comesAfter(lastChild, child))) {
      return undefined;
    }
    if (!known) {
      element.children.push(child);
      this.#facts += 1;
    }
    if (lastChild && !child.after.has(lastChild)) {
      child.after.add(lastChild);
      this.#facts += 1;
    }
    parent.lastChild = child;
    return child;
  }
}

function newElement(name: string, path: string): Element {
  return { name, path, children: [], after: new Set(), hasNoChildren: false, isEmptyTag: false };
}

/** Whether an element comes somewhere after another one. */
function comesAfter(element: Element, other: Element): boolean {
  return inOrder([element]).includes(other);
}

/** The elements, and all that come before them, in their order. */
function inOrder(elements: Iterable<Element>, ordered = new Set<Element>()): readonly Element[] {
  for (const element of elements) {
    if (!ordered.has(element)) {
      inOrder(element.after, ordered);
      ordered.add(element);
    }
  }
  return [...ordered];
}

function isField({ name, path }: Element): boolean {
  return path === `item/${name}` && fieldSetters.has(name);
}

/** False for an element within a text that is read, and for a volume that is no EBS volume of an image. */
function isReadable(parent: Element, { name, path }: Element): boolean {
  return !isField(parent) && parent.path !== volumeSize && (name !== 'volumeSize' || path === volumeSize);
}

/** @param fields gets the elements of the groups */
function sourceOf(element: Element, fields: string[]): string {
  const { name, path, children, hasNoChildren, isEmptyTag } = element;
  const ways: string[] = [];
  const group = (source: string) => {
    fields.push(name);
    return `(${source})`;
  };
  if (hasNoChildren) {
    const text = isField(element) ? group(plainText) : path === volumeSize ? numberText : unreadText;
    ways.push(`<${name}>${text}</${name}>`);
  }
  if (children.length > 0) {
    const sources = inOrder(children).map((child) => {
      const times = child.name === 'item' ? '*' : '?';
      return `(?:(?:${sourceOf(child, fields)})${unreadText})${times}`;
    });
    ways.push(`<${name}>${unreadText}${sources.join('')}</${name}>`);
  }
  if (isEmptyTag) {
    ways.push(`<${name}/>`);
  }
  return path === mapping ? group(ways.join('|')) : ways.join('|');
}
