import type { FoundLookup } from '../reading.ts';
import type { LookupChoice, LookupFilter } from '../reference.ts';
import { type CodeNode, childrenOf, type EntryNode, entryOf, type MapNode } from '../tree/codeTree.ts';
import { literalsOf, ownersOf } from './lookupValues.ts';
import { ownerEntry } from './ownerEntry.ts';
import { isUnsafeLookup } from './unsafeLookup.ts';

/**
 * DescribeImages as data: a function of Pulumi in YAML, a step of Systems Manager Automation (`Api: DescribeImages`) or of
 * Step Functions (`…:aws-sdk:ec2:describeImages`).
 */
export function requestLookup(text: string, entry: EntryNode, parent: MapNode): FoundLookup | undefined {
  const { key, value } = entry;
  if (/^fn::invoke$/i.test(key) && value.kind === 'map') {
    const name = textOf(entryOf(value, 'function')?.value);
    const args = entryOf(value, 'arguments')?.value;
    if (!/^aws:(?:ec2|index)\/?\w*:getAmi(?:Ids)?$/i.test(name) || args?.kind !== 'map') return undefined;
    const mostRecent = entryOf(args, 'mostRecent')?.value;
    const isNewest = mostRecent !== undefined && literalsOf(mostRecent)?.[0] !== 'false';
    return request(text, entry, {
      args,
      value: name,
      tool: 'pulumi',
      chooses: isNewest ? 'newest' : 'unknown',
      key: 'owners',
    });
  }
  const isStep = key === 'Resource' && /aws-sdk:ec2:describeImages/.test(textOf(value));
  const isAutomation = key === 'Api' && /^DescribeImages$/i.test(textOf(value));
  if (!isStep && !isAutomation) return undefined;
  const args = isStep ? entryOf(parent, 'Parameters', 'Arguments')?.value : parent;
  if (args?.kind !== 'map') return undefined;
  const chooses = /\bImages\[\s*-?\d+\s*\]/.test(text) ? 'first' : 'all';
  return request(text, entry, { args, value: 'DescribeImages', tool: 'other', chooses, key: 'Owners' });
}

interface Request {
  readonly args: MapNode;
  readonly value: string;
  readonly tool: FoundLookup['tool'];
  readonly chooses: LookupChoice;
  readonly key: string;
}

function request(text: string, entry: EntryNode, { args, value, tool, chooses, key }: Request): FoundLookup {
  const given = entryOf(args, 'owners', 'owner')?.value;
  const ids = entryOf(args, 'imageIds')?.value;
  const filters = filtersIn(entryOf(args, 'filters')?.value);
  const parts = { filters, owners: ownersOf(given), imageIds: ids ? (literalsOf(ids) ?? ['']) : [], chooses };
  const users = entryOf(args, 'executableUsers')?.value;
  const list = given ? undefined : ownerEntry(text, args, key);
  return {
    kind: 'lookup',
    span: entry.key === 'Resource' || entry.key === 'Api' ? entry.value.span : entry.keySpan,
    whole:
      args.span.start < entry.span.start
        ? args.span
        : { start: entry.span.start, end: Math.max(entry.span.end, args.span.end) },
    tool,
    value,
    ...parts,
    executableUsers: (users && literalsOf(users)) ?? [],
    includesDeprecated: false,
    isUnsafe: isUnsafeLookup(parts),
    ownerInsertion: list && { ...list, before: list.before.replace(/"$/, '["'), after: list.after.replace(/^"/, '"]') },
  };
}

function filtersIn(node: CodeNode | undefined): readonly LookupFilter[] {
  if (!node) return [];
  const name = entryOf(node, 'name')?.value;
  const values = entryOf(node, 'values', 'value')?.value;
  if (name) return [{ name: textOf(name), values: values && literalsOf(values), span: node.span }];
  return node.kind === 'list'
    ? childrenOf(node).flatMap(filtersIn)
    : [{ name: '', values: undefined, span: node.span }];
}

function textOf(node: CodeNode | undefined): string {
  return node?.kind === 'text' ? node.value : '';
}
