import type { LookupFilter, LookupOwners } from '../reference.ts';
import { type CallNode, type CodeNode, childrenOf, type EntryNode, type NameNode } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { argumentsOf, type CallArguments, emptyCall, givenOf, textsIn } from './callArguments.ts';

export function ownersOf(args: CallArguments, definitions: Definitions): LookupOwners {
  const given = givenOf(args, 'owners', 'owner', 'ownerids', 'ownerid', 'withowner', 'ownersets', 'owneralias');
  const texts = given.map(({ value }) => textsIn(value, definitions));
  const values = texts.flatMap((known) => known.values);
  if (texts.some(({ hasComputed }) => hasComputed)) return { kind: 'computed' };
  if (values.length > 0) return { kind: 'literal', values };
  return args.isOpen ? { kind: 'computed' } : { kind: 'none' };
}

export interface LookupFilters {
  readonly filters: readonly LookupFilter[];
  /** Whether there are others, which are computed. */
  readonly hasComputed: boolean;
}

export function filtersOf(call: CallNode, args: CallArguments, definitions: Definitions): LookupFilters {
  const reader = new FilterReader(definitions);
  const given = givenOf(args, 'filters', 'filter').map(({ value }) => value);
  const [only] = call.args;
  const isMap = given.length === 0 && only?.kind === 'map' && only.entries.every(({ key }) => !key.startsWith('-'));
  // VM::EC2 of Perl takes the filters themselves: `$ec2->describe_images({ name => "x" })`.
  if (isMap && /->describe_images$/.test(call.callee)) given.push(only);
  for (const value of given) reader.read(value, 0);
  return reader;
}

const maxDepth = 8;
const nothing = /^(?:null|None|nil|undefined)$/;

/** Reads filters in all the forms that SDKs and tools have for them. */
class FilterReader implements LookupFilters {
  readonly filters: LookupFilter[] = [];
  hasComputed = false;
  readonly #definitions: Definitions;

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  read(node: CodeNode, depth: number): void {
    if (depth > maxDepth) return;
    switch (node.kind) {
      case 'list':
        this.#readList(node.items, node.span, depth);
        break;
      case 'map':
        if (!this.#readOne(node, [node])) this.#readEntries(node.entries, depth);
        break;
      case 'call':
        if (!this.#readOne(node, node.receiver ? [node] : [])) this.#readCall(node, depth);
        break;
      case 'name':
        this.#readVariable(node, depth);
        break;
      case 'other':
        this.#readParts(node.children, depth);
        break;
      case 'text':
      case 'entry':
        this.hasComputed = true;
    }
  }

  #add(name: string, values: readonly CodeNode[], span: CodeNode['span']): void {
    const texts = values.map((node) => textsIn(node, this.#definitions));
    const isComputed = texts.some(({ hasComputed }) => hasComputed);
    this.filters.push({ name, values: isComputed ? undefined : texts.flatMap((known) => known.values), span });
  }

  /** `.filter("name", "…")` and `["name", […]]` are one filter. */
  #readList(items: readonly CodeNode[], span: CodeNode['span'], depth: number): void {
    const [first, ...others] = items;
    if (first?.kind === 'text' && others.length > 0) this.#add(first.value, others, span);
    else for (const item of items) this.read(item, depth + 1);
  }

  /** `{ name: "…", values: […] }`, `Filter.builder().name("…").values("…").build()` */
  #readOne(node: CodeNode & { readonly kind: 'map' | 'call' }, wrapped: readonly CodeNode[]): boolean {
    const call = node.kind === 'call' && wrapped.length === 0 ? node : { ...emptyCall, args: wrapped };
    const parts = argumentsOf(call, this.#definitions);
    const [name] = givenOf(parts, 'name', 'key');
    const values = givenOf(parts, 'values', 'value').map(({ value }) => value);
    if (!name || values.length === 0) return false;
    const [known] = textsIn(name.value, this.#definitions).values;
    if (known === undefined) this.hasComputed = true;
    else this.#add(known, values, node.span);
    return true;
  }

  /** `{ name: […], "virtualization-type": […] }` */
  #readEntries(entries: readonly EntryNode[], depth: number): void {
    for (const { key, value, span } of entries) {
      if (key === '...') this.read(value, depth + 1);
      else this.#add(key, [value], span);
    }
  }

  /** `new Filter("name", …)`, `new Filter("name").withValues(…)`, or a list of filters. */
  #readCall({ receiver, args, span }: CallNode, depth: number): void {
    const [name, ...values] = args;
    const [made] = receiver?.kind === 'call' && receiver.args.length === 1 ? receiver.args : [];
    if (name?.kind === 'text' && values.length > 0) this.#add(name.value, values, span);
    else if (made?.kind === 'text' && args.length > 0) this.#add(made.value, args, span);
    else this.#readParts(args, depth);
  }

  #readParts(nodes: readonly CodeNode[], depth: number): void {
    const parts = nodes.filter(({ kind }) => kind === 'list' || kind === 'call' || kind === 'map');
    for (const part of parts) this.read(part, depth + 1);
    this.hasComputed ||= parts.length === 0;
  }

  #readVariable({ value: name, span }: NameNode, depth: number): void {
    const values = this.#definitions.valuesOf(name, span.start).map(({ entry }) => entry.value);
    const others = values.filter((value) => span.start < value.span.start || span.start >= value.span.end);
    for (const value of others) {
      this.read(value, depth + 1);
      // `filters = append(filters, …)` adds to the value before.
      if (!isMadeOf(value, name)) break;
    }
    if (others.length === 0) this.hasComputed ||= !nothing.test(name);
    for (const { callee, args } of this.#definitions.callsOf(name)) {
      const [item] = args;
      if (item && /\.(?:push|append|add|put|extend)$/i.test(callee)) this.read(item, depth + 1);
    }
    for (const { key, value: member, span: set } of this.#definitions.membersOf(name)) this.#add(key, [member], set);
  }
}

function isMadeOf(node: CodeNode, name: string): boolean {
  return childrenOf(node).some((child) =>
    child.kind === 'name' ? child.value.replace(/\.+/g, '') === name : child.kind === 'entry' && isMadeOf(child, name),
  );
}
