import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, EntryNode } from './codeTree.ts';

/** What is nested deeper lies flat in the last level. */
const maxDepth = 200;

interface Open {
  readonly kind: 'map' | 'list' | 'outside';
  readonly start: number;
  readonly tag: string | undefined;
  /** Entries, and values that may turn out to be keys. */
  readonly children: CodeNode[];
  key: Key | undefined;
}

type Key = Pick<EntryNode, 'key' | 'keySpan'> & { readonly span: TextSpan };

/**
 * Makes maps and lists of tokens in the order of the text. A bracket that is not closed ends with what is around it;
 * one too many is left out.
 */
export class BracketTree {
  private readonly outside: Open = { kind: 'outside', start: 0, tag: undefined, children: [], key: undefined };
  private readonly stack: Open[] = [this.outside];
  private tooDeep = 0;
  private isAfterComma = false;

  /** How many brackets are open. */
  get depth(): number {
    return this.stack.length - 1 + this.tooDeep;
  }

  open(kind: 'map' | 'list', start: number, tag?: string): void {
    if (this.isAfterComma && kind === 'map' && this.isInUnclosedItem()) this.closeInnermost(start);
    this.isAfterComma = false;
    if (this.stack.length > maxDepth) this.tooDeep += 1;
    else this.stack.push({ kind, start, tag, children: [], key: undefined });
  }

  /** @param offset of the bracket */
  close(kind: 'map' | 'list', offset: number): void {
    this.isAfterComma = false;
    if (this.tooDeep > 0) {
      this.tooDeep -= 1;
      return;
    }
    if (!this.stack.some((open) => open.kind === kind)) return;
    while (this.innermost.kind !== kind) this.closeInnermost(offset);
    this.closeInnermost(offset + 1);
  }

  add(value: CodeNode): void {
    const open = this.innermost;
    open.children.push(open.key ? entryOfKey(open.key, value) : value);
    open.key = undefined;
    this.isAfterComma = false;
  }

  /** What was the last value is the key of the one that follows. */
  colon(): void {
    const open = this.innermost;
    const last = open.children.at(-1);
    if (open.key || (last?.kind !== 'text' && last?.kind !== 'name')) return;
    open.children.pop();
    open.key = { key: last.value, keySpan: last.kind === 'text' ? last.inner : last.span, span: last.span };
  }

  comma(): void {
    const open = this.innermost;
    if (open.key) open.children.push(entryOfKey(open.key, nothingAt(open.key.span.end)));
    open.key = undefined;
    this.isAfterComma = true;
  }

  /** All values outside of brackets, with those that are open closed at the end. */
  finish(end: number): readonly CodeNode[] {
    while (this.stack.length > 1) this.closeInnermost(end);
    return this.outside.children;
  }

  private get innermost(): Open {
    return this.stack.at(-1) ?? this.outside;
  }

  private closeInnermost(end: number): void {
    const open = this.stack.pop();
    if (open) this.add(closed(open, end));
  }

  /** A map in a list, where another map begins in place of a key. */
  private isInUnclosedItem(): boolean {
    return this.innermost.kind === 'map' && !this.innermost.key && this.stack.at(-2)?.kind === 'list';
  }
}

function closed({ kind, start, tag, children, key }: Open, end: number): CodeNode {
  const span = { start, end };
  const all = key ? [...children, entryOfKey(key, nothingAt(key.span.end))] : children;
  return kind === 'list' ? taggedList(span, all, tag) : { kind: 'map', span, entries: all.map(asEntry) };
}

/** `!FindInMap […]` of CloudFormation is a call of `Fn::FindInMap`. */
export function taggedList(span: TextSpan, items: readonly CodeNode[], tag: string | undefined): CodeNode {
  if (!tag?.startsWith('!') || tag.startsWith('!!')) return { kind: 'list', span, items };
  const callee = `Fn::${tag.slice(1)}`;
  const calleeSpan = { start: span.start, end: span.start };
  return { kind: 'call', span, callee, calleeSpan, receiver: undefined, isNew: false, args: items, named: [] };
}

export function entryOfKey({ key, keySpan, span }: Key, value: CodeNode): EntryNode {
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

export function nothingAt(offset: number): CodeNode {
  return { kind: 'other', span: { start: offset, end: offset }, children: [] };
}
