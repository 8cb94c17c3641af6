/** An element of an answer: its text, or the elements in it. What is not there, or is not what it should be, is undefined. */
export class XmlElement {
  readonly name: string;
  readonly children: XmlElement[] = [];
  content = '';

  constructor(name: string) {
    this.name = name;
  }

  child(name: string): XmlElement | undefined {
    for (const child of this.children) {
      if (child.name === name) {
        return child;
      }
    }
    return undefined;
  }

  /** The items of a list, which EC2 writes `<name><item>…</item></name>`. */
  items(name: string): readonly XmlElement[] {
    return this.child(name)?.children.filter((child) => child.name === 'item') ?? [];
  }

  /** Undefined for an empty text as well: EC2 writes empty elements for what is not set. */
  text(name: string): string | undefined {
    return this.child(name)?.content || undefined;
  }

  /** A whole number, zero or more: nothing that EC2 counts is less. */
  number(name: string): number | undefined {
    const text = this.text(name)?.trim() ?? '';
    const number = /^\d+$/.test(text) ? Number(text) : undefined;
    return Number.isSafeInteger(number) ? number : undefined;
  }

  boolean(name: string): boolean | undefined {
    const text = this.text(name)?.trim().toLowerCase();
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }

  /** ISO 8601 */
  date(name: string): string | undefined {
    const time = Date.parse(this.text(name) ?? '');
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  }
}
