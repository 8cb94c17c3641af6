import type { Unplaced } from '../reading.ts';
import type { LookupChoice, LookupReference, LookupTool } from '../reference.ts';
import { type CallNode, type CodeNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { argumentsOf, type CallArguments, emptyCall, givenOf, textsIn } from './callArguments.ts';
import { imageChoice } from './imageChoice.ts';
import { filtersOf, ownersOf } from './lookupParts.ts';
import type { LookupSource } from './lookupSource.ts';
import { ownerInsertion } from './ownerInsertion.ts';
import { isUnsafeLookup } from './unsafeLookup.ts';

export type CallLookup = Omit<Unplaced<LookupReference>, 'clues'>;

/** The lookup that a call is, by the tool that it belongs to; undefined for other calls. */
export function callLookup(call: CallNode, source: LookupSource): CallLookup | undefined {
  const tool = toolOf(call, source);
  if (!tool) return undefined;
  const { definitions } = source;
  const whole = tool.isChain ? wholeChain(call, source.around) : call;
  const args = argumentsOf(tool.isChain ? { ...emptyCall, args: [asChain(whole)] } : call, definitions);
  const owners = ownersOf(args, definitions);
  const { filters, hasComputed } = filtersOf(call, args, definitions);
  const named = givenOf(args, 'name', 'namepattern').filter(() => tool.hasName);
  const nameFilters = named.map(({ value, span }) => {
    const { values, hasComputed: isComputed } = textsIn(value, definitions);
    return { name: 'name', values: isComputed ? undefined : values, span };
  });
  const ids = [...givenOf(args, 'imageids', 'imageid', 'amiids').map(({ value }) => value), ...positionalIds(call)].map(
    (value) => textsIn(value, definitions),
  );
  const imageIds = ids.flatMap(({ values }) => values);
  const isUntold = hasComputed || ids.some((known) => known.hasComputed);
  const isTried = givenOf(args, 'dryrun').some(({ value }) => isTrue(value, definitions));
  const chooses = isTried ? 'all' : isUntold ? 'unknown' : tool.chooses(whole, args, source);
  const users = givenOf(args, 'executableusers', 'executableby').flatMap(
    ({ value }) => textsIn(value, definitions).values,
  );
  const includesDeprecated = givenOf(args, 'includedeprecated').some(({ value }) => isTrue(value, definitions));
  const parts = { filters: [...nameFilters, ...filters], owners, imageIds, chooses };
  return {
    kind: 'lookup',
    span: call.calleeSpan,
    whole: whole.span,
    tool: tool.tool,
    value: (call.isNew ? `new ${call.callee}` : call.callee).replace(/^&/, ''),
    ...parts,
    executableUsers: users,
    includesDeprecated,
    isUnsafe: isUnsafeLookup(parts),
    ownerInsertion: owners.kind === 'none' ? ownerInsertion(call, args, source) : undefined,
  };
}

/** Ruby's `images.filter('name', 'x')`: a link of a chain, whatever the images are of. */
function asChain(call: CallNode): CallNode {
  const { start, end } = call.calleeSpan;
  return call.receiver || call.args.length === 0
    ? call
    : { ...call, receiver: { kind: 'name', span: { start, end }, value: call.callee } };
}

/** boto 2 takes them as the first argument. */
function positionalIds({ callee, args }: CallNode): readonly CodeNode[] {
  return lastNameOf(callee) === 'get_all_images' ? args.slice(0, 1) : [];
}

interface ToolCall {
  readonly tool: LookupTool;
  readonly hasName: boolean;
  /** Whether methods chained behind the call belong to it. */
  readonly isChain: boolean;
  readonly chooses: (call: CallNode, args: CallArguments, source: LookupSource) => LookupChoice;
}

/** AWS's SDKs and boto: the call, or the request where that is what is sent. */
const sdkCall =
  /^(?:describe_?images(?:_?(?:async|pages|request|with_?context))?|get_all_images|describe_?images_?command|paginate_?describe_?images|new_?describe_?images_?paginator)$/i;
const declaration = /\b(?:func|def|fn|fun|function|public|private|protected|internal|override|abstract)\b[^=;{}\r\n]*$/;
const mock = /(?:EXPECT|when|verify|stub|mock|On|doReturn|allow|expect)$/;

function toolOf(call: CallNode, source: LookupSource): ToolCall | undefined {
  const last = lastNameOf(call.callee);
  if (/^(?:New)?LookupMachineImage$/.test(last) || isMachineImageLookup(call, last) || last === 'MachineImage_Lookup') {
    return { tool: 'cdk', hasName: true, isChain: false, chooses: () => 'newest' };
  }
  if (/^(?:New)?DataAwsAmi(?:Ids)?$/.test(last)) {
    return { tool: 'cdk', hasName: false, isChain: false, chooses: byMostRecent(last.endsWith('Ids')) };
  }
  return pulumiCall(call, source) ?? sdkCallOf(call, last, source);
}

/** `MachineImage.lookup(…)`, also of a new one: `MachineImage().lookup(…)` */
function isMachineImageLookup({ callee, receiver }: CallNode, last: string): boolean {
  if (!/^lookup$/i.test(last)) return false;
  return receiver?.kind === 'call'
    ? /(?:^|\.)MachineImage$/.test(receiver.callee)
    : /(?:^|\.)MachineImage\.\w+$/.test(callee);
}

function pulumiCall(call: CallNode, { definitions }: LookupSource): ToolCall | undefined {
  const path = call.callee.replace(/\.Invoke(?:Async)?$/, '');
  const [, ids] = /^(?:get_?ami|lookup_?ami)(_?ids)?(?:_?(?:output|plain))?$/i.exec(lastNameOf(path)) ?? [
    undefined,
    undefined,
  ];
  if (
    !/^(?:get_?ami|lookup_?ami)/i.test(lastNameOf(path)) ||
    (ids === undefined && !/ami(?:_?(?:output|plain))?$/i.test(path))
  )
    return undefined;
  const isKnown = path !== call.callee || /(?:^|\.)(?:aws|ec2|\w*Functions)\.\w+$/i.test(path);
  if (!isKnown && givenOf(argumentsOf(call, definitions), 'mostrecent', 'filters', 'owners').length === 0)
    return undefined;
  return { tool: 'pulumi', hasName: false, isChain: false, chooses: byMostRecent(ids !== undefined) };
}

/** Without the name of a client before it. */
const isType = /^(?:[A-Z]\w*\.)*DescribeImagesRequest$/;

function sdkCallOf(call: CallNode, last: string, source: LookupSource): ToolCall | undefined {
  const tool = { tool: 'sdk', hasName: false, chooses: bySurroundings } as const;
  if (sdkCall.test(last)) {
    // A request is asked by the call that it is given to.
    const isRequest = call.isNew || isType.test(call.callee) || call.args.some(({ kind }) => kind === 'map');
    if (/request$/i.test(last) && isRequest) return undefined;
    return isDeclared(call, last, source)
      ? undefined
      : { ...tool, isChain: call.args.length + call.named.length === 0 };
  }
  if (last === 'paginate' && paginatesImages(call, source.definitions)) return { ...tool, isChain: false };
  if (!/(?:^|\.)images(?:\.(?:filter|with_owner))?$/.test(call.callee)) return undefined;
  const given = givenOf(argumentsOf(call, source.definitions), 'filters', 'owners', 'imageids', 'executableusers');
  const isRuby = /\.with_owner$/.test(call.callee) || (/\.filter$/.test(call.callee) && call.args[0]?.kind === 'text');
  return given.length > 0 || isRuby ? { ...tool, isChain: isRuby } : undefined;
}

/** Services with operations of the same name. */
const notEc2 = /(?:^|[._>])(?:ecr|appstream|docker|workspaces|imagebuilder|rekognition|sagemaker)/i;

/** `params *ec2.DescribeImagesInput`: a type beside a name. */
function isParameter(node: CodeNode): boolean {
  return node.kind === 'other' && node.children.length === 2 && node.children.every(({ kind }) => kind === 'name');
}

/** Whether it declares or mocks a function of that name, or calls one that the file itself declares. */
function isDeclared(call: CallNode, last: string, { text }: LookupSource): boolean {
  const line = text.slice(Math.max(0, call.span.start - 200), call.calleeSpan.start);
  if (call.receiver?.kind === 'call' && mock.test(call.receiver.callee)) return true;
  if (declaration.test(line) || call.args.some(isParameter)) return true;
  if (notEc2.test(call.callee)) return true;
  if (call.receiver || !/^(?:(?:self|this|cls)\.)?\w+$/.test(call.callee) || /command$/i.test(last) || call.isNew)
    return false;
  const declared = `^[^=(;\\r\\n]*\\b(?:def|function|func|fun|public|private|protected|static)\\b[^=(;\\r\\n]*\\b${last}\\s*\\(`;
  return new RegExp(declared, 'm').test(text);
}

function paginatesImages({ callee, receiver, span }: CallNode, definitions: Definitions): boolean {
  const owner = callee.replace(/\.?\w+$/, '');
  const paginator = receiver ?? (owner === '' ? undefined : definitions.valueOf(owner, span.start));
  const [name] = paginator?.kind === 'call' && /paginator$/i.test(paginator.callee) ? paginator.args : [];
  return name?.kind === 'text' && name.value === 'describe_images';
}

/** The last method chained behind a call. */
function wholeChain(call: CallNode, around: readonly CodeNode[]): CallNode {
  let whole = call;
  for (const node of around.toReversed()) {
    if (node.kind === 'call' && node.receiver === whole) whole = node;
    else break;
  }
  return whole;
}

function byMostRecent(isList: boolean): ToolCall['chooses'] {
  return (_call, args, { definitions }) => {
    if (isList) return 'all';
    const [given] = givenOf(args, 'mostrecent');
    return given && isTrue(given.value, definitions) ? 'newest' : 'unknown';
  };
}

/** `true`, `pulumi.BoolRef(true)`, a variable that is true. */
function isTrue(node: CodeNode, definitions: Definitions, depth = 0): boolean {
  if (depth > 5) return false;
  if (node.kind === 'call') return node.args.some((argument) => isTrue(argument, definitions, depth + 1));
  if (node.kind === 'text') return node.value === 'true';
  if (node.kind !== 'name') return false;
  if (/^true$/i.test(node.value)) return true;
  const value = definitions.valueOf(node.value.replace(/^&/, ''), node.span.start);
  return value !== undefined && isTrue(value, definitions, depth + 1);
}

const bySurroundings: ToolCall['chooses'] = (call, _args, source) => imageChoice(call, source);
