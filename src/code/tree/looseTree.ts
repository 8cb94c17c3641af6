import type { TextSpan } from '../textSpan.ts';
import type { CallNode, CodeNode, EntryNode, TextNode } from './codeTree.ts';
import { entryNode, maxTreeDepth, otherNode, unescaped } from './lezerTree.ts';
import { looseTokens, type Token } from './looseTokens.ts';
import { isTemplate } from './templates.ts';

/**
 * Reads a language that has no parser of its own by what most have in common: brackets, quotes, `key => value`,
 * `key: value`, `name = value`, calls, cases, and blocks in braces or, as in Ruby, by indentation.
 */
export function looseTree(text: string, path: string): CodeNode {
  const tokens = looseTokens(text, { hasIndentedBlocks: indented.test(path) });
  return otherNode(
    { start: 0, end: text.length },
    new LooseTree(tokens).sequence(0, () => false),
  );
}

const indented =
  /(?:\.(?:rb|ru|rake|exs?|cr|lua|jl|gemspec|podspec)|(?:Vagrant|Berks|Gem|Rake|Guard|Cap|Thor|Fast)file[^/]*)$/i;

const entryMarks: ReadonlySet<string> = new Set([':', '=>', '->', '=', ':=', '<-', '+=']);
const comparisons: ReadonlySet<string> = new Set(['==', '===', 'eq']);
/** Names that a text or a brace behind them does not belong to. */
const keyword =
  /^(?:return|else|elsif|elif|if|unless|then|do|end|in|and|or|not|is|echo|print|puts|throw|raise|yield|try|finally|func|fn|fun|def|begin|ensure|rescue|loop|import|from|package|require|use|using|namespace|include)$/;
const label = /^(?:case|when)$/;
const lastLabel = /^(?:default|else|otherwise|end)$/;

class LooseTree {
  readonly #tokens: readonly Token[];
  #at = 0;
  readonly #assigned = new Set<EntryNode>();
  readonly #declared = new Set<EntryNode>();

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** Elements up to a token that ends them, which is left. */
  sequence(depth: number, isEnd: (token: Token) => boolean): readonly CodeNode[] {
    const items: CodeNode[] = [];
    let open: { readonly key: TextNode; readonly from: number } | undefined;
    const close = () => {
      if (!open) return;
      const children = items.splice(open.from);
      const { key } = open;
      open = undefined;
      const end = children.at(-1)?.span.end ?? key.span.end;
      const value = otherNode({ start: children[0]?.span.start ?? end, end }, children);
      items.push(entryNode(key.value, { keySpan: key.inner, span: { start: key.span.start, end }, value }));
    };
    for (let token = this.#token; token && !isEnd(token); token = this.#token) {
      if (token.kind === 'close' || token.kind === 'comma' || token.kind === 'line' || token.kind === 'dedent') {
        this.#at += 1;
        continue;
      }
      if (token.kind === 'indent') {
        const block = this.#indented(depth);
        if (open && items.length === open.from) items.push(block);
        else attach(items, block);
        continue;
      }
      if (token.kind === 'name' && (label.test(token.value) || lastLabel.test(token.value))) close();
      const key = token.kind === 'name' && label.test(token.value) ? this.#label() : undefined;
      if (key) {
        open = { key, from: items.length };
        continue;
      }
      const isSecond = this.#tokens[this.#at - 1]?.kind === 'comma';
      const added = this.#element(depth);
      const declared = isSecond ? this.#declaredBefore(items.at(-1), added) : undefined;
      if (declared) items.splice(-1, 1, declared);
      else for (const item of added) items.push(item);
    }
    close();
    return items;
  }

  /** Go's `client, err := connect()`: the value is that of the first name. */
  #declaredBefore(first: CodeNode | undefined, [entry]: readonly CodeNode[]): EntryNode | undefined {
    if (first?.kind !== 'name' || first.value === '_' || entry?.kind !== 'entry' || !this.#declared.has(entry))
      return undefined;
    const { value, span } = entry;
    const whole = { start: first.span.start, end: span.end };
    const declared = entryNode(first.value, { keySpan: first.span, span: whole, value });
    this.#assigned.add(declared);
    return declared;
  }

  /** `case "us-east-1":`; undefined for several texts. */
  #label(): TextNode | undefined {
    const [, text, next] = this.#tokens.slice(this.#at, this.#at + 3);
    const isMarked = next !== undefined && /^(?::|=>|->|then)$/.test(next.value);
    // A constant: `case endpoints.EuWest1RegionID:`
    const isConstant = text?.kind === 'name' && text.value.includes('.') && isMarked;
    if (!text || !(text.kind === 'text' || isConstant) || next?.kind === 'comma') return undefined;
    this.#at += isMarked ? 3 : 2;
    return textOf(text);
  }

  #indented(depth: number): CodeNode {
    const start = this.#token?.start ?? 0;
    this.#at += 1;
    const children =
      depth > maxTreeDepth ? [] : this.sequence(depth + 1, ({ kind }) => kind === 'dedent' || kind === 'close');
    const end = this.#token?.start ?? children.at(-1)?.span.end ?? start;
    if (this.#token?.kind === 'dedent') this.#at += 1;
    return otherNode({ start, end }, children);
  }

  /** One element of a list, entry of a map or statement. */
  #element(depth: number): readonly CodeNode[] {
    const parts: CodeNode[] = [];
    const marks: { readonly mark: string; readonly before: number }[] = [];
    for (let token = this.#token; token; token = this.#token) {
      if (/^(?:close|comma|indent|dedent)$/.test(token.kind)) break;
      if (token.kind === 'name' && token.value === 'do' && parts.length > 0) {
        this.#skipBlockParameters();
        break;
      }
      if (token.kind === 'line') {
        if (!this.#isContinued(parts.length, marks.at(-1)?.before)) break;
        this.#at += 1;
      } else if (token.kind === 'mark') {
        marks.push({ mark: token.value, before: parts.length });
        this.#at += 1;
      } else if (token.kind === 'name' && /^(?:eq|to)$/.test(token.value) && parts.length > 0) {
        marks.push({ mark: token.value === 'to' ? '=>' : token.value, before: parts.length });
        this.#at += 1;
      } else parts.push(this.#primary(depth));
    }
    const comparison = compared(parts, marks);
    if (comparison) return comparison;
    const node = asEntry(parts, marks);
    const isAssigned = marks.some(({ mark }) => /^(?::=|=|\+=)$/.test(mark)) && this.#token?.kind !== 'comma';
    if (node?.kind === 'entry' && isAssigned) this.#assigned.add(node);
    if (node?.kind === 'entry' && marks[0]?.mark === ':=') this.#declared.add(node);
    return node ? [node] : [];
  }

  /** `do |x, y|`: what follows on the next lines belongs to the call before it. */
  #skipBlockParameters(): void {
    while (this.#token && !/^(?:line|indent|dedent|close|open)$/.test(this.#token.kind)) this.#at += 1;
  }

  /** Whether an element goes on behind the end of a line. */
  #isContinued(parts: number, lastMark: number | undefined): boolean {
    const next = this.#tokens[this.#at + 1];
    if (next?.kind === 'mark' && /^(?:\.|->|&|\?|\|\||&&|::)$/.test(next.value)) return true;
    const last = this.#tokens[this.#at - 1];
    return lastMark === parts && last?.kind === 'mark' && /^(?:=|=>|:=|->|\+|\|\||&&|\?|\?\?|==)$/.test(last.value);
  }

  #primary(depth: number): CodeNode {
    const token = this.#token as Token;
    let node: CodeNode;
    if (token.kind === 'text') {
      this.#at += 1;
      node = textOf(token);
    } else if (token.kind === 'open') node = this.#group(depth);
    else {
      this.#at += 1;
      node = this.#named(token, depth);
    }
    return this.#chained(node, depth);
  }

  #named(token: Token, depth: number): CodeNode {
    const next = this.#token;
    if (token.value === 'new' && next?.kind === 'name') {
      this.#at += 1;
      const made = this.#initialized(next, this.#named(next, depth), depth);
      return made.kind === 'call' ? { ...made, isNew: true, span: { start: token.start, end: made.span.end } } : made;
    }
    const isKeyword = keyword.test(token.value);
    if (!next || isKeyword) return nameOf(token);
    if (next.kind === 'open' && next.value === '(') return this.#call(token, depth);
    if (next.kind === 'open' && next.value === '{') {
      const group = this.#group(depth);
      return call(token, { args: [group], named: [], end: group.span.end });
    }
    if (next.kind === 'text' && next.start > token.end && !label.test(token.value)) return this.#command(token, depth);
    return nameOf(token);
  }

  /** `new Request`, and on the next line a brace with its initial values. */
  #initialized(token: Token, made: CodeNode, depth: number): CodeNode {
    const [line, open] = this.#tokens.slice(this.#at, this.#at + 2);
    if (line?.kind !== 'line' || open?.kind !== 'open' || open.value !== '{') return made;
    this.#at += 1;
    const group = this.#group(depth);
    const { args, named } = made.kind === 'call' ? made : { args: [], named: [] };
    return call(token, { args: [...args, group], named, end: group.span.end });
  }

  #call(token: Token, depth: number): CodeNode {
    const group = this.#group(depth);
    const items = itemsOf(group);
    const named = items.filter((item) => item.kind === 'entry');
    const args = items.filter((item) => item.kind !== 'entry');
    return call(token, { args, named, end: group.span.end });
  }

  /** `region "us-west-2"`, `ec2_instance "web", region: "us-west-2" do`. */
  #command(token: Token, depth: number): CodeNode {
    const items: CodeNode[] = [];
    for (let next = this.#token; next && depth <= maxTreeDepth; next = this.#token) {
      if (next.kind === 'comma') {
        this.#at += 1;
        while (this.#token?.kind === 'line') this.#at += 1;
      } else if (/^(?:line|close|indent|dedent)$/.test(next.kind) || next.value === 'do') break;
      else for (const item of this.#element(depth + 1)) items.push(item);
    }
    const named = items.filter((item) => item.kind === 'entry');
    const args = items.filter((item) => item.kind !== 'entry');
    return call(token, { args, named, end: items.at(-1)?.span.end ?? token.end });
  }

  /** `.name(…)`, `[0]` and a brace behind a call. */
  #chained(node: CodeNode, depth: number): CodeNode {
    let whole = node;
    for (let links = 0; ; links += 1) {
      const isNextLine = this.#token?.kind === 'line';
      const [mark, token, open] = this.#tokens.slice(this.#at + (isNextLine ? 1 : 0), this.#at + (isNextLine ? 4 : 3));
      if (
        mark?.kind === 'mark' &&
        /^(?:\.|->|::|&)$/.test(mark.value) &&
        token?.kind === 'mark' &&
        token.value === '.'
      ) {
        this.#at += 1;
        continue;
      }
      if (
        mark?.kind === 'mark' &&
        /^(?:\.|->|::|\?|!)$/.test(mark.value) &&
        token?.kind === 'name' &&
        token.start === mark.end
      ) {
        this.#at += isNextLine ? 3 : 2;
        const isCall = open?.kind === 'open' && open.value === '(';
        const inner = isCall ? this.#call(token, depth) : nameOf(token);
        const span = { start: whole.span.start, end: inner.span.end };
        // Of a chain without end, the last part is kept.
        const before = links % maxTreeDepth === maxTreeDepth - 1 ? [] : [whole];
        whole = inner.kind === 'call' ? { ...inner, span, receiver: before[0] } : otherNode(span, [...before, inner]);
        continue;
      }
      if (isNextLine || mark?.kind !== 'open' || whole.kind === 'text' || whole.kind === 'name') return whole;
      if (mark.value === '{' && whole.kind === 'call') {
        const group = this.#group(depth);
        whole = { ...whole, span: { start: whole.span.start, end: group.span.end }, args: [...whole.args, group] };
      } else if (mark.value === '[' && mark.start === whole.span.end) {
        const group = this.#group(depth);
        whole = otherNode({ start: whole.span.start, end: group.span.end }, [whole, ...itemsOf(group)]);
      } else return whole;
    }
  }

  #group(depth: number): CodeNode {
    const open = this.#token as Token;
    this.#at += 1;
    const isOnLines = this.#token?.kind === 'line' || this.#token?.kind === 'indent';
    const items = depth > maxTreeDepth ? this.#skipGroup() : this.sequence(depth + 1, ({ kind }) => kind === 'close');
    const close = this.#token;
    const end = close?.end ?? this.#tokens.at(-1)?.end ?? open.end;
    if (close) this.#at += 1;
    const span = { start: open.start, end };
    const entries = items.filter((item) => item.kind === 'entry');
    const isMap = entries.length === items.length && (items.length > 0 || open.value === '{');
    if (isMap && !(open.value === '{' && isOnLines && this.#areStatements(entries)))
      return { kind: 'map', span, entries };
    return entries.length === 0 ? { kind: 'list', span, items } : otherNode(span, items);
  }

  /** Assignments on lines of their own, and not initial values of an object, which commas divide. */
  #areStatements(entries: readonly EntryNode[]): boolean {
    return entries.length > 0 && entries.every((entry) => this.#assigned.has(entry));
  }

  #skipGroup(): readonly CodeNode[] {
    for (let open = 1; this.#token; this.#at += 1) {
      if (this.#token.kind === 'open') open += 1;
      if (this.#token.kind === 'close') open -= 1;
      if (open === 0) break;
    }
    return [];
  }
}

/** A block belongs to what stands above it. */
function attach(items: CodeNode[], block: CodeNode): void {
  const owner = items.pop();
  if (!owner) items.push(block);
  else {
    const span = { start: owner.span.start, end: block.span.end };
    if (owner.kind === 'call') items.push({ ...owner, span, args: [...owner.args, block] });
    else if (owner.kind === 'entry') {
      items.push({
        ...owner,
        span,
        value: otherNode({ start: owner.value.span.start, end: span.end }, [owner.value, block]),
      });
    } else items.push(otherNode(span, [owner, block]));
  }
}

function textOf({ start, end, inner, value, isRaw }: Token): TextNode {
  return {
    kind: 'text',
    span: { start, end },
    value: isRaw ? value : unescaped(value),
    inner,
    isTemplate: isTemplate(value) || value.includes('#{'),
    tag: undefined,
  };
}

function nameOf({ start, end, value }: Token): CodeNode {
  return { kind: 'name', span: { start, end }, value };
}

function call(
  { start, end: nameEnd, value }: Token,
  { args, named, end }: { args: readonly CodeNode[]; named: readonly EntryNode[]; end: number },
): CallNode {
  return {
    kind: 'call',
    span: { start, end },
    callee: value,
    calleeSpan: { start, end: nameEnd },
    receiver: undefined,
    isNew: false,
    args,
    named,
  };
}

function itemsOf(node: CodeNode): readonly CodeNode[] {
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'list') return node.items;
  return node.kind === 'other' ? node.children : [];
}

type Mark = { readonly mark: string; readonly before: number };

/** `key: value`; without a mark between them, the parts themselves. */
function asEntry(parts: readonly CodeNode[], marks: readonly Mark[]): CodeNode | undefined {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return undefined;
  const mark = marks.find(
    ({ mark: written, before }) => entryMarks.has(written) && before > 0 && before < parts.length,
  );
  const before = mark && parts[mark.before - 1];
  // `["us-east-1"] = "ami-…"`
  const key = before?.kind === 'list' && before.items.length === 1 ? before.items[0] : before;
  if (!mark) {
    // Ruby's `filters:` is short for `filters: filters`.
    const isShort =
      first === last && first.kind === 'name' && marks.length === 1 && marks[0]?.mark === ':' && marks[0].before === 1;
    return isShort ? entryNode(first.value, { keySpan: first.span, span: first.span, value: first }) : joined(parts);
  }
  if (!key || (key.kind !== 'text' && key.kind !== 'name')) return joined(parts);
  const value = joined(parts.slice(mark.before)) ?? last;
  const keySpan = key.kind === 'text' ? key.inner : key.span;
  return entryNode(key.value, { keySpan, span: { start: first.span.start, end: last.span.end }, value });
}

/** What is done where something equals a text is an entry with the text as its key. */
function compared(parts: readonly CodeNode[], marks: readonly Mark[]): readonly CodeNode[] | undefined {
  const mark = marks.find(({ mark: written }) => comparisons.has(written));
  const operands = mark ? [parts[mark.before], parts[mark.before - 1]] : [];
  const equals = mark
    ? -1
    : parts.findIndex(
        (part) => part.kind === 'call' && /(?:^|\.)(?:equals|equalsIgnoreCase|eql\?)$/i.test(part.callee),
      );
  const key = [...operands, ...textsOfCall(parts[equals])].find((part) => part?.kind === 'text');
  if (key?.kind !== 'text') return undefined;
  const behind = mark ? mark.before + 1 : equals + 1;
  const rest = parts.slice(behind);
  const question = marks.find(({ mark: written }) => written === '?');
  const colon = marks.find(({ mark: written, before }) => written === ':' && before > (question?.before ?? Infinity));
  const block = rest.findIndex(({ kind }) => kind === 'map' || kind === 'list' || kind === 'other');
  const count = colon ? colon.before - behind : block === -1 ? rest.length : block + 1;
  const value = joined(rest.slice(0, count)) ?? otherNode({ start: key.span.end, end: key.span.end }, []);
  const span = { start: Math.min(key.span.start, value.span.start), end: Math.max(key.span.end, value.span.end) };
  return [
    ...parts.slice(0, mark ? mark.before - 1 : equals),
    entryNode(key.value, { keySpan: key.inner, span, value }),
    ...rest.slice(count),
  ];
}

/** `region.equals("us-east-1")`, `"us-east-1".equals(region)` */
function textsOfCall(node: CodeNode | undefined): readonly CodeNode[] {
  return node?.kind === 'call' ? [...node.args, ...(node.receiver ? [node.receiver] : [])] : [];
}

function joined(parts: readonly CodeNode[]): CodeNode | undefined {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return undefined;
  // `[]string{…}`: the brackets say nothing.
  const telling = parts.filter((part) => part.kind !== 'list' || part.items.length > 0);
  const [only] = telling;
  const span: TextSpan = { start: first.span.start, end: last.span.end };
  return telling.length === 1 && only ? only : otherNode(span, telling);
}
