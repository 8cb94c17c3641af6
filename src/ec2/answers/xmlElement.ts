/** An element of an answer. A child that is missing or of another type is undefined. */
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

  /** Undefined for an empty text too: EC2 sends empty elements for values that are not set. */
  text(name: string): string | undefined {
    return this.child(name)?.content || undefined;
  }

  /** A whole number, not negative: EC2 has no negative numbers. */
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
