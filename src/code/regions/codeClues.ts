import { oncePer } from '../oncePer.ts';
import type { RegionClue } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import { type CallNode, type CodeNode, type EntryNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { sourceRegionEntry } from './keyClues.ts';
import { constantOfPath, pairClues } from './pairClues.ts';
import { regionNamed, regionsIn } from './regionNames.ts';
import { regionOfObject } from './regionOfObject.ts';
import { regionValue } from './regionValues.ts';
import { statementClues } from './statementClues.ts';
import { clueOf, isDriver, isRegionName, regionMethod, stated } from './valueClue.ts';

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
    else if (node.kind === 'call')
      clues.push(...sourceClues(node.named, inner, definitions), ...callClues(node, offset, definitions));
    else if (node.kind === 'map')
      clues.push(
        ...sourceClues(node.entries, inner, definitions),
        ...besideClues(node.entries, offset, definitions, 'argument'),
      );
    else if (node.kind === 'other')
      // Pairs of Clojure have no commas.
      clues.push(
        ...(node.children.every(({ kind }) => kind === 'text') ? pairClues(node.children, offset) : []),
        ...statementClues(node.children, offset, definitions),
      );
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
  const constant = constantOfPath(key);
  if (constant !== undefined) return [stated(constant, 'mapKey', keySpan)];
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

function callClues(call: CallNode, offset: number, definitions: Definitions): readonly RegionClue[] {
  const clues: RegionClue[] = [];
  if (regionMethod.test(lastNameOf(call.callee)) || isDriver(call)) {
    const [region] = call.args;
    if (region && region.span.end <= offset) clues.push(clueOf(region, 'block', definitions));
  }
  // Java's `enum Ami { EU_WEST_1("ami-…") }`.
  const constant = call.receiver ? undefined : regionNamed(call.callee);
  if (constant !== undefined) clues.push(stated(constant, 'mapKey', call.calleeSpan));
  clues.push(...besideClues(call.named, offset, definitions, 'argument'), ...pairClues(call.args, offset));
  // Options behind the arguments: `{ provider: west }`, `{ env: { region: "us-east-1" } }`.
  for (const argument of call.args) {
    if (argument.span.start <= offset && offset <= argument.span.end) continue;
    if (argument.kind === 'map') clues.push(...besideClues(argument.entries, offset, definitions, 'argument'));
    // Go's `pulumi.Provider(east)`.
    else if (argument.kind === 'call' && /\.Provider$/.test(argument.callee) && argument.args[0])
      clues.push(...regionOfObject(argument.args[0], definitions, 0));
  }
  let root = call;
  for (let link = call.receiver, steps = 0; link?.kind === 'call' && steps < 100; link = link.receiver, steps += 1) {
    root = link;
    const [region] = link.args;
    if (region && (regionMethod.test(lastNameOf(link.callee)) || isSourceRegionOf(link, call)))
      clues.push(clueOf(region, 'argument', definitions));
    clues.push(...besideClues(link.named, offset, definitions, 'client'));
  }
  clues.push(...clientClues(root, definitions));
  return clues;
}

/** `.sourceRegion("us-west-2").sourceImageId("ami-…")` */
function isSourceRegionOf(link: CallNode, call: CallNode): boolean {
  const name = (of: CallNode) => lastNameOf(of.callee).replace(/^(?:with|set)_?/i, '');
  return /^source_?region$/i.test(name(link)) && /^source_?image_?id$/i.test(name(call));
}

/** `super(scope, 'Web', { env: { region: 'us-east-1' } })` in the class that a reference is in. */
function superClues({ key, span }: EntryNode, definitions: Definitions): readonly RegionClue[] {
  if (key !== 'class') return [];
  return superCalls(definitions)
    .filter((call) => span.start <= call.span.start && call.span.end <= span.end)
    .flatMap((call) => callClues(call, span.start, definitions))
    .slice(0, 1);
}

/** TypeScript's `super(…)` and Python's `super().__init__(…)`. */
const superCalls = oncePer((definitions: Definitions): readonly CallNode[] =>
  definitions.calls.flatMap(({ call }) => {
    const { callee, receiver } = call;
    const isOfPython = callee === '__init__' && receiver?.kind === 'call' && receiver.callee === 'super';
    return callee === 'super' || isOfPython ? call : [];
  }),
);

/** Of an image that is copied: `SourceRegion: …` beside `SourceImageId`. */
function sourceClues(
  entries: readonly EntryNode[],
  inner: CodeNode | undefined,
  definitions: Definitions,
): readonly RegionClue[] {
  const entry = inner && sourceRegionEntry(entries, inner);
  return entry ? [clueOf(entry.value, 'argument', definitions)] : [];
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
const telling = oncePer(
  (entries: readonly EntryNode[]) =>
    entries.filter(
      ({ key, labels }) =>
        labels.length === 0 && (isRegionName(key) || /^(?:env|environment|provider|props)$/i.test(lastNameOf(key))),
    ),
  ({ length }) => length,
);

/** `ec2.run_instances(ImageId="ami-…")`: the client that the method is called of. */
function clientClues({ callee, receiver, span }: CallNode, definitions: Definitions): readonly RegionClue[] {
  const [, owner] = receiver ? [] : (/^(.*)\.[^.]*$/.exec(callee) ?? []);
  if (owner === undefined || /^(?:this|self|cls)$/.test(owner)) return [];
  const set = setRegions(definitions.callsOf(owner), definitions);
  const value = definitions.valueOf(owner, span.start);
  if (set.length > 0) return set.slice(-1);
  return value ? regionOfObject(value, definitions, 0) : [{ kind: 'named', name: clientName(owner), from: 'client' }];
}

/** The name among statements of a variable that holds a client. */
export function clientName(variable: string): string {
  return `client:${variable.replace(/^(?:[$@%]+|self\.|this\.)/, '')}`;
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
