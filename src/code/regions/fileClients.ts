import type { RegionClue, RegionStatement } from '../reading.ts';
import { type CallNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { clueOf, regionOfObject } from './codeClues.ts';
import { isRegionKey } from './keyClues.ts';
import { regionValue } from './regionValues.ts';

const client =
  /(?:^|\.)(?:client|resource|session|setup_default_session|connect_to_region|connect_ec2|get_driver|update|new|config|aws_config)$|(?:EC2|Ec2|SSM|AutoScaling)(?:Async)?Client|EC2$|EC2Connection|^&?(?:aws\.)?Config$|(?:with_?|set_?)region$|(?:with|set)Endpoint$|^load_?default_?config|^NewSession|Regions?\.getRegion|AmazonEC2|SessionOptions|^Session$|ec2_?client/i;

/**
 * The region of a file's clients of EC2 where all that tell one tell the same; those of EC2 alone where others differ.
 */
export function fileClientClue(definitions: Definitions): readonly RegionClue[] {
  const clients = definitions.calls.filter(({ call }) => client.test(call.callee));
  const found = clients.flatMap(({ call }) => {
    const clue = clientRegion(call, definitions);
    return clue?.kind === 'stated' ? [{ clue, isEc2: isOfEc2(call) }] : [];
  });
  const ofEc2 = found.filter((one) => one.isEc2);
  // A client that is made without a region has the one that all have, or nobody knows which.
  const hasOther = ofEc2.length > 0 && clients.some(({ call }) => isOfEc2(call) && !clientRegion(call, definitions));
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

function clientRegion(call: CallNode, definitions: Definitions): RegionClue | undefined {
  const { callee, args, named } = call;
  const last = lastNameOf(callee);
  if (/(?:region|endpoint)$/i.test(last)) return args[0] && clueOf(args[0], 'client', definitions);
  const entries = [...named, ...args.flatMap((argument) => (argument.kind === 'map' ? argument.entries : []))];
  const region = entries.find(({ key }) => isRegionKey(lastNameOf(key)));
  return region && clueOf(region.value, 'client', definitions);
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
