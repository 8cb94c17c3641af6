import { addVolume, fieldSetters, type ImageDraft, type SetField } from './imageDraft.ts';
import { withoutReferences } from './referenceRepair.ts';

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

/** Takes over a group of the pattern; `mayRefer` is false where no text of the item has a reference. */
type SetGroup = (draft: ImageDraft, text: string, mayRefer: boolean) => void;

/** A tag without attributes and the text after it: the slash of an end tag, the name, the slash of an empty element. */
const tagAndText = /<(\/?)([A-Za-z_]\w{0,50})(\/?)>[^<]*/y;

/** A text as it is written but for references: without line ends, and without characters that are replaced. */
const plainText = '[^<\\r\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\ufffe\\uffff]*';
const numberText = '[^<&]+';
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
  #setters: readonly SetGroup[] = [];

  /** Matches a whole item from `lastIndex` on. Each of `setters` takes one of its groups. */
  get pattern(): RegExp {
    return this.#pattern;
  }

  /** Take the groups over, in their order; those of missing elements are undefined. */
  get setters(): readonly SetGroup[] {
    return this.#setters;
  }

  /** Takes what has been learned into the pattern; false if that is nothing new. */
  renew(): boolean {
    if (this.#factsInPattern === this.#facts) {
      return false;
    }
    this.#factsInPattern = this.#facts;
    const setters: SetGroup[] = [];
    this.#pattern = new RegExp(`${unreadText}(?:${sourceOf(this.#item, setters)})`, 'y');
    this.#setters = setters;
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

/** Undefined for an element whose text is not read. */
function setterOf({ name, path }: Element): SetField | undefined {
  return path === `item/${name}` ? fieldSetters.get(name) : undefined;
}

function readingReferences(setField: SetField): SetGroup {
  return (draft, text, mayRefer) => setField(draft, mayRefer ? withoutReferences(text) : text);
}

/** @param devices `blockDeviceMapping`, in which each `volumeSize` has a text without references */
function addVolumes(draft: ImageDraft, devices: string): void {
  const start = '<volumeSize>';
  for (let at = devices.indexOf(start); at !== -1; at = devices.indexOf(start, at)) {
    at += start.length;
    addVolume(draft, devices.slice(at, devices.indexOf('<', at)));
  }
}

/** False for an element within a text that is read, and for a volume that is no EBS volume of an image. */
function isReadable(parent: Element, { name, path }: Element): boolean {
  return !setterOf(parent) && parent.path !== volumeSize && (name !== 'volumeSize' || path === volumeSize);
}

/** @param setters gets those of the groups */
function sourceOf(element: Element, setters: SetGroup[]): string {
  const { name, path, children, hasNoChildren, isEmptyTag } = element;
  const ways: string[] = [];
  const group = (setField: SetGroup, source: string) => {
    setters.push(setField);
    return `(${source})`;
  };
  if (hasNoChildren) {
    const setField = setterOf(element);
    const text = setField
      ? group(readingReferences(setField), plainText)
      : path === volumeSize
        ? numberText
        : unreadText;
    ways.push(`<${name}>${text}</${name}>`);
  }
  if (children.length > 0) {
    const sources = inOrder(children).map((child) => {
      const times = child.name === 'item' ? '*' : '?';
      return `(?:(?:${sourceOf(child, setters)})${unreadText})${times}`;
    });
    ways.push(`<${name}>${unreadText}${sources.join('')}</${name}>`);
  }
  if (isEmptyTag) {
    ways.push(`<${name}/>`);
  }
  return path === mapping ? group(addVolumes, ways.join('|')) : ways.join('|');
}
