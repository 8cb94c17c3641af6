import { lastUpTo } from '../lastUpTo.ts';
import type { TextSpan } from '../textSpan.ts';
import { type CallNode, type CodeNode, childrenOf, type EntryNode, type ListNode } from './codeTree.ts';

export interface Definition {
  readonly entry: EntryNode;
  /** Of the function that it is in; undefined outside of functions. */
  readonly scope: TextSpan | undefined;
}

/** What the names of a file stand for: assigned values, defaults of parameters, what is set or added to an object. */
export class Definitions {
  readonly #assigned = new Map<string, Definition[]>();
  readonly #members = new Map<string, EntryNode[]>();
  readonly #calls = new Map<string, CallNode[]>();
  /** All calls of the file, in their order. */
  readonly calls: readonly FoundCall[];
  readonly lists: readonly ListNode[];

  constructor(root: CodeNode) {
    const lists: ListNode[] = [];
    const calls: FoundCall[] = [];
    const open: Step[] = [{ node: root, parent: undefined, scope: undefined, isArgument: false }];
    for (let step = open.pop(); step; step = open.pop()) {
      const { node, scope, isArgument } = step;
      if (node.kind === 'entry' && !isArgument && node.labels.length === 0) this.#add(node, scope);
      if (node.kind === 'list') lists.push(node);
      if (node.kind === 'call') {
        calls.push(new FoundCall(node, step.parent));
        const [, owner] = /^(.*)\.[^.]*$/.exec(node.callee) ?? [];
        if (owner !== undefined) addTo(this.#calls, owner, node);
      }
      const inner = node.kind === 'entry' && node.key === 'function' ? node.span : scope;
      const children = childrenOf(node);
      const isOfArguments = node.kind === 'map' || node.kind === 'call';
      for (let index = children.length - 1; index >= 0; index -= 1) {
        const child = children[index];
        if (child) open.push({ node: child, parent: step, scope: inner, isArgument: isOfArguments });
      }
    }
    this.calls = calls;
    this.lists = lists;
  }

  #add(entry: EntryNode, scope: TextSpan | undefined): void {
    addTo(this.#assigned, entry.key, { entry, scope });
    const [, owner, dotted, quoted] = /^(.*?)(?:\.(\w+)|\[['"](\w+)['"]\])$/.exec(entry.key) ?? [];
    const key = dotted ?? quoted;
    if (owner && key) addTo(this.#members, owner, { ...entry, key });
  }

  /** What may be the value of a name at an offset, the closest before it first. */
  valuesOf(name: string, offset: number): readonly Definition[] {
    const own = name.replace(/^(?:this|self|cls)\./, '');
    const found = this.#assigned.get(name) ?? this.#assigned.get(own) ?? this.#assigned.get(`self.${own}`) ?? [];
    const visible = closeTo(found, offset).filter(
      ({ scope }) => !scope || (scope.start <= offset && offset <= scope.end),
    );
    const before = visible.filter(({ entry }) => entry.span.start < offset);
    return [...before.toReversed(), ...visible.filter(({ entry }) => entry.span.start >= offset)];
  }

  /** The closest value; undefined where nothing in the file tells. A value of itself is none. */
  valueOf(name: string, offset: number): CodeNode | undefined {
    const [closest] = this.valuesOf(name, offset).filter(
      ({ entry }) => offset < entry.span.start || offset >= entry.span.end,
    );
    return closest?.entry.value;
  }

  /** `name.Owners = …`, `name["Owners"] = …` */
  membersOf(name: string): readonly EntryNode[] {
    return this.#members.get(name) ?? [];
  }

  /** `name.push(…)`, `name.withOwners(…)` */
  callsOf(name: string): readonly CallNode[] {
    return this.#calls.get(name) ?? [];
  }
}

/** Definitions of one name on each side of a place: a program's thousand functions may have a variable of one name each. */
const maxClose = 200;

function closeTo(found: readonly Definition[], offset: number): readonly Definition[] {
  if (found.length <= maxClose) return found;
  const at = lastUpTo(found, ({ entry }) => entry.span.start, offset);
  return found.slice(Math.max(0, at - maxClose), at + maxClose);
}

interface Step {
  readonly node: CodeNode;
  readonly parent: Step | undefined;
  readonly scope: TextSpan | undefined;
  readonly isArgument: boolean;
}

export class FoundCall {
  readonly call: CallNode;
  readonly #parent: Step | undefined;

  constructor(call: CallNode, parent: Step | undefined) {
    this.call = call;
    this.#parent = parent;
  }

  /** The nodes around the call, the outermost first. */
  get around(): readonly CodeNode[] {
    const around: CodeNode[] = [];
    for (let step = this.#parent; step; step = step.parent) around.push(step.node);
    return around.reverse();
  }
}

function addTo<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
