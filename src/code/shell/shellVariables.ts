import type { TextSpan } from '../textSpan.ts';
import type { ShellCommand, ShellWord } from './shellCommands.ts';

/** `NAME=value`, also with `export`, of a Makefile, a Dockerfile, a batch file or PowerShell; a loop has several values. */
export interface Assignment {
  readonly name: string;
  readonly values: readonly ShellValue[];
  readonly command: ShellCommand;
  readonly isLoop: boolean;
}

export interface ShellValue {
  readonly value: string;
  readonly span: TextSpan;
}

const plain = /^([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=([\s\S]*)$/;
const declaring = /^(?:export|local|declare|readonly|typeset|env|set|setx|ENV|ARG|-[A-Za-z]+|sudo|@|\{|then|do|else)$/;
const separate = /^(?:=|:=|::=|\?=|\+=)$/;
const nameAlone = /^(?:\[[\w.]+(?:\[\])?\])?\$?(?:env:|Env:|global:|script:)?([A-Za-z_][\w.-]*)$/;
const namedThenValue = /^(?:set|setx|ENV)$/;

export function assignmentsIn(commands: readonly ShellCommand[]): readonly Assignment[] {
  return commands.flatMap((command) => [...loopOf(command), ...assigned(command)]);
}

function assigned(command: ShellCommand): readonly Assignment[] {
  const { words } = command;
  const found: Assignment[] = [];
  let before: ShellWord | undefined;
  for (const [index, word] of words.entries()) {
    const [, name, value] = plain.exec(word.value) ?? [];
    const next = words[index + 1];
    if (name !== undefined && value !== undefined && !/^["']/.test(word.value)) {
      const values = word.items.length > 0 ? word.items.map(valueOfWord) : [partOfWord(word, value)];
      found.push({ name, values, command, isLoop: false });
    } else if (next && separate.test(next.value) && nameAlone.test(word.value)) {
      found.push(...named(command, word, words.slice(index + 2)));
      break;
    } else if (before && namedThenValue.test(before.value) && next && nameAlone.test(word.value)) {
      found.push(...named(command, word, [next]));
      break;
    } else if (!declaring.test(word.value)) break;
    if (!word.value.startsWith('-')) before = word;
  }
  return found;
}

function named(command: ShellCommand, { value }: ShellWord, values: readonly ShellWord[]): readonly Assignment[] {
  const name = nameAlone.exec(value)?.[1];
  const [first] = values;
  const last = values.at(-1);
  if (name === undefined || !first || !last) return [];
  const whole = {
    value: values.map((word) => word.value).join(' '),
    span: { start: first.inner.start, end: last.inner.end },
  };
  return [{ name, values: [whole], command, isLoop: false }];
}

/** `for NAME in a b c`, `foreach ($name in "a", "b")` */
function loopOf(command: ShellCommand): readonly Assignment[] {
  const { words } = command;
  const at = words.findIndex(({ value }) => value === 'in');
  if (at < 1) return [];
  const name = nameAlone.exec(words[at - 1]?.value ?? '')?.[1];
  const isLoop = at === 1 || /^(?:for|foreach|select)$/.test(words[at - 2]?.value ?? '');
  if (name === undefined || !isLoop) return [];
  const values = words
    .slice(at + 1)
    .flatMap(({ value, span }) => value.split(/[\s,]+/).map((one) => ({ value: one, span })));
  return [{ name, values: values.filter(({ value }) => value !== ''), command, isLoop: true }];
}

function valueOfWord({ value, inner }: ShellWord): ShellValue {
  return { value, span: inner };
}

/** The value's place is that of its own characters, as far as the word has no escapes. */
function partOfWord({ span }: ShellWord, value: string): ShellValue {
  return { value, span: { start: Math.max(span.start, span.end - value.length - 1), end: span.end } };
}

const reference =
  /^(?:\$\{?(?:env:)?([A-Za-z_]\w*)\}?|\$\(([\w.-]+)\)|%(\w+)%|\$\{(\w+):?[-=]["']?([^}"']*)["']?\}|\$\{\{\s*(?:env|vars|inputs|matrix|github\.event\.inputs|secrets)\.([\w-]+)\s*\}\})$/i;

/** The variable that a word stands for as a whole, and what it is where nobody sets it. */
export function variableIn(
  value: string,
): { readonly name: string; readonly otherwise: string | undefined } | undefined {
  const [, plainName, made, batch, withDefault, otherwise, workflow] = reference.exec(value.trim()) ?? [];
  const name = plainName ?? made ?? batch ?? withDefault ?? workflow;
  return name === undefined ? undefined : { name, otherwise };
}

/** Whether a text is filled in with the variable. */
export function isUsing(value: string, name: string): boolean {
  return new RegExp(`\\$(?:\\{|\\(|env:)?!?${name}(?![\\w])|%${name}%`).test(value);
}

/** The commands that use variables, found once for all of a script's. */
export class VariableUsers {
  readonly #commands: readonly ShellCommand[];
  readonly #byName = new Map<string, Set<number>>();
  readonly #found = new Map<string, readonly ShellCommand[]>();

  constructor(commands: readonly ShellCommand[]) {
    this.#commands = commands;
    for (const [index, { words }] of commands.entries()) {
      for (const { value } of words) {
        if (!value.includes('$')) continue;
        for (const [, prefix, name, batch] of value.matchAll(use)) {
          if (prefix === 'env:') this.#add('env', index);
          this.#add(name ?? batch ?? '', index);
        }
      }
    }
  }

  #add(name: string, index: number): void {
    const known = this.#byName.get(name) ?? new Set();
    this.#byName.set(name, known.add(index));
  }

  /** In the order of the script. */
  of(names: readonly string[]): readonly ShellCommand[] {
    const key = names.join(' ');
    const known = this.#found.get(key) ?? this.#find(names);
    this.#found.set(key, known);
    return known;
  }

  #find(names: readonly string[]): readonly ShellCommand[] {
    const indices = new Set(names.flatMap((name) => [...(this.#byName.get(name) ?? [])]));
    return [...indices].sort((a, b) => a - b).flatMap((index) => this.#commands[index] ?? []);
  }
}

const use = /\$(\{|\(|env:)?!?(\w+)|%(?=(\w+)%)/g;
