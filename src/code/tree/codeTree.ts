import type { TextSpan } from '../textSpan.ts';

/** Code as nested values, the same for all languages. Offsets are those of the text; a broken text has what could be read. */
export type CodeNode = MapNode | ListNode | TextNode | NameNode | CallNode | EntryNode | OtherNode;

interface NodeBase {
  readonly span: TextSpan;
}

/** Braces of HCL, JSON, YAML, JavaScript or Python, and the top level of a file of entries. */
export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly entries: readonly EntryNode[];
}

/** `key = value`, `key: value`, an HCL block, an assignment to a variable, a named argument. */
export interface EntryNode extends NodeBase {
  readonly kind: 'entry';
  /** Without quotes; an HCL block's type (`resource`); a variable's name. */
  readonly key: string;
  readonly keySpan: TextSpan;
  /** Of an HCL block: `["aws_instance", "web"]`. */
  readonly labels: readonly string[];
  readonly value: CodeNode;
}

export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly items: readonly CodeNode[];
}

/** A string, without its quotes and escapes; interpolations stay as written. */
export interface TextNode extends NodeBase {
  readonly kind: 'text';
  readonly value: string;
  /** What stands between the quotes. */
  readonly inner: TextSpan;
  /** Whether it has interpolations. */
  readonly isTemplate: boolean;
  /** YAML's tag: `!Sub`. */
  readonly tag: string | undefined;
}

/** A variable, a path to one (`var.region`), a number, true, false or null: as written. */
export interface NameNode extends NodeBase {
  readonly kind: 'name';
  readonly value: string;
}

export interface CallNode extends NodeBase {
  readonly kind: 'call';
  /** As written, without type arguments: `ec2.MachineImage.lookup`, `lookup`, `Fn::FindInMap` of `!FindInMap`. */
  readonly callee: string;
  readonly calleeSpan: TextSpan;
  /** What the method belongs to, where that is more than a name: the call before it in a chain. */
  readonly receiver: CodeNode | undefined;
  readonly isNew: boolean;
  readonly args: readonly CodeNode[];
  /** Named arguments of Python; elsewhere empty. */
  readonly named: readonly EntryNode[];
}

/** Whatever else: conditions, operators, functions, statements one after the other. */
export interface OtherNode extends NodeBase {
  readonly kind: 'other';
  readonly children: readonly CodeNode[];
}

export function childrenOf(node: CodeNode): readonly CodeNode[] {
  switch (node.kind) {
    case 'map':
      return node.entries;
    case 'list':
      return node.items;
    case 'entry':
      return [node.value];
    case 'call':
      return [...(node.receiver ? [node.receiver] : []), ...node.args, ...node.named];
    case 'other':
      return node.children;
    case 'text':
    case 'name':
      return [];
  }
}

/** How many nodes a search that looks at the parts of a node looks at; of a chain of calls all that it may. */
export function countParts(node: CodeNode): number {
  switch (node.kind) {
    case 'map':
      return node.entries.length;
    case 'list':
      return node.items.length;
    case 'call':
      return node.receiver ? Number.POSITIVE_INFINITY : node.args.length + node.named.length;
    case 'other':
      return node.children.length;
    default:
      return 0;
  }
}

/** The nodes around an offset, the outermost first. An offset in an entry's key has the entry as its last node. */
export function nodesAround(root: CodeNode, offset: number): readonly CodeNode[] {
  const path: CodeNode[] = [];
  let node: CodeNode | undefined = root;
  while (node) {
    path.push(node);
    node = childAt(childrenOf(node), offset);
  }
  return path;
}

const fewChildren = 16;

function childAt(children: readonly CodeNode[], offset: number): CodeNode | undefined {
  return children[childIndexAt(children, offset)];
}

/** Which one of nodes in the order of the text an offset is in; -1 for none. */
export function childIndexAt(children: readonly CodeNode[], offset: number): number {
  let [low, high] = [0, children.length];
  while (high - low > fewChildren) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.span.end ?? 0) < offset) low = middle + 1;
    else high = middle + 1;
  }
  const found = children.slice(low, high).findIndex(({ span }) => span.start <= offset && offset <= span.end);
  return found === -1 ? -1 : low + found;
}

/** The first entry of this key, in any case. */
export function entryOf(node: CodeNode | undefined, ...keys: readonly string[]): EntryNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find(({ key }) => keys.some((wanted) => wanted.toLowerCase() === key.toLowerCase()));
}

const otherLetter = /[\p{L}\p{N}]/u;

function isWord(code: number): boolean {
  return code < 128
    ? (code >= 0x61 && code <= 0x7a) ||
        (code >= 0x41 && code <= 0x5a) ||
        (code >= 0x30 && code <= 0x39) ||
        code === 0x5f
    : otherLetter.test(String.fromCharCode(code));
}

const hyphen = 0x2d;

/** The last name of a path: `region` of `aws.region`, `default["aws"]["region"]`, `$region`, `Filter` of `ec2.Filter`. */
export function lastNameOf(path: string): string {
  // From the end: an expression would begin at each character of a long path.
  let end = path.length;
  while (end > 0 && !isWord(path.charCodeAt(end - 1))) end -= 1;
  if (end === 0) return path;
  let start = end;
  while (start > 0 && (isWord(path.charCodeAt(start - 1)) || path.charCodeAt(start - 1) === hyphen)) start -= 1;
  while (path.charCodeAt(end) === hyphen) end += 1;
  return path.slice(start, end);
}
