import { oncePer } from '../oncePer.ts';
import type { RegionClue } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import type { TextSpan } from '../textSpan.ts';
import { type CallNode, type CodeNode, childIndexAt, type EntryNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { isRegionKey } from './keyClues.ts';
import { regionNamed, regionsIn } from './regionNames.ts';
import { regionValue } from './regionValues.ts';

/** The name of what is stated, but not told: behind it only the path counts. */
export const computedRegion = 'region:computed';

/**
 * What program code around a reference says of its region, from the closest to the farthest: keys of maps and cases,
 * `region` beside it, arguments and chained methods of the calls around it, the stack or the client that it belongs to.
 *
 * @param around the nodes around the reference, the outermost first
 */
export function codeClues(
  around: readonly CodeNode[],
  offset: number,
  definitions: Definitions,
): readonly RegionClue[] {
  const clues: RegionClue[] = [];
  for (let index = around.length - 1; index >= 0; index -= 1) {
    const node = around[index];
    if (!node) continue;
    const inner = around[index + 1];
    if (node.kind === 'entry')
      clues.push(...entryClues(node, index === around.length - 1, inner), ...superClues(node, definitions));
    else if (node.kind === 'list') clues.push(...pairClues(node.items, offset));
    else if (node.kind === 'call') clues.push(...callClues(node, offset, definitions));
    else if (node.kind === 'map') clues.push(...besideClues(node.entries, offset, definitions, 'argument'));
    else if (node.kind === 'other') clues.push(...statementClues(node.children, offset, definitions));
  }
  return clues;
}

function entryClues(
  { key, keySpan, labels, value }: EntryNode,
  isKey: boolean,
  inner: CodeNode | undefined,
): readonly RegionClue[] {
  if (key === 'class') {
    const [name] = labels;
    return name === undefined ? [] : [{ kind: 'named', name: `stack:${name}`, from: 'block' }];
  }
  if (labels.length > 0) return [];
  const ofMember = regionOfMember(key);
  if (ofMember !== undefined) return [stated(ofMember, 'mapKey', keySpan)];
  const [first, ...others] = regionsIn(key);
  if (
    first &&
    others.length === 0 &&
    first.span.start === 0 &&
    (first.span.end === key.length || inner !== undefined)
  ) {
    // A variable's name is a hint; a key of several words is not all a region.
    if (/^\w+$/.test(key) && first.span.end < key.length) return [];
    return [stated(first.region, 'mapKey', keySpan)];
  }
  const region = isKey && value.kind === 'text' ? regionNamed(value.value) : undefined;
  return region === undefined ? [] : [stated(region, 'mapKey', value.span)];
}

/** `amis["us-east-1"]["hvm"]`, `default[:'us-east-1']` */
function regionOfMember(path: string): string | undefined {
  const parts = Array.from(path.slice(0, 300).matchAll(/\[:?["']([\w-]+)["']\]/g), ([, part = '']) =>
    regionNamed(part),
  );
  return parts.find((region) => region !== undefined);
}

/** `("us-east-1", "ami-…")`; in a longer list each id has its region before it, or behind it. */
function pairClues(items: readonly CodeNode[], offset: number): readonly RegionClue[] {
  const index = childIndexAt(items, offset);
  if (index === -1) return [];
  const { regions, ofOption } = regionsAmong(items);
  if (ofOption) return [ofOption];
  if (regions.size === 1) return items.length <= 8 ? [...regions.values()] : [];
  const isPairs = items.length === regions.size * 2;
  const before = isPairs ? regions.get(index - 1) : undefined;
  const behind = isPairs && !regions.has(0) ? regions.get(index + 1) : undefined;
  return before ? [before] : behind ? [behind] : [];
}

const regionsAmong = oncePer((items: readonly CodeNode[]) => {
  const regions = new Map<number, RegionClue>();
  let option = -1;
  for (const [at, item] of items.entries()) {
    if (item.kind !== 'text') continue;
    const region = regionNamed(item.value);
    if (region !== undefined) regions.set(at, stated(region, 'argument', item.span));
    if (option === -1 && item.value === '--region') option = at;
  }
  return { regions, ofOption: option === -1 ? undefined : regions.get(option + 1) };
});

const regionMethod = /^(?:(?:with|set|add)_?)?(?:(?:aws_?)?region(?:_?(?:name|config|endpoint))?|endpoint)$/i;

/** Whether a name is one under which code holds a region, .NET's `RegionEndpoint` among them. */
function isRegionName(path: string): boolean {
  return isRegionKey(lastNameOf(path)) || /(?:^|\.)RegionEndpoint$/.test(path);
}

/** Chef's `with_driver "aws::eu-west-1"`, with a profile between the colons. */
function isDriver({ callee, args: [driver] }: CallNode): boolean {
  return callee === 'with_driver' && driver?.kind === 'text' && driver.value.startsWith('aws:');
}

function callClues(call: CallNode, offset: number, definitions: Definitions): readonly RegionClue[] {
  const clues: RegionClue[] = [];
  if (regionMethod.test(lastNameOf(call.callee)) || isDriver(call)) {
    const [region] = call.args;
    if (region && region.span.end <= offset) clues.push(clueOf(region, 'block', definitions));
  }
  clues.push(...besideClues(call.named, offset, definitions, 'argument'), ...pairClues(call.args, offset));
  // Options behind the arguments: `{ provider: west }`, `{ env: { region: "us-east-1" } }`.
  for (const argument of call.args) {
    if (argument.kind === 'map' && !(argument.span.start <= offset && offset <= argument.span.end)) {
      clues.push(...besideClues(argument.entries, offset, definitions, 'argument'));
    }
  }
  for (let link = call.receiver, steps = 0; link?.kind === 'call' && steps < 100; link = link.receiver, steps += 1) {
    const [region] = link.args;
    if (region && regionMethod.test(lastNameOf(link.callee))) clues.push(clueOf(region, 'argument', definitions));
    clues.push(...besideClues(link.named, offset, definitions, 'client'));
  }
  clues.push(...clientClues(call, definitions));
  return clues;
}

/** `super(scope, 'Web', { env: { region: 'us-east-1' } })` in the class that a reference is in. */
function superClues({ key, span }: EntryNode, definitions: Definitions): readonly RegionClue[] {
  if (key !== 'class') return [];
  return superCalls(definitions)
    .filter((call) => span.start <= call.span.start && call.span.end <= span.end)
    .flatMap((call) => callClues(call, span.start, definitions))
    .slice(0, 1);
}

/** Found once for a file, which may have thousands of references. */
const superCallsOf = new WeakMap<Definitions, readonly CallNode[]>();

/** TypeScript's `super(…)` and Python's `super().__init__(…)`. */
function superCalls(definitions: Definitions): readonly CallNode[] {
  const known = superCallsOf.get(definitions);
  if (known) return known;
  const found = definitions.calls.flatMap(({ call }) => {
    const { callee, receiver } = call;
    const isOfPython = callee === '__init__' && receiver?.kind === 'call' && receiver.callee === 'super';
    return callee === 'super' || isOfPython ? call : [];
  });
  superCallsOf.set(definitions, found);
  return found;
}

/** `region: …`, `env: { region: … }`, `provider: west` among named values. */
function besideClues(
  entries: readonly EntryNode[],
  offset: number,
  definitions: Definitions,
  from: RegionSource,
): readonly RegionClue[] {
  return telling(entries).flatMap(({ key, value, span }): readonly RegionClue[] => {
    if (span.start <= offset && offset <= span.end) return [];
    return isRegionName(key) ? [clueOf(value, from, definitions)] : regionOfObject(value, definitions, 0);
  });
}

/** The entries that may tell a region. */
const telling = oncePer((entries: readonly EntryNode[]) =>
  entries.filter(
    ({ key, labels }) =>
      labels.length === 0 && (isRegionName(key) || /^(?:env|environment|provider|props)$/i.test(lastNameOf(key))),
  ),
);

const connecting = /(?:client|resource|session|connect\w*|ec2\w*)$/i;

/** The region of an environment, a provider or a client, or of the variable that it is in. */
export function regionOfObject(node: CodeNode, definitions: Definitions, depth: number): readonly RegionClue[] {
  if (depth > 6) return [];
  if (node.kind === 'name') {
    const value = definitions.valueOf(node.value, node.span.start);
    return value ? regionOfObject(value, definitions, depth + 1) : [];
  }
  if (node.kind === 'map') return regionsOfEntries(node.entries, definitions, depth);
  if (node.kind === 'call') {
    const chained: CodeNode[] = [];
    for (
      let link: CodeNode | undefined = node, steps = 0;
      link?.kind === 'call' && steps < 100;
      link = link.receiver, steps += 1
    ) {
      const [region] = link.args;
      if (region && regionMethod.test(lastNameOf(link.callee))) return [clueOf(region, 'client', definitions)];
      const named = regionsOfEntries(link.named, definitions, depth);
      const positional = connecting.test(link.callee)
        ? link.args.find((argument) => argument.kind === 'text' && regionNamed(argument.value))
        : undefined;
      if (named.length === 0 && positional) return [clueOf(positional, 'client', definitions)];
      if (region && /connect_to_region$/.test(link.callee)) return [clueOf(region, 'client', definitions)];
      chained.push(...link.args);
      if (named.length > 0) return named;
    }
    return chained
      .flatMap((part) =>
        part.kind === 'name' && /^(?:this|self)$/.test(part.value) ? [] : regionOfObject(part, definitions, depth + 1),
      )
      .slice(0, 1);
  }
  if (node.kind === 'other')
    return node.children.flatMap((child) => regionOfObject(child, definitions, depth + 1)).slice(0, 1);
  return [];
}

function regionsOfEntries(
  entries: readonly EntryNode[],
  definitions: Definitions,
  depth: number,
): readonly RegionClue[] {
  const entry = entries.find(({ key }) => isRegionName(key));
  if (entry) return [clueOf(entry.value, 'client', definitions)];
  const env = entries.find(({ key }) => /^(?:env|environment|config|session|\.\.\.)$/i.test(key));
  return env ? regionOfObject(env.value, definitions, depth + 1) : [];
}

/** `ec2.run_instances(ImageId="ami-…")`: the client that the method is called of. */
function clientClues({ callee, receiver, span }: CallNode, definitions: Definitions): readonly RegionClue[] {
  const [, owner] = receiver ? [] : (/^(.*)\.[^.]*$/.exec(callee) ?? []);
  if (owner === undefined || /^(?:this|self|cls)$/.test(owner)) return [];
  const set = setRegions(definitions.callsOf(owner), definitions);
  const value = definitions.valueOf(owner, span.start);
  return set.length > 0 ? set.slice(-1) : value ? regionOfObject(value, definitions, 0) : [];
}

/** Found once for the calls of one object, which may be thousands. */
const setRegionsOf = new WeakMap<readonly CallNode[], readonly RegionClue[]>();

/** `client.setRegion("us-east-1")` among the calls of an object. */
function setRegions(calls: readonly CallNode[], definitions: Definitions): readonly RegionClue[] {
  const known = setRegionsOf.get(calls);
  if (known) return known;
  const found = calls.flatMap(({ callee, args: [region] }) => {
    const value = region && regionMethod.test(lastNameOf(callee)) ? regionValue(region, definitions) : undefined;
    return value ? [stated(value.region, 'client', value.span)] : [];
  });
  setRegionsOf.set(calls, found);
  return found;
}

interface RegionAssignment {
  readonly region: string;
  readonly span: TextSpan;
  /** Of the whole statement. */
  readonly statement: TextSpan;
}

/** Assignments to a variable `region` among the statements around a reference, the closest before it first. */
function statementClues(
  children: readonly CodeNode[],
  offset: number,
  definitions: Definitions,
): readonly RegionClue[] {
  const others = regionAssignments(children, definitions).filter(
    ({ statement }) => offset < statement.start || statement.end < offset,
  );
  const closest = others.findLast(({ statement }) => statement.start < offset) ?? others[0];
  return closest ? [stated(closest.region, 'variable', closest.span)] : [];
}

/** Found once for the statements of a block, whose references may be thousands. */
const assignmentsOf = new WeakMap<readonly CodeNode[], readonly RegionAssignment[]>();

function regionAssignments(children: readonly CodeNode[], definitions: Definitions): readonly RegionAssignment[] {
  const known = assignmentsOf.get(children);
  if (known) return known;
  const found = children.flatMap((child) => {
    const value = assignedRegion(child);
    const region = value && regionValue(value, definitions);
    return region ? [{ ...region, statement: child.span }] : [];
  });
  assignmentsOf.set(children, found);
  return found;
}

function assignedRegion(child: CodeNode): CodeNode | undefined {
  if (child.kind === 'entry' && child.labels.length === 0 && isRegionName(child.key)) return child.value;
  if (child.kind !== 'call') return undefined;
  const [first, second] = child.args;
  if (first && isDriver(child)) return first;
  if (first && regionMethod.test(lastNameOf(child.callee)) && child.args.length === 1) return first;
  // `set :region, "us-east-1"`
  return first?.kind === 'text' && second && isRegionKey(first.value) ? second : undefined;
}

export function clueOf(value: CodeNode, from: RegionSource, definitions: Definitions): RegionClue {
  const known = regionValue(value, definitions);
  if (known) return stated(known.region, from, known.span);
  const name = value.kind === 'name' || value.kind === 'call' ? pulumiConfig(value) : undefined;
  return { kind: 'named', name: name ?? computedRegion, from };
}

function pulumiConfig(value: CodeNode): string | undefined {
  if (value.kind === 'name')
    return /(?:^|\.)aws\.config\.region$/.test(value.value) ? 'value:config.aws:region' : undefined;
  const [key] = value.kind === 'call' && /\.(?:require|get|Require|Get)$/.test(value.callee) ? value.args : [];
  return key?.kind === 'text' && /^(?:aws:)?region$/.test(key.value) ? 'value:config.aws:region' : undefined;
}

function stated(region: string, from: RegionSource, span: TextSpan): RegionClue {
  return { kind: 'stated', regions: [region], from, span };
}
