import type { RegionClue, RegionStatement } from '../reading.ts';
import { type CallNode, type CodeNode, type EntryNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions, FoundCall } from '../tree/definitions.ts';
import { clientName } from './codeClues.ts';
import { isRegionKey } from './keyClues.ts';
import { positionalRegion, regionOfObject } from './regionOfObject.ts';
import { regionValue } from './regionValues.ts';
import { clueOf } from './valueClue.ts';

const client =
  /(?:^|\.)(?:client|resource|session|setup_default_session|connect_to_region|connect_ec2|get_driver|update|new|config|aws_config)$|(?:EC2|Ec2|SSM|AutoScaling)(?:Async)?Client|EC2$|EC2Connection|^&?(?:aws\.)?Config$|(?:with_?|set_?)region$|(?:with|set)Endpoint$|^load_?default_?config|^NewSession|Regions?\.getRegion|AmazonEC2|SessionOptions|^Session$|ec2_?client|AwsProvider(?:\.Builder\.create)?$|aws_config::(?:from_env|defaults)$/i;

/**
 * The region of a file's clients of EC2 where all that tell one tell the same; those of EC2 alone where others differ.
 */
export function fileClientClue(definitions: Definitions): readonly RegionClue[] {
  const clients = definitions.calls.filter((found) => isClient(found, definitions));
  const found = clients.flatMap((one) => {
    const clue = clientRegion(one, definitions);
    return clue?.kind === 'stated' ? [{ clue, isEc2: isOfEc2(one.call) }] : [];
  });
  const ofEc2 = found.filter((one) => one.isEc2);
  // A client that is made without a region has the one that all have, or nobody knows which.
  const hasOther = ofEc2.length > 0 && clients.some((one) => isOfEc2(one.call) && !clientRegion(one, definitions));
  if (hasOther) return configured(definitions);
  for (const agreeing of [found, ofEc2]) {
    const [first] = agreeing;
    if (first && agreeing.every(({ clue }) => clue.regions.join() === first.clue.regions.join())) return [first.clue];
  }
  return configured(definitions);
}

function isOfEc2({ callee, args }: CallNode): boolean {
  return /ec2/i.test(callee) || args.some(isEc2);
}

function isEc2(node: CallNode['args'][number]): boolean {
  return node.kind === 'text' && node.value === 'ec2';
}

/** Of Libcloud, `get_driver` gives the class of clients. */
function isClient({ call }: FoundCall, definitions: Definitions): boolean {
  if (client.test(call.callee)) return !isBlock(call) && !givenEntries(call).some(({ key }) => /^alias$/i.test(key));
  const maker = call.named.length > 0 ? definitions.valueOf(call.callee, call.span.start) : undefined;
  return maker?.kind === 'call' && /(?:^|\.)get_driver$/.test(maker.callee);
}

/** `class EC2 { … }` */
function isBlock({ isNew, args, named }: CallNode): boolean {
  return !isNew && named.length === 0 && args.length === 1 && args[0]?.kind === 'other' && args[0].children.length > 1;
}

function clientRegion({ call, around }: FoundCall, definitions: Definitions): RegionClue | undefined {
  const { callee, args } = call;
  const last = lastNameOf(callee);
  if (/(?:region|endpoint)$/i.test(last)) return args[0] && clueOf(args[0], 'client', definitions);
  const region =
    givenEntries(call).find(({ key }) => isRegionKey(lastNameOf(key)))?.value ??
    builtRegion(call, around) ??
    positionalRegion(call);
  return region && clueOf(region, 'client', definitions);
}

/** Named arguments, objects, and what an object of settings is made with: `new AwsProviderConfig { Region = … }`. */
function givenEntries({ named, args }: CallNode, depth = 0): readonly EntryNode[] {
  return [
    ...named,
    ...args.flatMap((argument) => {
      if (argument.kind === 'map') return argument.entries;
      return argument.kind === 'call' &&
        depth < 3 &&
        /(?:Config|Configuration|Args|Options|Props|Input)$/.test(argument.callee)
        ? givenEntries(argument, depth + 1)
        : [];
    }),
  ];
}

/** `Ec2Client.builder().region(Region.US_EAST_1)` */
function builtRegion(call: CallNode, around: readonly CodeNode[]): CodeNode | undefined {
  let link = call;
  for (const node of around.toReversed()) {
    if (node.kind !== 'call' || node.receiver !== link) return undefined;
    if (/^(?:with)?region$/i.test(lastNameOf(node.callee))) return node.args[0];
    link = node;
  }
  return undefined;
}

/** `AWS.config.region = "us-west-2"` */
function configured(definitions: Definitions): readonly RegionClue[] {
  return ['AWS.config', 'Aws.config', 'AWSConfigs', 'config', 'Config', 'clientConfig']
    .flatMap((owner) => definitions.membersOf(owner))
    .flatMap(({ key, value }) => {
      const known = isRegionKey(key) || key === 'RegionEndpoint' ? regionValue(value, definitions) : undefined;
      return known
        ? [{ kind: 'stated' as const, regions: [known.region], from: 'client' as const, span: known.span }]
        : [];
    });
}

/** `boto3.client("s3")`: a variable of this name elsewhere is another one. */
function isOfOtherService({ callee, args: [service] }: CallNode): boolean {
  return (
    /^(?:client|resource)$/.test(lastNameOf(callee)) &&
    service?.kind === 'text' &&
    !/^(?:ec2|ssm|autoscaling)$/.test(service.value)
  );
}

/** The variables of a file's clients, for what uses them in another example of a document or another file. */
export function clientStatements(definitions: Definitions): readonly RegionStatement[] {
  return definitions.calls.flatMap((found): readonly RegionStatement[] => {
    if (!isClient(found, definitions) || isOfOtherService(found.call)) return [];
    const variable = found.around.findLast((node) => node.kind === 'entry');
    const clue = variable && clientRegion(found, definitions);
    if (clue?.kind !== 'stated' || variable?.labels.length !== 0) return [];
    return [
      {
        name: clientName(variable.key),
        regions: clue.regions,
        refersTo: undefined,
        span: clue.span,
        strength: 'ownFile',
      },
    ];
  });
}

/** The regions that a CDK app makes its stacks in, by the stacks' classes; `stack:*` where all are in the same. */
export function stackStatements(definitions: Definitions): readonly RegionStatement[] {
  const stacks = definitions.calls.flatMap(({ call }): readonly RegionStatement[] => {
    const last = lastNameOf(call.callee);
    if (!/^[A-Z]/.test(last) || call.args.length + call.named.length < 2) return [];
    const [clue] = [...call.args, ...call.named].flatMap((argument) => {
      if (argument.kind === 'entry')
        return /^(?:env|props)$/.test(argument.key) ? regionOfObject(argument.value, definitions, 0) : [];
      return argument.kind === 'map' || (argument.kind === 'name' && !/^(?:this|self|app|scope)$/.test(argument.value))
        ? envOf(argument, definitions)
        : [];
    });
    if (clue?.kind !== 'stated') return [];
    return [{ name: `stack:${last}`, regions: clue.regions, refersTo: undefined, span: clue.span, isOneOfMany: true }];
  });
  const [first] = stacks;
  const isSame = first && stacks.every(({ regions }) => regions.join() === first.regions.join());
  return isSame ? [...stacks, { ...first, name: 'stack:*', isOneOfMany: false }] : stacks;
}

function envOf(node: CallNode['args'][number], definitions: Definitions): readonly RegionClue[] {
  const value = node.kind === 'name' ? definitions.valueOf(node.value, node.span.start) : node;
  if (value?.kind !== 'map') return [];
  const env = value.entries.find(({ key }) => key === 'env');
  const rest = value.entries.find(({ key }) => key === '...');
  if (env) return regionOfObject(env.value, definitions, 0);
  return rest ? envOf(rest.value, definitions) : [];
}
