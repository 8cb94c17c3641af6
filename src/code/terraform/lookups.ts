import { literalsOf, ownersOf } from '../lookups/lookupValues.ts';
import { isUnsafeLookup } from '../lookups/unsafeLookup.ts';
import type { FoundLookup, Reading } from '../reading.ts';
import type { LookupChoice, LookupFilter, LookupReference } from '../reference.ts';
import type { TextSpan } from '../textSpan.ts';
import { type CodeNode, childrenOf, type EntryNode, entryOf, type MapNode } from '../tree/codeTree.ts';
import { ownerInsertion } from './ownerInsertion.ts';

/** The lookups of a block of Terraform or Packer, see `terraformBlocks`. */
export function blockLookups(text: string, block: EntryNode): readonly FoundLookup[] {
  const { key, labels, value } = block;
  if (key === 'data' && value.kind === 'map') {
    const [type, name = ''] = labels;
    const called = { value: `data "${type}" "${name}"`, head: headOf(text, block) };
    if (type === 'aws_ami') {
      return [lookup(text, block, value, { ...called, tool: 'terraform', chooses: choiceOf(value) })];
    }
    if (type === 'aws_ami_ids') return [lookup(text, block, value, { ...called, tool: 'terraform', chooses: 'all' })];
    if (type === 'amazon-ami') {
      return [lookup(text, block, value, { ...called, tool: 'packer', chooses: choiceOf(value) })];
    }
  }
  return key === 'source' ? packerFilters(text, block) : [];
}

/** `source_ami_filter` of Packer, in HCL, JSON or YAML, wherever it stands in a tree. */
export function packerFilters(text: string, root: CodeNode): readonly FoundLookup[] {
  if (!text.includes(filterKey)) return [];
  const found: FoundLookup[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'entry' && node.key === filterKey) found.push(...packerFilter(text, node));
    for (const child of childrenOf(node)) open.push(child);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

const filterKey = 'source_ami_filter';

function packerFilter(text: string, entry: EntryNode): readonly FoundLookup[] {
  const values = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  return values.flatMap((value) =>
    value.kind === 'map'
      ? lookup(text, entry, value, {
          value: filterKey,
          head: entry.keySpan,
          tool: 'packer',
          chooses: choiceOf(value),
        })
      : [],
  );
}

interface Called {
  readonly value: string;
  readonly head: TextSpan;
  readonly tool: LookupReference['tool'];
  readonly chooses: LookupChoice;
}

function lookup(text: string, whole: EntryNode, map: MapNode, { value, head, tool, chooses }: Called): FoundLookup {
  const filters = filtersOf(map);
  const owners = ownersOf(entryOf(map, 'owners', 'owner')?.value);
  const ids = filters.filter(({ name }) => /^image-?id$/i.test(name)).flatMap(({ values }) => values ?? []);
  const executableUsers = entryOf(map, 'executable_users')?.value;
  const parts = { filters, owners, imageIds: ids.filter((id) => id.startsWith('ami-')), chooses };
  return {
    kind: 'lookup',
    span: head,
    whole: whole.span,
    tool,
    value,
    ...parts,
    executableUsers: (executableUsers && literalsOf(executableUsers)) ?? [],
    includesDeprecated: isTrue(entryOf(map, 'include_deprecated')?.value),
    isUnsafe: isUnsafeLookup(parts),
    ownerInsertion: owners.kind === 'none' ? ownerInsertion(text, map) : undefined,
  };
}

/** Without `most_recent`, both tools fail where more than one image is found. What is computed may be true. */
function choiceOf(map: MapNode): LookupChoice {
  const value = entryOf(map, 'most_recent')?.value;
  if (value === undefined) return 'unknown';
  const [literal] = literalsOf(value) ?? ['true'];
  return literal === 'true' || literal === '1' ? 'newest' : 'unknown';
}

function isTrue(value: CodeNode | undefined): boolean {
  return value !== undefined && literalsOf(value)?.[0] === 'true';
}

/** Blocks of a name and values, lists of such, and Packer's maps from names to values. */
function filtersOf(map: MapNode): readonly LookupFilter[] {
  return map.entries.flatMap((entry) => {
    const { key, labels, value } = entry;
    if (key === 'dynamic' && labels[0] === 'filter') return dynamicFilters(entry);
    if (key !== 'filter' && key !== 'filters') return [];
    if (value.kind === 'list') return value.items.flatMap((item) => filtersIn(item, entry));
    return filtersIn(value, entry);
  });
}

function filtersIn(value: CodeNode, { span }: EntryNode): readonly LookupFilter[] {
  if (value.kind !== 'map') return [{ name: computedName, values: undefined, span }];
  const name = entryOf(value, 'name')?.value;
  const values = entryOf(value, 'values', 'value')?.value;
  if (name && values) return [{ name: nameOf(name), values: literalsOf(values), span: value.span }];
  return value.entries.map((entry) => ({ name: entry.key, values: literalsOf(entry.value), span: entry.span }));
}

/** The names of `for_each` where it is a map that stands there, else a name that is computed. */
function dynamicFilters({ value, span }: EntryNode): readonly LookupFilter[] {
  const each = entryOf(value, 'for_each')?.value;
  const name = entryOf(entryOf(value, 'content')?.value, 'name')?.value;
  if (name?.kind === 'text' && !name.isTemplate) return [{ name: name.value, values: undefined, span }];
  if (each?.kind === 'map' && name?.kind === 'name' && /\.key$/.test(name.value)) {
    return each.entries.map((entry) => ({ name: entry.key, values: literalsOf(entry.value), span: entry.span }));
  }
  if (each?.kind === 'list' && each.items.every((item) => item.kind === 'map')) {
    return each.items.flatMap((item) => filtersIn(item, { span } as EntryNode));
  }
  return [{ name: computedName, values: undefined, span }];
}

/** Of a filter whose name is computed: it may pin the owner. */
const computedName = '';

function nameOf(value: CodeNode): string {
  return value.kind === 'text' ? value.value : computedName;
}

/** `data "aws_ami" "web"`; in JSON the key. */
function headOf(text: string, { span, keySpan, value }: EntryNode): TextSpan {
  if (/^["{]$/.test(text.charAt(span.start))) return keySpan;
  return { start: span.start, end: span.start + text.slice(span.start, value.span.start).trimEnd().length };
}

/** `element(data.aws_ami_ids.web.ids, 0)`, `data.aws_ami_ids.web.ids[0]`; without what is before or behind it, all are taken. */
const takenIds =
  /(\b(?:element|one)\(\s*(?:(?:sort|reverse)\(\s*)?)?data\.aws_ami_ids\.([\w-]+)(?:\[[^\]]{0,200}\]|\.\d+)?\.ids(\[\s*(?:0|length|-1)|\.0)?/g;

/** `aws_ami_ids` lists the newest first: whoever takes the first of them chooses one. */
export function withChosenIds(text: string, reading: Reading): Reading {
  if (!reading.lookups.some(({ tool, chooses }) => tool === 'terraform' && chooses === 'all')) return reading;
  const taken = new Set(
    Array.from(text.matchAll(takenIds), ([, before, name, behind]) => (before || behind ? name : undefined)),
  );
  const lookups = reading.lookups.map((lookup) => {
    const name =
      lookup.tool === 'terraform' && lookup.chooses === 'all' ? /"([\w-]+)"$/.exec(lookup.value)?.[1] : undefined;
    if (name === undefined || !taken.has(name)) return lookup;
    const chosen = { ...lookup, chooses: 'first' as const };
    return { ...chosen, isUnsafe: isUnsafeLookup(chosen) };
  });
  return { ...reading, lookups };
}
