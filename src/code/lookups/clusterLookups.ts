import type { FoundLookup } from '../reading.ts';
import type { LookupFilter, LookupOwners, LookupTool } from '../reference.ts';
import type { TextSpan } from '../textSpan.ts';
import { type EntryNode, entryOf, type MapNode } from '../tree/codeTree.ts';
import { literalsOf } from './lookupValues.ts';
import { ownerEntry } from './ownerEntry.ts';
import { isUnsafeLookup } from './unsafeLookup.ts';

/** Lookups of what runs clusters and machines by manifests: Karpenter, kops, Cluster API, Test Kitchen. */
export function clusterLookups(text: string, entry: EntryNode, parent: MapNode): readonly FoundLookup[] {
  switch (entry.key) {
    case 'amiSelectorTerms':
      return karpenterTerms(entry);
    case 'amiSelector':
      return entry.value.kind === 'map' ? [karpenterSelector(entry, entry.value)] : [];
    case 'imageLookupFormat':
    case 'imageLookupBaseOS':
    case 'imageLookupOrg':
      return present(clusterApiLookup(entry, parent));
    case 'image':
      return present(kopsImage(entry, parent));
    case 'image_search':
      return present(kitchenSearch(text, entry));
    default:
      return [];
  }
}

function present(found: FoundLookup | undefined): readonly FoundLookup[] {
  return found ? [found] : [];
}

/** Ids are looked up together, each other term by itself: what any of them finds is taken. */
function karpenterTerms(entry: EntryNode): readonly FoundLookup[] {
  const terms = entry.value.kind === 'list' ? entry.value.items.filter((term) => term.kind === 'map') : [];
  const ids = terms.flatMap((term) => entryOf(term, 'id')?.value ?? []);
  const others = terms.filter((term) => !entryOf(term, 'id'));
  const imageIds = ids.flatMap((id) => literalsOf(id) ?? []);
  const byIds = lookup(entry, {
    ...{ tool: 'kubernetes', value: entry.key, filters: [], imageIds },
    // Ids that a template fills in are not known, but are asked for.
    owners: { kind: imageIds.length > 0 ? 'none' : 'computed' },
  });
  const [only, ...more] = others;
  return [
    ...(ids.length > 0 ? [byIds] : []),
    ...(only && more.length + ids.length === 0
      ? [karpenterTerm(entry.key, only, entry)]
      : others.map((term) => karpenterTerm(entry.key, term, { span: term.span, keySpan: headOf(term) }))),
  ];
}

function headOf({ entries: [first], span }: MapNode): TextSpan {
  return first?.keySpan ?? span;
}

/** By name without an owner, it finds images of the account and of Amazon; by tags, those of the account. */
function karpenterTerm(value: string, term: MapNode, place: Place): FoundLookup {
  const name = entryOf(term, 'name');
  const owner = entryOf(term, 'owner')?.value;
  const tags = entryOf(term, 'tags')?.value;
  // What an alias or a parameter stands for depends on the cluster's version, or on the account.
  const other = entryOf(term, 'alias', 'ssmParameter');
  const known = name ? ['self', 'amazon'] : other ? ['amazon'] : ['self'];
  return lookup(place, {
    tool: 'kubernetes',
    value,
    filters: [
      ...(name ? [{ name: 'name', values: literalsOf(name.value), span: name.span }] : []),
      ...(other ? [{ name: 'name', values: undefined, span: other.span }] : []),
      ...(tags?.kind === 'map' ? tags.entries.map(tagFilter) : []),
    ],
    imageIds: [],
    owners: literal(owner ? (literalsOf(owner) ?? ['']) : known),
  });
}

function tagFilter({ key, value, span }: EntryNode): LookupFilter {
  return { name: `tag:${key}`, values: literalsOf(value), span };
}

function karpenterSelector(entry: EntryNode, map: MapNode): FoundLookup {
  const owners = entryOf(map, 'aws::owners', 'aws-owners')?.value;
  const ids = entryOf(map, 'aws::ids', 'aws-ids')?.value;
  const imageIds = ids ? (literalsOf(ids)?.flatMap((id) => id.split(',')) ?? []) : [];
  const filters = map.entries
    .filter(({ key }) => !/^aws(?:::|-)(?:owners|ids)$/.test(key))
    .map((filter) => (filter.key === 'aws::name' ? { ...tagFilter(filter), name: 'name' } : tagFilter(filter)));
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
  /^(\d{12}|amazon|self|kope\.io|ubuntu|redhat(?:\.com)?|coreos(?:\.com)?|flatcar|debian\d*|rocky(?:linux)?|channels|[\w.-]+\.(?:com|io|org))\/(\S.*)$/;

/** The accounts behind the names that kops has for owners; EC2 knows `amazon` and `self` alone. */
const kopsOwners: Readonly<Record<string, string>> = {
  amazon: '137112412989',
  'amazon.com': '137112412989',
  'coreos.com': '595879546273',
  debian: '136693071363',
  debian9: '379101102735',
  flatcar: '075585003325',
  'kope.io': '383156758163',
  redhat: '309956199498',
  'redhat.com': '309956199498',
  rocky: '792107900819',
  rockylinux: '792107900819',
  ubuntu: '099720109477',
};

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
    owners: literal([kopsOwners[owner] ?? kopsOwners[owner.replace(/\d+$/, '')] ?? owner]),
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

type Place = Pick<EntryNode, 'span' | 'keySpan'>;

interface Parts {
  readonly tool: LookupTool;
  readonly value: string;
  readonly head?: TextSpan;
  readonly filters: readonly LookupFilter[];
  readonly imageIds: readonly string[];
  readonly owners: LookupOwners;
}

function lookup(
  { span, keySpan }: Place,
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
