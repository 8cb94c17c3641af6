import type { TextSpan } from '../textSpan.ts';
import type { CallNode, CodeNode, EntryNode, ListNode, MapNode, NameNode, OtherNode, TextNode } from './codeTree.ts';
import { HclCursor } from './hclCursor.ts';
import { commentEnd, type Heredoc, heredocReader, readQuoted } from './hclText.ts';

/** What is nested deeper is passed over. */
const maxDepth = 120;

const maxLabels = 8;

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d[\w.]*/y;
/** Old maps have keys with points in them: `us-east-1-2.5.4`. */
const plainKey = /[\p{ID_Continue}][\p{ID_Continue}-]*(?:\.[\p{ID_Continue}-]+)*/uy;
const operator = /&&|\|\||[=!<>]=|[<>+*/%-](?!>)/y;
const forIntro = /for\s+[\p{ID_Start}_]/uy;
const attributeStart = /(?:[\p{ID_Start}_][\p{ID_Continue}-]*|"[^"\n]{0,200}")[ \t]*(?:=(?![=>])|\{)/uy;

/** Reads HCL: a whole file or a block of it. What is broken is passed over, what stands around it is read. */
export function hclTree(text: string): MapNode {
  return new HclParser(text).file();
}

class HclParser extends HclCursor {
  readonly #readHeredoc: ReturnType<typeof heredocReader>;
  #depth = 0;
  /** Round and square brackets around the place, up to the next brace. */
  #brackets = 0;
  #quotes = 0;

  constructor(text: string) {
    super(text);
    this.#readHeredoc = heredocReader(text);
  }

  file(): MapNode {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    const entries = this.#entries(false);
    return { kind: 'map', entries, span: { start: 0, end: this.text.length } };
  }

  /** Up to the brace that closes them, which is left to the caller. */
  #entries(isInside: boolean, isBracketed = false): readonly EntryNode[] {
    const entries: EntryNode[] = [];
    while (this.isBeforeEnd()) {
      const sign = this.text[this.at] ?? '';
      if (sign === '}' && isInside) break;
      if ((sign === ')' || sign === ']') && isBracketed) break;
      const start = this.at;
      const entry = this.#entry();
      if (entry) entries.push(entry);
      else if (this.at === start) this.at += 1;
    }
    return entries;
  }

  #entry(): EntryNode | undefined {
    const start = this.at;
    const key = this.#key();
    if (!key) return undefined;
    const afterKey = this.at;
    const labels: string[] = [];
    for (;;) {
      this.skipLine();
      const sign = this.text[this.at];
      if (sign === '{') return { kind: 'entry', ...key, labels, value: this.#map(), span: this.from(start) };
      if (labels.length === 0 && ((sign === '=' && !/[=>]/.test(this.text[this.at + 1] ?? '')) || sign === ':')) {
        this.at += 1;
        this.skipLine();
        const value = this.#expression(false) ?? this.#nothing();
        return { kind: 'entry', ...key, labels, value, span: this.from(start) };
      }
      const label = labels.length < maxLabels ? this.#key() : undefined;
      if (label) labels.push(label.key);
      else if (labels.length > 0 && this.#braceOnNextLine()) this.skipSpace();
      else break;
    }
    this.at = afterKey;
    return undefined;
  }

  #braceOnNextLine(): boolean {
    return /^\s*\{/.test(this.text.slice(this.at, this.at + 200));
  }

  #key(): { readonly key: string; readonly keySpan: TextSpan } | undefined {
    const start = this.at;
    const sign = this.text[start];
    if (sign === '"') {
      const { end, innerEnd } = readQuoted(this.text, start);
      this.at = end;
      return { key: this.text.slice(start + 1, innerEnd), keySpan: { start: start + 1, end: innerEnd } };
    }
    if (sign === '(') {
      const node = this.#parentheses();
      const key = node.kind === 'text' ? node.value : this.text.slice(node.span.start, node.span.end);
      return { key, keySpan: node.span };
    }
    const word = this.match(plainKey);
    return word === undefined ? undefined : { key: word, keySpan: this.from(start) };
  }

  /** @param isBracketed whether it goes on behind a line's end, as in brackets */
  #expression(isBracketed: boolean): CodeNode | undefined {
    const start = this.at;
    const first = this.#term();
    if (!first) return undefined;
    const parts: CodeNode[] = [first];
    let choices = 0;
    for (;;) {
      const end = this.at;
      if (isBracketed) this.skipSpace();
      else this.skipLine();
      const sign = this.text[this.at];
      if (sign === '?') choices += 1;
      else if (sign === ':' && choices > 0) choices -= 1;
      else if (this.match(operator) === undefined) {
        this.at = end;
        break;
      }
      if (sign === '?' || sign === ':') this.at += 1;
      this.skipSpace();
      const next = this.#term();
      if (!next) break;
      parts.push(next);
    }
    return parts.length === 1 ? first : this.#other(start, parts);
  }

  #term(): CodeNode | undefined {
    while (this.text[this.at] === '!' || this.text[this.at] === '-') this.at += 1;
    const start = this.at;
    let node = this.#primary();
    if (!node) return undefined;
    for (;;) {
      const sign = this.text[this.at];
      if (sign === '(' && node.kind === 'name') node = this.#call(node);
      else if (sign === '.' && /[\w*]/.test(this.text[this.at + 1] ?? '')) {
        this.at += 1;
        if (this.match(identifier) === undefined && this.match(number) === undefined) this.at += 1;
        node = this.#path(start, [node]);
      } else if (sign === ':' && this.text.startsWith('::', this.at)) {
        this.at += 2;
        this.match(identifier);
        node = this.#path(start, [node]);
      } else if (sign === '[') node = this.#path(start, [node, this.#list()]);
      else return node;
    }
  }

  /** A name with what is behind it is a name, too; of other values that are indexed the parts stay. */
  #path(start: number, [node, index]: readonly [CodeNode, CodeNode?]): NameNode | OtherNode {
    if (node.kind !== 'name') return this.#other(start, index ? [node, index] : [node]);
    return { kind: 'name', value: this.text.slice(start, this.at), span: this.from(start) };
  }

  #primary(): CodeNode | undefined {
    const start = this.at;
    switch (this.text[start]) {
      case '"':
        return this.#string();
      case '{':
        return this.#map();
      case '[':
        return this.#list();
      case '(':
        return this.#parentheses();
      case '<': {
        const heredoc = this.#readHeredoc(start);
        return heredoc && this.#heredoc(start, heredoc);
      }
    }
    const word = this.match(identifier) ?? this.match(number);
    return word === undefined ? undefined : { kind: 'name', value: word, span: this.from(start) };
  }

  #string(): CodeNode {
    const start = this.at;
    const { end, innerEnd, isTemplate, isInterpolation } = readQuoted(this.text, start);
    const inner = { start: start + 1, end: innerEnd };
    if (isInterpolation && this.#quotes < maxQuotes) {
      this.at = start + (this.text[start + 3] === '~' ? 4 : 3);
      this.skipSpace();
      this.#quotes += 1;
      const node = this.#bracketed(() => this.#expression(true));
      this.#quotes -= 1;
      this.skipSpace();
      const isWhole = this.at === innerEnd - 1 || this.text.slice(this.at, innerEnd) === '~}';
      this.at = end;
      if (node && isWhole) return node;
    }
    this.at = end;
    const written = this.text.slice(inner.start, inner.end);
    const value = written.includes('\\')
      ? written.replace(/\\(.)/g, (_, sign: string) => escapes[sign] ?? sign)
      : written;
    return { kind: 'text', value, inner, isTemplate, tag: undefined, span: this.from(start) };
  }

  #heredoc(start: number, { end, contentStart, contentEnd }: Heredoc): TextNode {
    this.at = end;
    const value = this.text.slice(contentStart, contentEnd);
    const inner = { start: contentStart, end: contentEnd };
    return { kind: 'text', value, inner, isTemplate: /[$%]\{/.test(value), tag: undefined, span: this.from(start) };
  }

  #map(): MapNode | OtherNode {
    const start = this.at;
    this.at += 1;
    if (this.#depth >= maxDepth) return this.#passedOver(start);
    const brackets = this.#brackets;
    this.#brackets = 0;
    this.#depth += 1;
    this.skipSpace();
    let node: MapNode | OtherNode;
    if (this.isAt(forIntro)) {
      const children = this.#forParts('}');
      node = this.#other(start, children);
    } else {
      const entries = this.#entries(true, brackets > 0);
      if (this.text[this.at] === '}') this.at += 1;
      node = { kind: 'map', entries, span: this.from(start) };
    }
    this.#depth -= 1;
    this.#brackets = brackets;
    return node;
  }

  #list(): ListNode | OtherNode {
    const start = this.at;
    this.at += 1;
    if (this.#depth >= maxDepth) return this.#passedOver(start);
    return this.#bracketed(() => {
      this.skipSpace();
      if (this.isAt(forIntro)) return this.#other(start, this.#forParts(']'));
      const items = this.#items(']');
      return { kind: 'list', items, span: this.from(start) };
    });
  }

  #parentheses(): CodeNode {
    const start = this.at;
    this.at += 1;
    if (this.#depth >= maxDepth) return this.#passedOver(start);
    const items = this.#bracketed(() => this.#items(')'));
    const [only] = items;
    return only && items.length === 1 ? only : this.#other(start, items);
  }

  #call({ value, span }: NameNode): CallNode | OtherNode {
    this.at += 1;
    if (this.#depth >= maxDepth) return this.#passedOver(span.start);
    const args = this.#bracketed(() => this.#items(')'));
    return {
      kind: 'call',
      callee: value,
      calleeSpan: span,
      receiver: undefined,
      isNew: false,
      args,
      named: [],
      span: this.from(span.start),
    };
  }

  /** Up to the bracket, a wrong one, or what is an attribute on a line of its own: then the bracket is missing. */
  #items(closing: ')' | ']'): readonly CodeNode[] {
    const items: CodeNode[] = [];
    while (this.at < this.text.length) {
      const end = this.at;
      const isNewLine = this.skipSpace();
      const sign = this.text[this.at];
      if (sign === closing) {
        this.at += 1;
        break;
      }
      const isMissing = sign === '}' || sign === ')' || sign === ']' || (isNewLine && this.isAt(attributeStart));
      if (isMissing) {
        this.at = end;
        break;
      }
      const item = this.#expression(true);
      if (item) items.push(item);
      else if (this.at < this.text.length) this.at += 1;
    }
    return items;
  }

  #forParts(closing: '}' | ']'): readonly CodeNode[] {
    const parts: CodeNode[] = [];
    while (this.isBeforeEnd()) {
      const sign = this.text[this.at];
      if (sign === closing || sign === '}') {
        this.at += 1;
        break;
      }
      const start = this.at;
      const part = this.#expression(true);
      if (part) parts.push(part);
      else if (this.at === start) this.at += 1;
    }
    return parts;
  }

  #bracketed<T>(read: () => T): T {
    this.#depth += 1;
    this.#brackets += 1;
    const result = read();
    this.#brackets -= 1;
    this.#depth -= 1;
    return result;
  }

  /** Behind the bracket that belongs to the one that has just been read. */
  #passedOver(start: number): OtherNode {
    for (let open = 1; open > 0 && this.at < this.text.length; ) {
      const sign = this.text[this.at] ?? '';
      const comment = commentEnd(this.text, this.at);
      if ('{[('.includes(sign)) open += 1;
      else if ('}])'.includes(sign)) open -= 1;
      if (sign === '"') this.at = readQuoted(this.text, this.at).end;
      else this.at = comment ?? this.at + 1;
    }
    return this.#other(start, []);
  }

  #other(start: number, children: readonly CodeNode[]): OtherNode {
    return { kind: 'other', children, span: this.from(start) };
  }

  #nothing(): NameNode {
    return { kind: 'name', value: '', span: this.from(this.at) };
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Interpolations in strings in interpolations. */
const maxQuotes = 6;
