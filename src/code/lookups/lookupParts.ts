import type { LookupFilter, LookupOwners } from '../reference.ts';
import type { CodeNode } from '../tree/codeTree.ts';
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

export function filtersOf(args: CallArguments, definitions: Definitions): LookupFilters {
  const filters: LookupFilter[] = [];
  let hasComputed = false;
  const values = (nodes: readonly CodeNode[]): readonly string[] | undefined => {
    const texts = nodes.map((node) => textsIn(node, definitions));
    return texts.some((known) => known.hasComputed) ? undefined : texts.flatMap((known) => known.values);
  };
  const add = (name: string, nodes: readonly CodeNode[], span: CodeNode['span']) =>
    filters.push({ name, values: values(nodes), span });
  const read = (node: CodeNode, depth: number): void => {
    if (depth > 8) return;
    if (node.kind === 'list') {
      const [first, ...others] = node.items;
      // `.filter("name", "…")`, `["name", […]]`
      if (first?.kind === 'text' && others.length > 0) add(first.value, others, node.span);
      else for (const item of node.items) read(item, depth + 1);
    } else if (node.kind === 'map' || node.kind === 'call') {
      const one = node.kind === 'map' ? { ...emptyCall, args: [node], span: node.span } : node;
      const parts = argumentsOf(
        node.kind === 'call' && node.receiver ? { ...emptyCall, args: [node] } : one,
        definitions,
      );
      const [name] = givenOf(parts, 'name', 'key');
      const given = givenOf(parts, 'values', 'value').map(({ value }) => value);
      const [known] = name ? textsIn(name.value, definitions).values : [];
      const arguments_ = node.kind === 'call' ? node.args : [];
      if (name && given.length > 0) {
        if (known === undefined) hasComputed = true;
        else add(known, given, node.span);
      } else if (arguments_[0]?.kind === 'text' && arguments_.length > 1)
        add(arguments_[0].value, arguments_.slice(1), node.span);
      else if (node.kind === 'call')
        for (const item of [...(node.receiver && !/build/.test(node.callee) ? chainedFilter(node) : []), ...node.args])
          read(item, depth + 1);
      else
        for (const { key, value, span } of node.entries) {
          if (key === '...') read(value, depth + 1);
          else add(key, [value], span);
        }
    } else if (node.kind === 'name') {
      const value = definitions.valueOf(node.value, node.span.start);
      if (value) read(value, depth + 1);
      else hasComputed ||= !/^(?:null|None|nil|undefined)$/.test(node.value);
      for (const {
        callee,
        args: [item],
      } of definitions.callsOf(node.value)) {
        if (item && /\.(?:push|append|add|Add|put)$/.test(callee)) read(item, depth + 1);
      }
      for (const { key, value: member, span } of definitions.membersOf(node.value)) add(key, [member], span);
    } else if (node.kind === 'other') {
      const parts = node.children.filter(({ kind }) => kind === 'list' || kind === 'call' || kind === 'map');
      for (const part of parts) read(part, depth + 1);
      hasComputed ||= parts.length === 0;
    } else hasComputed = true;
  };
  for (const { value } of givenOf(args, 'filters', 'filter')) read(value, 0);
  return { filters, hasComputed };
}

/** `new Filter("name").withValues("…")`: the name stands in the constructor. */
function chainedFilter(node: CodeNode & { readonly kind: 'call' }): readonly CodeNode[] {
  const name = node.receiver?.kind === 'call' && node.receiver.args.length === 1 ? node.receiver.args[0] : undefined;
  return name?.kind === 'text' ? [{ kind: 'list', span: node.span, items: [name, ...node.args] }] : [];
}
