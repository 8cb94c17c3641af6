import type { FoundLookup } from '../reading.ts';
import type { LookupChoice, LookupFilter } from '../reference.ts';
import { type CodeNode, type EntryNode, entryOf, type MapNode } from '../tree/codeTree.ts';
import { chosenByJinja } from './chosenByJinja.ts';
import { literalsOf, ownersOf } from './lookupValues.ts';
import { ownerEntry } from './ownerEntry.ts';
import { isUnsafeLookup } from './unsafeLookup.ts';

const moduleName = /^(?:amazon\.aws\.|community\.aws\.|ansible\.builtin\.)?ec2_ami_(info|facts|find)$/;
const moduleInText = /^\s*((?:amazon\.aws\.|community\.aws\.)?ec2_ami_(?:info|facts|find))\b/;

/** `ec2_ami_info` of Ansible and its older names, in all ways in which a task names its module. */
export function ansibleLookup(text: string, entry: EntryNode, task: MapNode): FoundLookup | undefined {
  const { key, value } = entry;
  if (moduleName.test(key)) {
    const args = value.kind === 'map' ? value : value.kind === 'text' ? undefined : entryOf(task, 'args')?.value;
    return found(text, entry, { name: key, task, args, words: value.kind === 'text' ? value.value : '' });
  }
  if (key !== 'local_action' && key !== 'action') return undefined;
  const module = value.kind === 'map' ? entryOf(value, 'module')?.value : value;
  const name = module?.kind === 'text' ? moduleInText.exec(module.value)?.[1] : undefined;
  if (name === undefined) return undefined;
  const args = value.kind === 'map' ? value : entryOf(task, 'args')?.value;
  return found(text, entry, { name, task, args, words: value.kind === 'text' ? value.value : '' });
}

interface Task {
  readonly name: string;
  readonly task: MapNode;
  readonly args: CodeNode | undefined;
  /** Arguments as `key=value`, as older tasks have them. */
  readonly words: string;
}

function found(text: string, entry: EntryNode, { name, task, args, words }: Task): FoundLookup {
  const isFind = name.endsWith('find');
  const given = wordsOf(words);
  const argument = (...keys: readonly string[]): CodeNode | undefined => entryOf(args, ...keys)?.value;
  const word = (...keys: readonly string[]) => keys.map((key) => given[key]).find((value) => value !== undefined);
  const ownerWord = word('owners', 'owner');
  const owners =
    ownerWord === undefined
      ? ownersOf(argument('owners', 'owner'))
      : /[{$]/.test(ownerWord)
        ? ({ kind: 'computed' } as const)
        : ({ kind: 'literal', values: ownerWord.split(',') } as const);
  const filters = isFind ? findFilters(entry, args, given) : filtersIn(argument('filters'), given);
  const ids = argument('image_ids', 'image_id', 'ami_id');
  const idWord = word('image_ids', 'ami_id');
  const imageIds = ids ? (literalsOf(ids) ?? ['']) : idWord === undefined ? [] : [idWord];
  const chooses = choiceOf(text, { isFind, task, argument, words });
  const parts = { filters, owners, imageIds, chooses };
  const executableUsers = argument('executable_users');
  return {
    kind: 'lookup',
    span: entry.keySpan,
    whole: entry.span,
    tool: 'ansible',
    value: name,
    ...parts,
    executableUsers: (executableUsers && literalsOf(executableUsers)) ?? [],
    includesDeprecated: false,
    isUnsafe: isUnsafeLookup(parts) && !isOpen(args),
    ownerInsertion:
      owners.kind === 'none' && args?.kind === 'map' ? ownerEntry(text, args, isFind ? 'owner' : 'owners') : undefined,
  };
}

/** All arguments, or some of them, are a variable's. */
function isOpen(args: CodeNode | undefined): boolean {
  return args?.kind === 'text' ? args.isTemplate : entryOf(args, '<<') !== undefined;
}

function filtersIn(value: CodeNode | undefined, words: Readonly<Record<string, string>>): readonly LookupFilter[] {
  if (value?.kind === 'map') {
    return value.entries.map(({ key, value: inner, span }) => ({
      name: key.replaceAll('_', '-'),
      values: literalsOf(inner),
      span,
    }));
  }
  // Filters of a variable may pin the owner.
  if (value) return [{ name: '', values: undefined, span: value.span }];
  return words['filters'] === undefined ? [] : [{ name: '', values: undefined, span: { start: 0, end: 0 } }];
}

/** `ec2_ami_find` has an argument for each. */
function findFilters(
  entry: EntryNode,
  args: CodeNode | undefined,
  words: Readonly<Record<string, string>>,
): readonly LookupFilter[] {
  const names: Readonly<Record<string, string>> = {
    name: 'name',
    ami_tags: 'tag',
    architecture: 'architecture',
    virtualization_type: 'virtualization-type',
    platform: 'platform',
    hypervisor: 'hypervisor',
    is_public: 'is-public',
    state: 'state',
    product_code: 'product-code',
  };
  return Object.entries(names).flatMap(([key, name]): readonly LookupFilter[] => {
    const given = entryOf(args, key);
    if (given) return [{ name, values: literalsOf(given.value), span: given.span }];
    const word = words[key];
    return word === undefined ? [] : [{ name, values: /[{$]/.test(word) ? undefined : [word], span: entry.value.span }];
  });
}

interface Choosing {
  readonly isFind: boolean;
  readonly task: MapNode;
  readonly argument: (...keys: readonly string[]) => CodeNode | undefined;
  readonly words: string;
}

/** What the task itself takes, or what is taken later of the variable that has its answer. */
function choiceOf(text: string, { isFind, task, argument, words }: Choosing): LookupChoice {
  const sortEnd = argument('sort_end');
  const end = sortEnd ? literalsOf(sortEnd)?.[0] : wordsOf(words)['sort_end'];
  if (isFind && end === '1') return 'newest';
  const register = entryOf(task, 'register')?.value;
  if (register?.kind !== 'text' && register?.kind !== 'name') return 'all';
  const choice = chosenByJinja(text, register.value);
  const isSorted = isFind && (argument('sort') !== undefined || /\bsort=/.test(words));
  return choice === 'first' && isSorted ? 'newest' : choice;
}

function wordsOf(words: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [, key = '', quoted, plain = ''] of words.matchAll(/\b(\w+)=(?:["']([^"']*)["']|(\{\{.*?\}\}\S*|\S+))/g)) {
    found[key] = quoted ?? plain;
  }
  return found;
}
