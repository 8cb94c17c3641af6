import { entryOfKey, nothingAt, taggedList } from './bracketTree.ts';
import type { CodeNode, EntryNode } from './codeTree.ts';
import { isTemplate } from './templates.ts';
import { parseFlow } from './yamlFlow.ts';
import {
  isEndOrBlank,
  isKeyColon,
  isRestEmpty,
  lineEndAt,
  nextLine,
  plainEnd,
  plainNode,
  quotedNode,
  quoteEnd,
  skipBlanks,
  templateEnd,
} from './yamlScalars.ts';

/** What is nested deeper is read as text. */
const maxDepth = 200;

/**
 * YAML by its lines and their indentation: of a broken text, and of one with the templates of other tools in it, each
 * line has the place that its indentation gives it. Aliases stay names. Several documents are the children of the root.
 */
export function parseYaml(text: string): CodeNode {
  return new YamlParser(text).parse();
}

/** Where a value is, or will be: behind a key, behind a dash, or a document. */
interface Slot {
  readonly start: number;
  readonly key: Pick<EntryNode, 'key' | 'keySpan'> | undefined;
  readonly values: CodeNode[];
  /** Behind the value and the comment on its line. */
  end: number;
  tag: string | undefined;
  /** The block that was its last value, which a line with too little indentation opens again. */
  closed: Block | undefined;
}

interface Block {
  readonly kind: 'map' | 'list' | 'documents';
  /** Of its keys or dashes. */
  readonly indent: number;
  readonly start: number;
  readonly slots: Slot[];
}

class YamlParser {
  private readonly text: string;
  private readonly documents: Block = { kind: 'documents', indent: -1, start: 0, slots: [slotAt(0)] };
  private readonly stack: Block[] = [this.documents];

  constructor(text: string) {
    this.text = text;
  }

  parse(): CodeNode {
    const { text } = this;
    for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
      const content = skipBlanks(text, at);
      if (isRestEmpty(text, content) || isTemplateLine(text, content)) at = nextLine(text, content);
      else if (isDocumentMark(text, at)) at = this.documentAt(at);
      else at = this.contentAt(content, content - at);
    }
    this.closeDeeperThan(-1);
    const found = this.documents.slots.map(valueIn).filter(({ span }) => span.end > span.start);
    const [first, ...others] = found;
    return first && others.length === 0
      ? first
      : { kind: 'other', span: { start: 0, end: text.length }, children: found };
  }

  private get innermost(): Block {
    return this.stack.at(-1) ?? this.documents;
  }

  private get slot(): Slot {
    const { slots } = this.innermost;
    return slots.at(-1) ?? slotAt(0);
  }

  private documentAt(at: number): number {
    this.closeDeeperThan(-1);
    if (this.text[at] === '-') this.documents.slots.push(slotAt(at));
    const content = skipBlanks(this.text, at + 3);
    return isRestEmpty(this.text, content) ? nextLine(this.text, content) : this.contentAt(content, 4);
  }

  /** Reads dashes, keys and the value behind them; returns where the next line begins. */
  private contentAt(start: number, indent: number): number {
    const { text } = this;
    if (this.stack.length > maxDepth) this.closeDeeperThan(indent);
    let at = start;
    let column = indent;
    const goTo = (next: number): void => {
      column += next - at;
      at = next;
    };
    let tag: string | undefined;
    while (this.stack.length <= maxDepth) {
      if (isRestEmpty(text, at)) break;
      const char = text[at];
      const isMark = isEndOrBlank(text[at + 1]);
      if (char === '-' && isMark) {
        this.enter('list', column, at);
        this.innermost.slots.push(slotAt(at));
        goTo(skipBlanks(text, at + 1));
      } else if (char === '?' && isMark) {
        this.enter('map', column, at);
        goTo(skipBlanks(text, at + 1));
        const keySpan = { start: at, end: plainEnd(text, at, lineEndAt(text, at)) };
        this.innermost.slots.push({ ...slotAt(at), key: { key: text.slice(at, keySpan.end), keySpan } });
        return this.endOfLine(at);
      } else if (char === ':' && isMark) {
        this.enter('map', column, at);
        if (this.innermost.slots.length === 0) this.innermost.slots.push(slotAt(at));
        goTo(skipBlanks(text, at + 1));
      } else if ((char === '!' || char === '&') && !isMark) {
        const end = wordEnd(text, at);
        if (char === '!') tag = text.slice(at, end);
        goTo(skipBlanks(text, end));
      } else break;
    }
    const key = this.stack.length <= maxDepth ? keyAt(text, at) : undefined;
    if (key) {
      this.enter('map', column, at);
      this.innermost.slots.push({ ...slotAt(at), key });
      tag = undefined;
      at = skipBlanks(text, key.end);
      for (let char = text[at]; char === '!' || char === '&'; char = text[at]) {
        const end = wordEnd(text, at);
        if (char === '!') tag = text.slice(at, end);
        at = skipBlanks(text, end);
      }
    }
    const { slot } = this;
    slot.tag = tag;
    if (isRestEmpty(text, at)) return this.endOfLine(at);
    if (!key && at === start) this.closeDeeperThan(indent - 1);
    return this.valueAt(at, tag);
  }

  /** A value that is no block: of the innermost block's last slot. */
  private valueAt(at: number, tag: string | undefined): number {
    const { text, slot } = this;
    const { indent } = this.innermost;
    const char = text[at];
    const goesOn = (line: number) => this.isDeeper(line, indent);
    if ((char === '|' || char === '>') && isBlockHeader(text, at)) return this.blockScalarAt(at, tag);
    if ((char === '{' || char === '[') && templateEnd(text, at) === undefined) {
      const { node, end } = parseFlow(text, at, tag, goesOn);
      slot.values.push(node);
      return this.endOfLine(end);
    }
    if (char === '"' || char === "'") {
      const end = quoteEnd(text, at, goesOn);
      if (end !== undefined && isRestEmpty(text, skipBlanks(text, end))) {
        slot.values.push(quotedNode(text, at, end, tag));
        return this.endOfLine(end);
      }
      if (end === undefined) {
        const lineEnd = lineEndAt(text, at);
        slot.values.push(quotedNode(text, at, lineEnd, tag));
        return this.endOfLine(lineEnd);
      }
    }
    const end = this.plainLinesFrom(at, indent);
    slot.values.push(plainNode(text, { start: at, end }, tag));
    return this.endOfLine(end);
  }

  /** The end of a scalar without quotes, with the lines that it goes on on. */
  private plainLinesFrom(start: number, indent: number): number {
    const { text } = this;
    let end = Math.max(start + 1, plainEnd(text, start, lineEndAt(text, start)));
    for (;;) {
      if (!isEndOrBlank(text[end]) || text[skipBlanks(text, end)] === '#') return end;
      const line = nextLine(text, end);
      const content = skipBlanks(text, line);
      if (content - line <= indent || isRestEmpty(text, content) || this.isStructure(content)) return end;
      end = Math.max(content + 1, plainEnd(text, content, lineEndAt(text, content)));
    }
  }

  private blockScalarAt(header: number, tag: string | undefined): number {
    const { text, slot } = this;
    const { indent } = this.innermost;
    const start = nextLine(text, header);
    let end = start;
    let at = start;
    let own = Number.POSITIVE_INFINITY;
    while (at < text.length) {
      const content = skipBlanks(text, at);
      const lineEnd = lineEndAt(text, at);
      const isInside = content - at > indent;
      if (content < lineEnd && (isInside || !isTemplateLine(text, content))) {
        if (!isInside) break;
        own = Math.min(own, content - at);
        end = lineEnd;
      }
      at = nextLine(text, at);
    }
    const inner = { start: Math.min(start, end), end };
    const written = text.slice(inner.start, end);
    const value =
      own > 0 && Number.isFinite(own) ? written.replace(new RegExp(`^[ \\t]{1,${own}}`, 'gm'), '') : written;
    const span = { start: header, end: Math.max(end, lineEndAt(text, header)) };
    slot.values.push({ kind: 'text', span, value, inner, isTemplate: isTemplate(written), tag });
    slot.end = span.end;
    return nextLine(text, span.end);
  }

  /** What is left of the line belongs to the slot: a comment, or what cannot be read. */
  private endOfLine(at: number): number {
    this.slot.end = Math.max(this.slot.end, lineEndAt(this.text, at));
    return nextLine(this.text, at);
  }

  /** Whether the line that begins here may belong to a value of a block with this indentation. */
  private isDeeper(line: number, indent: number): boolean {
    const { text } = this;
    const content = skipBlanks(text, line);
    if (content - line > indent || isRestEmpty(text, content)) return true;
    return ']}'.includes(text.charAt(content)) || !(this.isStructure(content) || isDocumentMark(text, line));
  }

  private isStructure(content: number): boolean {
    const { text } = this;
    return (text[content] === '-' && isEndOrBlank(text[content + 1])) || keyAt(text, content) !== undefined;
  }

  /** Makes the block of this kind and indentation the innermost one. */
  private enter(kind: 'map' | 'list', indent: number, start: number): void {
    this.closeDeeperThan(indent);
    const top = this.innermost;
    if (top.indent === indent) {
      if (top.kind === kind) return;
      if (top.kind === 'list') {
        this.closeInnermost();
        if (this.innermost.indent === indent && this.innermost.kind === kind) return;
      }
    }
    const { slot } = this;
    const again = slot.closed?.kind === kind && this.innermost.indent < indent ? slot.closed : undefined;
    if (again) {
      slot.values.pop();
      slot.closed = undefined;
      this.stack.push({ ...again, indent });
    } else this.stack.push({ kind, indent, start, slots: [] });
  }

  private closeDeeperThan(indent: number): void {
    while (this.stack.length > 1 && this.innermost.indent > indent) this.closeInnermost();
  }

  private closeInnermost(): void {
    const block = this.stack.pop();
    if (!block) return;
    const { slot } = this;
    const node = nodeOf(block, slot.tag);
    slot.values.push(node);
    slot.end = Math.max(slot.end, node.span.end);
    slot.closed = block;
  }
}

function slotAt(start: number): Slot {
  return { start, key: undefined, values: [], end: start, tag: undefined, closed: undefined };
}

function nodeOf({ kind, start, slots }: Block, tag: string | undefined): CodeNode {
  const span = { start, end: slots.at(-1)?.end ?? start };
  if (kind === 'list') return taggedList(span, slots.map(valueIn), tag);
  return { kind: 'map', span, entries: slots.map(entryOf) };
}

function entryOf(slot: Slot): EntryNode {
  const { key = '', keySpan = { start: slot.start, end: slot.start } } = slot.key ?? {};
  const entry = entryOfKey({ key, keySpan, span: { start: slot.start, end: keySpan.end } }, valueIn(slot));
  return { ...entry, span: { start: slot.start, end: slot.end } };
}

function valueIn({ values, end }: Slot): CodeNode {
  const [first, ...others] = values;
  if (!first) return nothingAt(end);
  return others.length === 0 ? first : { kind: 'other', span: { start: first.span.start, end }, children: values };
}

/** The key that begins here, with the offset behind its colon. */
function keyAt(
  text: string,
  start: number,
): (Pick<EntryNode, 'key' | 'keySpan'> & { readonly end: number }) | undefined {
  const char = text[start];
  if (char === '"' || char === "'") {
    const end = quoteEnd(text, start, () => false);
    if (end === undefined) return undefined;
    const colon = skipBlanks(text, end);
    if (text[colon] !== ':') return undefined;
    const { value, inner } = quotedNode(text, start, end, undefined);
    return { key: value, keySpan: inner, end: colon + 1 };
  }
  if ((char === '{' || char === '[') && templateEnd(text, start) === undefined) return undefined;
  if (char === undefined || '|>#'.includes(char)) return undefined;
  const lineEnd = lineEndAt(text, start);
  for (let at = start; at < lineEnd; ) {
    const template = templateEnd(text, at);
    if (template !== undefined) {
      at = template;
      continue;
    }
    if (text[at] === ':' && isKeyColon(text, at)) {
      const key = text.slice(start, at).trimEnd();
      return { key, keySpan: { start, end: start + key.length }, end: at + 1 };
    }
    if (text[at] === '#' && isEndOrBlank(text[at - 1])) return undefined;
    at += 1;
  }
  return undefined;
}

function isDocumentMark(text: string, line: number): boolean {
  return (text.startsWith('---', line) || text.startsWith('...', line)) && isEndOrBlank(text[line + 3]);
}

/** A line that a template tool reads, and nothing of the document: `{% if … %}`, `{{- end }}`, `%YAML`. */
function isTemplateLine(text: string, content: number): boolean {
  const two = text.slice(content, content + 2);
  if (two === '{%' || two === '<%' || two === '%{' || two[0] === '%') return true;
  if (two !== '{{') return false;
  const end = templateEnd(text, content);
  return end !== undefined && isRestEmpty(text, skipBlanks(text, end));
}

function isBlockHeader(text: string, offset: number): boolean {
  return /^[|>][-+0-9]{0,2}[ \t]*(?:#.*)?$/.test(text.slice(offset, lineEndAt(text, offset)));
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (!isEndOrBlank(text[at])) at += 1;
  return at;
}
