import type { FoundLookup } from '../reading.ts';
import type { LookupChoice, LookupOwners } from '../reference.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../shell/shellCommands.ts';
import { type Assignment, isUsing, variableIn } from '../shell/shellVariables.ts';
import { chosenByJmesPath, chosenByPipe, looksAtOwner, strongestChoice } from './chosenInShell.ts';
import { filtersOfWords } from './cliFilters.ts';
import { isUnsafeLookup } from './unsafeLookup.ts';

const verb = /^(?:describe-images|ec2-describe-images|ec2dim|get-ec2image)$/i;

/** `aws ec2 describe-images`, `ec2-describe-images` of the older tools, and `Get-EC2Image` of PowerShell. */
export function awsCliLookups(script: ShellScript, assignments: readonly Assignment[]): readonly FoundLookup[] {
  return script.commands.flatMap((command) => {
    const at = command.words.findIndex(({ value }) => verb.test(value.replace(/^@/, '')));
    const verbWord = command.words[at];
    return verbWord && isCommand(command.words, at) ? [lookupOf(script, assignments, { command, at, verbWord })] : [];
  });
}

/** Not `aws ecr describe-images`, and not a word of a message. */
function isCommand(words: readonly ShellWord[], at: number): boolean {
  const before = words.slice(0, at).map(({ value }) => value);
  if (before.some((value) => /^(?:echo|printf|ecr|ecr-public|Write-(?:Host|Output)|log\w*|info|die)$/i.test(value)))
    return false;
  return !/^describe-images$/i.test(words[at]?.value ?? '') || before.some((value) => /ec2|aws/i.test(value));
}

interface Found {
  readonly command: ShellCommand;
  readonly at: number;
  readonly verbWord: ShellWord;
}

function lookupOf(
  { commands }: ShellScript,
  assignments: readonly Assignment[],
  { command, at, verbWord }: Found,
): FoundLookup {
  const options = optionsOf(
    [...optionsBefore(command.words.slice(0, at)), ...command.words.slice(at + 1)],
    assignments,
  );
  const { filters, isWhole } = filtersOfWords(options.of('filters', 'filter', 'f'), assignments);
  const isOpen = options.isOpen || command.words.slice(0, at).some(({ value }) => value === 'xargs');
  const owners = ownersOf(options.of('owners', 'owner', 'o'), isOpen);
  const imageIds = options.of('image-ids', 'image-id', 'imageid').map(({ value }) => value);
  const pipeline = pipelineOf(commands, command);
  const choices: readonly (LookupChoice | 'order')[] = [
    ...options.of('query').map(({ value }) => chosenByJmesPath(textOf(value, assignments))),
    ...(options.of('max-items', 'max-results').some(({ value }) => value === '1') ? ['first' as const] : []),
    ...pipeline.slice(1).map(chosenByPipe),
    ...(isIndexed(commands, pipeline) ? ['first' as const] : []),
    ...usersOf(commands, assignments, pipeline),
  ];
  // Ids that `xargs` or nothing gives yet.
  const isByIds = ['image-ids', 'image-id', 'imageid'].some((name) => options.has(name));
  const isFilteredByOwner = [...command.words, ...pipeline.slice(1).flatMap(({ words }) => words)].some(({ value }) =>
    looksAtOwner(value),
  );
  const chooses = strongestChoice(choices);
  const start = Math.min(
    ...command.words
      .slice(Math.max(0, at - 6), at + 1)
      .filter(isOfAws)
      .map(({ span }) => span.start),
    verbWord.span.start,
  );
  const last = pipeline.at(-1) ?? command;
  const known = { filters, owners, imageIds, chooses };
  return {
    kind: 'lookup',
    span: { start, end: verbWord.span.end },
    whole: { start, end: last.span.end },
    tool: 'awsCli',
    value: nameOf(verbWord.value),
    ...known,
    executableUsers: options.of('executable-users', 'executable-by', 'x').map(({ value }) => value),
    includesDeprecated: options.has('include-deprecated'),
    isUnsafe: isWhole && !isByIds && !isFilteredByOwner && isUnsafeLookup(known),
    ownerInsertion: { offset: verbWord.span.end, before: ` ${ownerOption(verbWord.value)} `, after: '' },
  };
}

/** `aws --region us-east-1 ec2 describe-images` */
function optionsBefore(words: readonly ShellWord[]): readonly ShellWord[] {
  const first = words.findIndex(({ value }) => value.startsWith('--'));
  return first < 0 ? [] : words.slice(first);
}

function isOfAws({ value }: ShellWord): boolean {
  return /^(?:@|-)?(?:aws\w*|\$\{?AWS\w*\}?)$/i.test(value) || verb.test(value);
}

function nameOf(written: string): string {
  return /^describe-images$/i.test(written) ? 'aws ec2 describe-images' : written.replace(/^@/, '');
}

function ownerOption(written: string): string {
  if (/^get-/i.test(written)) return '-Owner';
  return /^describe-images$/i.test(written) ? '--owners' : '-o';
}

interface Options {
  /** The words behind options of these names. */
  of(...names: readonly string[]): readonly ShellWord[];
  has(name: string): boolean;
  /** Whether other options may come in by a variable. */
  readonly isOpen: boolean;
}

/** Options with one dash or two, with `=` or not; variables are taken for the words that they stand for. */
function optionsOf(words: readonly ShellWord[], assignments: readonly Assignment[]): Options {
  const found = new Map<string, ShellWord[]>();
  let name: string | undefined;
  let isOpen = false;
  for (const word of expanded(words, assignments)) {
    const [, option, joined] = /^--?([A-Za-z][\w-]*)(?:=([\s\S]*))?$/.exec(word.value) ?? [];
    if (option !== undefined && !/^-\d/.test(word.value)) {
      name = option.toLowerCase();
      const values = found.get(name) ?? [];
      if (joined !== undefined) values.push({ ...word, value: joined });
      found.set(name, values);
    } else if (name !== undefined) found.get(name)?.push(word);
    if (isOpenWord(word, name, found)) isOpen = true;
  }
  for (const file of ['cli-input-json', 'cli-input-yaml']) isOpen ||= found.has(file);
  return {
    of: (...names) => names.flatMap((wanted) => found.get(wanted) ?? []),
    has: (wanted) => found.has(wanted),
    isOpen,
  };
}

/** `$OPTIONS` or `"${args[@]}"` in a place where options stand, and nothing tells what it is. */
function isOpenWord(
  { value, isTemplate }: ShellWord,
  name: string | undefined,
  found: ReadonlyMap<string, readonly ShellWord[]>,
): boolean {
  // PowerShell's `@options`.
  if (/^@\w+$/.test(value)) return true;
  if (!isTemplate || !/^\$\{?\w+(?:\[[@*]\])?\}?$|^\$@$|^@\w+$/.test(value)) return false;
  const count = name === undefined ? 0 : (found.get(name)?.length ?? 0);
  return /\[[@*]\]|^\$@$/.test(value) || (count !== 1 && !/^(?:aws|cli|cmd)$/i.test(value.replace(/\W/g, '')));
}

function expanded(words: readonly ShellWord[], assignments: readonly Assignment[]): readonly ShellWord[] {
  return words.flatMap((word) => {
    const array = /^\$\{?(\w+)(?:\[[@*]\])?\}?$/.exec(word.value)?.[1];
    const values =
      array === undefined
        ? []
        : assignments.filter(({ name, isLoop }) => name === array && !isLoop).flatMap(({ values }) => values);
    const inner = values.flatMap(({ value, span }) =>
      /^--/.test(value) || values.length > 1 ? wordsOf(value).map((one) => ({ ...word, value: one, inner: span })) : [],
    );
    return inner.some(({ value }) => value.startsWith('--')) ? inner : [word];
  });
}

function wordsOf(text: string): readonly string[] {
  return text.includes(' ') && /^--/.test(text)
    ? text.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ''))
    : [text];
}

function textOf(value: string, assignments: readonly Assignment[]): string {
  const name = variableIn(value)?.name;
  return (
    (name === undefined ? undefined : assignments.find((assignment) => assignment.name === name)?.values[0]?.value) ??
    value
  );
}

function ownersOf(words: readonly ShellWord[], isOpen: boolean): LookupOwners {
  const values = words.flatMap(({ value }) => value.split(/[\s,]+/)).filter((value) => value !== '');
  if (values.length === 0) return { kind: isOpen ? 'computed' : 'none' };
  return values.some((value) => /[$%{`@]/.test(value)) ? { kind: 'computed' } : { kind: 'literal', values };
}

/** The command with those that its output goes through, in `$(…)` as far as that goes. */
function pipelineOf(commands: readonly ShellCommand[], command: ShellCommand): readonly ShellCommand[] {
  const pipeline = [command];
  for (let index = commands.indexOf(command), last = command; last.end === 'pipe'; ) {
    index += 1;
    while (commands[index] && commands[index]?.parent !== command.parent) index += 1;
    const next = commands[index];
    if (!next) break;
    pipeline.push(next);
    last = next;
  }
  return pipeline;
}

/** `( … )[0]` of PowerShell. */
function isIndexed(commands: readonly ShellCommand[], pipeline: readonly ShellCommand[]): boolean {
  const last = pipeline.at(-1);
  const next = last?.end === 'branch' ? commands[commands.indexOf(last) + 1] : undefined;
  return /^\[-?\d+\]/.test(next?.words[0]?.value ?? '');
}

/** What is chosen from a variable in which the answer was stored. */
function usersOf(
  commands: readonly ShellCommand[],
  assignments: readonly Assignment[],
  [command]: readonly ShellCommand[],
): readonly (LookupChoice | 'order')[] {
  const storing = assignments.filter(({ command: user }) => user === command || user === command?.parent);
  const end = storing[0]?.command.span.end ?? 0;
  return storing.flatMap(({ name }) =>
    commands
      .filter(({ span, words }) => span.start >= end && words.some(({ value }) => isUsing(value, name)))
      .flatMap((user) => {
        const pipeline = pipelineOf(commands, user);
        const taken = new RegExp(`\\$\\{?${name}(?:\\.Images)?\\[(?:-?\\d+|\\$${name}\\.(?:Length|Count)-1)\\]`, 'i');
        const isTaken = user.words.some(({ value }) => taken.test(value)) || isIndexed(commands, pipeline);
        return [...pipeline.map(chosenByPipe), ...(isTaken ? ['first' as const] : [])];
      }),
  );
}
