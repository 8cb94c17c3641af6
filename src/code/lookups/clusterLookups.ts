import type { FoundLookup } from '../reading.ts';
import type { LookupFilter, LookupOwners, LookupTool } from '../reference.ts';
import type { TextSpan } from '../textSpan.ts';
import { type EntryNode, entryOf, type MapNode } from '../tree/codeTree.ts';
import { literalsOf } from './lookupValues.ts';
import { ownerEntry } from './ownerEntry.ts';
import { isUnsafeLookup } from './unsafeLookup.ts';

/** Lookups of what runs clusters and machines by manifests: Karpenter, kops, Cluster API, Test Kitchen. */
export function clusterLookup(text: string, entry: EntryNode, parent: MapNode): FoundLookup | undefined {
  switch (entry.key) {
    case 'amiSelectorTerms':
      return karpenterTerms(entry);
    case 'amiSelector':
      return entry.value.kind === 'map' ? karpenterSelector(entry, entry.value) : undefined;
    case 'imageLookupFormat':
    case 'imageLookupBaseOS':
    case 'imageLookupOrg':
      return clusterApiLookup(entry, parent);
    case 'image':
      return kopsImage(entry, parent);
    case 'image_search':
      return kitchenSearch(text, entry);
    default:
      return undefined;
  }
}

/** Terms by name without an owner find images of the account and of Amazon, and by tags those of the account. */
function karpenterTerms(entry: EntryNode): FoundLookup | undefined {
  const terms = entry.value.kind === 'list' ? entry.value.items : [];
  const given = terms.map((term) => entryOf(term, 'owner')?.value);
  const owners = given.flatMap((owner) => (owner ? (literalsOf(owner) ?? ['']) : []));
  const filters = terms.flatMap((term): readonly LookupFilter[] => {
    const name = entryOf(term, 'name', 'alias');
    return name ? [{ name: 'name', values: literalsOf(name.value), span: name.span }] : [];
  });
  const imageIds = terms.flatMap((term) => {
    const id = entryOf(term, 'id')?.value;
    return id ? (literalsOf(id) ?? []) : [];
  });
  const isNamed = terms.some((term) => entryOf(term, 'name'));
  const isAliased = terms.some((term) => entryOf(term, 'alias'));
  const known =
    isNamed && given.some((owner) => owner === undefined) ? ['self', 'amazon'] : isAliased ? ['amazon'] : ['self'];
  return lookup(entry, {
    tool: 'kubernetes',
    value: entry.key,
    filters,
    imageIds,
    owners: literal(owners.length > 0 ? owners : known),
  });
}

function karpenterSelector(entry: EntryNode, map: MapNode): FoundLookup {
  const owners = entryOf(map, 'aws::owners', 'aws-owners')?.value;
  const ids = entryOf(map, 'aws::ids', 'aws-ids')?.value;
  const imageIds = ids ? (literalsOf(ids)?.flatMap((id) => id.split(',')) ?? []) : [];
  const filters = map.entries
    .filter(({ key }) => !/^aws(?:::|-)(?:owners|ids)$/.test(key))
    .map(({ key, value, span }) => ({
      name: key === 'aws::name' ? 'name' : `tag:${key}`,
      values: literalsOf(value),
      span,
    }));
  return lookup(entry, {
    tool: 'kubernetes',
    value: entry.key,
    filters,
    imageIds,
    owners: owners
      ? literal(literalsOf(owners)?.flatMap((owner) => owner.split(',')) ?? [])
      : literal(['self', 'amazon']),
  });
}

/** Without an organisation, Cluster API asks for images of the account that publishes its own. */
function clusterApiLookup(entry: EntryNode, parent: MapNode): FoundLookup | undefined {
  const first = parent.entries.find(({ key }) => key.startsWith('imageLookup'));
  if (first !== entry) return undefined;
  const org = entryOf(parent, 'imageLookupOrg')?.value;
  const format = entryOf(parent, 'imageLookupFormat');
  return lookup(entry, {
    tool: 'kubernetes',
    value: entry.key,
    filters: format ? [{ name: 'name', values: undefined, span: format.span }] : [],
    imageIds: [],
    owners: org ? literal(literalsOf(org) ?? []) : literal(['258751437250']),
  });
}

const kopsName =
  /^(\d{12}|amazon|self|kope\.io|ubuntu|redhat(?:\.com)?|coreos(?:\.com)?|flatcar|debian\d*|channels|[\w.-]+\.(?:com|io|org))\/(\S.*)$/;

/** `image: owner/name` of an instance group. */
function kopsImage(entry: EntryNode, parent: MapNode): FoundLookup | undefined {
  const { value } = entry;
  if (value.kind !== 'text') return undefined;
  const [, owner, name] = kopsName.exec(value.value) ?? [];
  const isGroup = entryOf(parent, 'machineType', 'maxSize', 'minSize') !== undefined;
  if (owner === undefined || name === undefined || !(isGroup || /^\d{12}$/.test(owner))) return undefined;
  const filters = [{ name: 'name', values: value.isTemplate ? undefined : [name], span: value.inner }];
  return lookup(entry, {
    tool: 'kubernetes',
    value: value.value,
    head: value.inner,
    filters,
    imageIds: [],
    owners: literal([owner]),
  });
}

/** Test Kitchen takes the newest image that its filters find. */
function kitchenSearch(text: string, entry: EntryNode): FoundLookup | undefined {
  const { value } = entry;
  if (value.kind !== 'map') return undefined;
  const filters = value.entries.map(({ key, value: inner, span }) => ({ name: key, values: literalsOf(inner), span }));
  const found = lookup(entry, { tool: 'other', value: entry.key, filters, imageIds: [], owners: { kind: 'none' } });
  return { ...found, ownerInsertion: found.isUnsafe ? ownerEntry(text, value, 'owner-id') : undefined };
}

interface Parts {
  readonly tool: LookupTool;
  readonly value: string;
  readonly head?: TextSpan;
  readonly filters: readonly LookupFilter[];
  readonly imageIds: readonly string[];
  readonly owners: LookupOwners;
}

function lookup(
  { span, keySpan }: EntryNode,
  { tool, value, head = keySpan, filters, imageIds, owners }: Parts,
): FoundLookup {
  const parts = { filters, owners, imageIds, chooses: 'newest' as const };
  return {
    kind: 'lookup',
    span: head,
    whole: span,
    tool,
    value,
    ...parts,
    executableUsers: [],
    includesDeprecated: false,
    isUnsafe: isUnsafeLookup(parts),
    ownerInsertion: undefined,
  };
}

function literal(values: readonly string[]): LookupOwners {
  return values.some((value) => value === '') || values.length === 0
    ? { kind: 'computed' }
    : { kind: 'literal', values };
}
