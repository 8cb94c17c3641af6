import { type CallNode, type CodeNode, type EntryNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';

/** What a call is given by name: named arguments, objects, builders, and what variables stand for. */
export interface CallArguments {
  readonly given: readonly GivenValue[];
  /** Whether more may be given than the file shows. */
  readonly isOpen: boolean;
  /** The object literals that an argument may be added to, the outermost first. */
  readonly maps: readonly CodeNode[];
}

export interface GivenValue {
  /** `owners` for `Owners`, `withOwners(…)`, `set_owners`. */
  readonly key: string;
  readonly value: CodeNode;
  readonly span: CodeNode['span'];
}

const maxDepth = 12;
/** Names whose values hold no arguments. */
const noArguments =
  /^(?:this|self|cls|client|svc|conn|api|ec2|ec2_?(?:client|svc|conn|api)|ctx|scope|context|app|stack|construct|null|None|nil|undefined|true|false|True|False|err|error|callback|cb|\d.*)$/i;

export function argumentsOf(call: CallNode, definitions: Definitions): CallArguments {
  const given: GivenValue[] = [];
  const maps: CodeNode[] = [];
  let isOpen = false;
  const add = (name: string, value: CodeNode, span = value.span) => given.push({ key: normalized(name), value, span });
  const gatherEntry = ({ key, value, span }: EntryNode, depth: number) => {
    if (key === '...') gather(value, depth + 1);
    else if (isLambda({ key, value })) gatherChain(value, depth + 1);
    else add(key, value, span);
  };
  const gatherCall = (node: CallNode, depth: number) => {
    for (const entry of node.named) gatherEntry(entry, depth);
    for (const argument of node.args) gather(argument, depth + 1);
    if (node.receiver) gatherChain(node.receiver, depth + 1);
  };
  /** `DescribeImagesRequest.builder().owners("self").build()` */
  const gatherChain = (node: CodeNode, depth: number) => {
    let link: CodeNode | undefined = node;
    for (let steps = 0; link?.kind === 'call' && steps < 100; steps += 1) {
      const { callee, receiver, named }: CallNode = link;
      // `filters(f -> f.name("name"))`: what a function is given it makes.
      const args = [...link.args, ...named.filter(isLambda).map(({ value }) => value)];
      if (receiver && args.length > 0) {
        const value: CodeNode = args.length === 1 && args[0] ? args[0] : { kind: 'list', span: link.span, items: args };
        add(lastNameOf(callee), value, link.span);
      } else if (!receiver) {
        gatherCall(link, depth + 1);
        for (const argument of args) add(lastNameOf(callee), argument);
      }
      link = receiver;
    }
  };
  const gather = (node: CodeNode, depth: number): void => {
    if (depth > maxDepth) return;
    if (node.kind === 'map') {
      maps.push(node);
      for (const entry of node.entries) gatherEntry(entry, depth);
    } else if (node.kind === 'call') {
      if (node.receiver && !node.isNew) gatherChain(node, depth);
      // Go's `new(ec2.DescribeImagesInput)` is empty.
      else if (node.callee === 'new') return;
      else if (makesArguments(node)) gatherCall(node, depth);
      else isOpen = true;
    } else if (node.kind === 'other') {
      for (const entry of entriesOfBlock(node)) gatherEntry(entry, depth);
      const parts = node.children.filter(({ kind }) => kind === 'map' || kind === 'call' || kind === 'other');
      for (const part of parts) gather(part, depth + 1);
      const hasFunction = node.children.some(({ kind }) => kind === 'entry');
      if (parts.length === 0 && !hasFunction && node.children.some(({ kind }) => kind === 'name')) isOpen = true;
    } else if (node.kind === 'name' && !noArguments.test(node.value)) {
      const value = definitions.valueOf(node.value, node.span.start);
      if (value && value.kind !== 'name') gather(value, depth + 1);
      else isOpen = true;
      for (const { key, value: member, span } of definitions.membersOf(node.value)) add(key, member, span);
      for (const { callee, args, span } of definitions.callsOf(node.value)) {
        const [argument] = args;
        if (argument && /^(?:with|set|add)/i.test(lastNameOf(callee))) add(lastNameOf(callee), argument, span);
      }
    }
  };
  gatherCall(call.receiver && !call.isNew ? { ...call, receiver: undefined } : call, 0);
  return { given, isOpen, maps };
}

/** `r -> r.owners("self")`: an argument that names itself in its value. */
function isLambda({ key, value }: Pick<EntryNode, 'key' | 'value'>): boolean {
  let first = value;
  for (let steps = 0; first.kind === 'call' && first.receiver && steps < 100; steps += 1) first = first.receiver;
  return first.kind === 'call' && first.callee.startsWith(`${key}.`);
}

/** Of `{ owners = …` and a line for each: initial values of C#, a block of Kotlin. */
function entriesOfBlock(node: CodeNode): readonly EntryNode[] {
  if (node.kind !== 'other') return [];
  const entries = node.children.filter((child) => child.kind === 'entry');
  const isBlock = entries.every(({ key, labels }) => labels.length === 0 && key !== 'function');
  return isBlock && entries.length === node.children.length ? entries : [];
}

/** A constructor, or a helper around values; what other functions return is not known. */
function makesArguments({ callee, isNew, args, named }: CallNode): boolean {
  const isGiven = named.length > 0 || args.some(({ kind }) => kind === 'map');
  return isNew || isGiven || /^[A-Z]|^(?:dict|String|assign)$/.test(lastNameOf(callee));
}

function normalized(name: string): string {
  return lastNameOf(name)
    .replace(/^(?:with|set|add)(?=[A-Z_])/, '')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

export function givenOf({ given }: CallArguments, ...keys: readonly string[]): readonly GivenValue[] {
  return given.filter(({ key }) => keys.includes(key));
}

export interface KnownTexts {
  readonly values: readonly string[];
  /** Whether there are others, which are computed. */
  readonly hasComputed: boolean;
}

const nothing = /^(?:null|None|nil|undefined|false)$/;

/** The texts of a value: of lists, of helpers around texts (`aws.String`, `List.of`), of variables with one value. */
export function textsIn(node: CodeNode, definitions: Definitions, depth = 0): KnownTexts {
  if (depth > maxDepth) return { values: [], hasComputed: true };
  switch (node.kind) {
    case 'text':
      return node.isTemplate ? { values: [], hasComputed: true } : { values: [node.value], hasComputed: false };
    case 'name': {
      if (/^\d+$/.test(node.value)) return { values: [node.value], hasComputed: false };
      if (nothing.test(node.value)) return { values: [], hasComputed: false };
      const value = definitions.valueOf(node.value, node.span.start);
      return value ? textsIn(value, definitions, depth + 1) : { values: [], hasComputed: true };
    }
    case 'list':
      return joinedTexts(node.items, definitions, depth);
    case 'call': {
      const parts = [...node.args, ...(node.receiver ? [node.receiver] : [])];
      const texts = joinedTexts(parts, definitions, depth);
      // `config.require("owner")` is a question, not a text.
      const isLiteral =
        /(?:String|Strings|StringSlice|StringArray|of|asList|List|Set|Array|string|singletonList|listOf|arrayOf|Values|build|vec|interface|object|Arrays|\[\])$/.test(
          node.callee,
        );
      return isLiteral && parts.length > 0 ? texts : { values: [], hasComputed: true };
    }
    case 'other': {
      const parts = node.children.filter((child) => child.kind === 'list' || child.kind === 'call');
      return parts.length === 1 ? joinedTexts(parts, definitions, depth) : { values: [], hasComputed: true };
    }
    case 'map':
    case 'entry':
      return { values: [], hasComputed: true };
  }
}

function joinedTexts(nodes: readonly CodeNode[], definitions: Definitions, depth: number): KnownTexts {
  const parts = nodes.map((node) => textsIn(node, definitions, depth + 1));
  return { values: parts.flatMap(({ values }) => values), hasComputed: parts.some(({ hasComputed }) => hasComputed) };
}

/** A call to be given what shall be read like the arguments of one. */
export const emptyCall: CallNode = {
  kind: 'call',
  span: { start: 0, end: 0 },
  callee: '',
  calleeSpan: { start: 0, end: 0 },
  receiver: undefined,
  isNew: false,
  args: [],
  named: [],
};
