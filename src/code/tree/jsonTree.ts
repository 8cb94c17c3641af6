import { createScanner } from 'jsonc-parser';
import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, EntryNode, NameNode, TextNode } from './codeTree.ts';
import { isTemplate } from './templates.ts';

/** `SyntaxKind` of the scanner, whose constants exist for its own compilation alone. */
const tokens = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  string: 10,
  unknown: 16,
  end: 17,
} as const;

/** `ScanError.UnexpectedEndOfString`. */
const openQuote = 2;

/** What is nested deeper lies flat in the last level. */
const maxDepth = 200;

/** A map, a list or the file: what lies in it until it ends. */
interface Open {
  readonly kind: 'map' | 'list' | 'file';
  readonly start: number;
  /** Entries, and values that may turn out to be keys. */
  readonly children: CodeNode[];
  key: Key | undefined;
}

type Key = Pick<EntryNode, 'key' | 'keySpan'> & { readonly span: TextSpan };

/**
 * JSON with whatever people write into it: comments, commas too many or missing, several values one after the other
 * (JSON lines), words without quotes. Brackets that are not closed end with what is around them, an open quote with its
 * line.
 */
export function parseJson(text: string): CodeNode {
  const scanner = createScanner(text, true);
  const file: Open = { kind: 'file', start: 0, children: [], key: undefined };
  const stack = [file];
  let tooDeep = 0;
  let isAfterComma = false;
  const innermost = () => stack.at(-1) ?? file;

  const add = (value: CodeNode): void => {
    const open = innermost();
    if (open.key) open.children.push(entryOfKey(open.key, value));
    else open.children.push(value);
    open.key = undefined;
  };
  const close = (end: number): void => {
    const open = stack.pop();
    if (open) add(closed(open, end));
  };
  const closeUpTo = (kind: 'map' | 'list', end: number): void => {
    if (tooDeep > 0) tooDeep -= 1;
    else if (stack.some((open) => open.kind === kind)) {
      while (innermost().kind !== kind) close(scanner.getTokenOffset());
      close(end);
    }
  };

  for (let token = scanner.scan(); token !== tokens.end; token = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (token === tokens.openBrace && isAfterComma && isUnclosedItem(stack)) close(start);
    isAfterComma = token === tokens.comma;
    switch (token) {
      case tokens.openBrace:
      case tokens.openBracket:
        if (stack.length > maxDepth) tooDeep += 1;
        else {
          const kind = token === tokens.openBrace ? 'map' : 'list';
          stack.push({ kind, start, children: [], key: undefined });
        }
        break;
      case tokens.closeBrace:
        closeUpTo('map', end);
        break;
      case tokens.closeBracket:
        closeUpTo('list', end);
        break;
      case tokens.colon:
        takeKey(innermost());
        break;
      case tokens.comma:
        innermost().key = undefined;
        break;
      case tokens.string: {
        const isOpen = scanner.getTokenError() === openQuote;
        add(isOpen ? openText(text, start, end) : textOf(text, { start, end }, scanner.getTokenValue()));
        break;
      }
      case tokens.unknown:
        if (text[start] === '#') scanner.setPosition(endOfLine(text, start));
        else add(wordOf(text, { start, end }));
        break;
      default:
        add({ kind: 'name', span: { start, end }, value: text.slice(start, end) });
    }
  }
  while (stack.length > 1) close(text.length);
  const [first, ...others] = file.children;
  return first && others.length === 0
    ? first
    : { kind: 'other', span: { start: 0, end: text.length }, children: file.children };
}

/** A map in a list, where another map begins in place of a key. */
function isUnclosedItem(stack: readonly Open[]): boolean {
  return stack.at(-1)?.kind === 'map' && stack.at(-1)?.key === undefined && stack.at(-2)?.kind === 'list';
}

function closed({ kind, start, children, key }: Open, end: number): CodeNode {
  const span = { start, end };
  const all = key ? [...children, entryOfKey(key, nothingAt(key.span.end))] : children;
  if (kind === 'list') return { kind, span, items: all };
  return { kind: 'map', span, entries: all.map(asEntry) };
}

/** What was the last value is the key of the one that follows. */
function takeKey(open: Open): void {
  const last = open.children.at(-1);
  if (open.key || (last?.kind !== 'text' && last?.kind !== 'name')) return;
  open.children.pop();
  open.key = { key: last.value, keySpan: last.kind === 'text' ? last.inner : last.span, span: last.span };
}

function entryOfKey({ key, keySpan, span }: Key, value: CodeNode): EntryNode {
  return { kind: 'entry', span: { start: span.start, end: value.span.end }, key, keySpan, labels: [], value };
}

/** A word in a map is a key whose value is not there yet; a value without a key has an empty one. */
function asEntry(child: CodeNode): EntryNode {
  if (child.kind === 'entry') return child;
  if (child.kind !== 'text' && child.kind !== 'name') {
    const before = { start: child.span.start, end: child.span.start };
    return entryOfKey({ key: '', keySpan: before, span: before }, child);
  }
  const keySpan = child.kind === 'text' ? child.inner : child.span;
  return entryOfKey({ key: child.value, keySpan, span: child.span }, nothingAt(child.span.end));
}

function nothingAt(offset: number): CodeNode {
  return { kind: 'other', span: { start: offset, end: offset }, children: [] };
}

function textOf(text: string, span: TextSpan, value: string): TextNode {
  const inner = { start: span.start + 1, end: span.end - 1 };
  return {
    kind: 'text',
    span,
    value,
    inner,
    isTemplate: isTemplate(text.slice(inner.start, inner.end)),
    tag: undefined,
  };
}

/** A text whose quote is not closed yet: what stands behind it belongs to the line's other values. */
function openText(text: string, start: number, lineEnd: number): TextNode {
  const value = text.slice(start + 1, lineEnd).replace(/[\s,}\]]*$/, '');
  const inner = { start: start + 1, end: start + 1 + value.length };
  return { ...textOf(text, inner, value), span: { start, end: inner.end }, inner };
}

function wordOf(text: string, span: TextSpan): TextNode | NameNode {
  const value = text.slice(span.start, span.end);
  return /^'.*'$/.test(value) && value.length > 1
    ? textOf(text, span, value.slice(1, -1))
    : { kind: 'name', span, value };
}

function endOfLine(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found;
}
