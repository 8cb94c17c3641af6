import type { RegionClue } from '../reading.ts';
import { type CallNode, type CodeNode, type EntryNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { regionNamed } from './regionNames.ts';
import { regionOfConstant } from './regionValues.ts';
import { clueOf, isRegionName, regionMethod } from './valueClue.ts';

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
      const positional = connecting.test(link.callee) ? positionalRegion(link) : undefined;
      if (named.length === 0 && positional) return [clueOf(positional, 'client', definitions)];
      if (region && /connect_to_region$/.test(link.callee)) return [clueOf(region, 'client', definitions)];
      for (const argument of link.args) chained.push(argument);
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

/** `client("ec2", "us-east-1")`, `new AmazonEC2Client(RegionEndpoint.USEast1)` */
export function positionalRegion({ args }: CallNode): CodeNode | undefined {
  return args.find(
    (argument) =>
      (argument.kind === 'text' && regionNamed(argument.value)) ||
      (argument.kind === 'name' && regionOfConstant(argument.value)),
  );
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
