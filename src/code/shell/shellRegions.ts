import { oncePer } from '../oncePer.ts';
import type { RegionClue, RegionStatement } from '../reading.ts';
import type { RegionSource } from '../reference.ts';
import { isRegionKey } from '../regions/keyClues.ts';
import { regionNamed, regionsIn } from '../regions/regionNames.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import { type RegionBlock, regionBlocksIn } from './shellBlocks.ts';
import { commandsAround, type ShellCommand, type ShellScript } from './shellCommands.ts';
import { type Assignment, assignmentsIn, type ShellValue, VariableUsers, variableIn } from './shellVariables.ts';

/** Variables of variables. */
const maxSteps = 8;

/** What another script or the commands above in a document export. */
const environmentOfOthers: readonly RegionClue[] = ['AWS_REGION', 'AWS_DEFAULT_REGION'].map((name) => ({
  ...{ kind: 'named', name: `value:${name}`, from: 'environment' },
  isHint: true,
}));

/** What a script says of the region of a place in it. */
export class ShellRegions {
  readonly assignments: readonly Assignment[];
  private readonly commands: readonly ShellCommand[];
  private readonly blocks: readonly RegionBlock[];
  // What is the same for all places is found once: a script may have thousands of them.
  private readonly options: ReadonlyMap<ShellCommand, ShellValue>;
  private readonly settings: readonly ShellValue[];
  private readonly zones: readonly Zone[];
  private readonly optionsOfAll: readonly RegionClue[];
  private readonly byCommand: ReadonlyMap<ShellCommand, readonly Assignment[]>;
  private readonly byName: ReadonlyMap<string, readonly Assignment[]>;
  private readonly users: VariableUsers;
  private readonly named: readonly Assignment[];
  private readonly environment: readonly Assignment[];

  constructor({ commands }: ShellScript) {
    this.commands = commands;
    this.assignments = assignmentsIn(commands);
    this.byCommand = grouped(this.assignments, ({ command }) => command);
    this.byName = grouped(this.assignments, ({ name }) => name);
    this.users = new VariableUsers(commands);
    this.named = this.assignments.filter(({ name, isLoop }) => isRegionKey(name) && !isLoop);
    this.environment = this.named.filter(({ name }) => /^AWS_(?:DEFAULT_)?REGION$/i.test(name));
    this.blocks = regionBlocksIn(commands);
    this.options = new Map(
      commands.flatMap((command) => {
        const option = regionOption(command);
        return option ? [[command, option] as const] : [];
      }),
    );
    this.settings = commands.flatMap((command) => settingOf(command) ?? []);
    this.zones = zonesIn([
      ...commands.flatMap(({ words }) => words.filter(({ value }) => /zone|^az=/i.test(value))),
      ...this.assignments.filter(({ name }) => /zone|^azs?$/i.test(name)).flatMap(({ values }) => values),
    ]);
    this.optionsOfAll = this.ofAllOptions();
  }

  isInCommand(span: TextSpan): boolean {
    return commandsAround(this.commands, span).length > 0;
  }

  /** What is set by the commands around a place. */
  assignmentsAround(span: TextSpan): readonly Assignment[] {
    return commandsAround(this.commands, span).flatMap((command) => this.byCommand.get(command) ?? []);
  }

  /** From the closest: options of the command, uses of the variable that it sets, blocks, the environment. */
  cluesAt(span: TextSpan): readonly RegionClue[] {
    const around = commandsAround(this.commands, span);
    const offset = span.start;
    return [
      ...around.flatMap((command) => this.ofCommand(command)),
      ...this.blocks.filter((block) => contains(block.span, span) && block.kind === 'branch').map(clueOfBlock),
      ...around.flatMap((command) => this.ofUsers(command, span)),
      ...this.configured(offset),
      ...this.ofVariables(offset),
      ...this.blocks.filter((block) => contains(block.span, span) && block.kind === 'loop').map(clueOfBlock),
      ...this.optionsOfAll,
      ...environmentOfOthers,
    ];
  }

  /** Zones in options and variables. */
  hintsAt(span: TextSpan): readonly RegionClue[] {
    const around = commandsAround(this.commands, span).flatMap(({ words }) => zonesIn(words));
    const [first = this.zones[0]] = around;
    const isOther = ({ region }: Zone) => region !== first?.region;
    if (!first || around.some(isOther) || this.zones.some(isOther)) return [];
    return [{ kind: 'stated', regions: [first.region], from: 'zone', span: first.word.span, isHint: true }];
  }

  /** What other files may refer to. */
  statements(): readonly RegionStatement[] {
    return this.assignments.flatMap(({ name, values }) => {
      const [value] = values;
      const region = value && regionNamed(value.value);
      return value && region !== undefined && values.length === 1
        ? [{ name: `value:${name}`, regions: [region], refersTo: undefined, span: value.span }]
        : [];
    });
  }

  private ofCommand(command: ShellCommand): readonly RegionClue[] {
    const option = this.options.get(command);
    const prefixed = (this.byCommand.get(command) ?? []).filter(
      (assignment) => isRegionKey(assignment.name) && isPrefix(assignment),
    );
    return [
      ...(option ? this.cluesOf(option, 'option', command.span.start) : []),
      ...prefixed.flatMap(({ values }) =>
        values.flatMap((value) => this.cluesOf(value, 'environment', command.span.start)),
      ),
    ];
  }

  /** Where a command stores an id or an answer in a variable: the commands that use that. */
  private ofUsers(command: ShellCommand, span: TextSpan): readonly RegionClue[] {
    const names = (this.byCommand.get(command) ?? [])
      .filter(({ isLoop }) => !isLoop)
      .filter(({ values }) => !command.parent || values.some((value) => contains(value.span, span)))
      .map(({ name }) => name);
    const clues = this.users.of(names).flatMap((user) => {
      const option = this.options.get(user);
      return option ? this.cluesOf(option, 'option', user.span.start) : [];
    });
    return joined(clues);
  }

  private configured(offset: number): readonly RegionClue[] {
    return joined(this.settings.flatMap((value) => this.cluesOf(value, 'environment', offset)));
  }

  /** Variables of the script that are named like the region that it works in. */
  private ofVariables(offset: number): readonly RegionClue[] {
    return joined(this.closest(this.environment, offset) ?? this.closest(this.named, offset) ?? []);
  }

  /** The last value that is set before the place, otherwise the first one behind it. */
  private closest(assignments: readonly Assignment[], offset: number): readonly RegionClue[] | undefined {
    const behind = assignments.findIndex(({ command }) => command.span.start > offset);
    const before = behind === -1 ? assignments.length : behind;
    for (let at = before - 1; at >= 0; at -= 1) {
      const clues = this.told(assignments, at);
      if (clues) return clues;
    }
    for (let at = before; at < assignments.length; at += 1) {
      const clues = this.told(assignments, at);
      if (clues) return clues;
    }
    return undefined;
  }

  private told(assignments: readonly Assignment[], at: number): readonly RegionClue[] | undefined {
    const assignment = assignments[at];
    return assignment && this.cluesOfAssignment(assignment);
  }

  /** Undefined where it tells nothing. */
  private readonly cluesOfAssignment = oncePer((assignment: Assignment) => {
    const { values, command, name } = assignment;
    const source: RegionSource = /^AWS_/i.test(name) ? 'environment' : 'variable';
    const clues = values.flatMap((value) => this.cluesOf(value, source, command.span.start));
    return clues.some(({ kind }) => kind !== 'untold') ? clues : undefined;
  });

  /** All commands of the script work in the same region. */
  private ofAllOptions(): readonly RegionClue[] {
    const clues = Array.from(this.options).flatMap(([command, option]) =>
      this.cluesOf(option, 'option', command.span.start),
    );
    const regions = new Set(clues.flatMap((clue) => (clue.kind === 'stated' ? clue.regions : ['?'])));
    return regions.size === 1 && !regions.has('?') ? clues.slice(0, 1) : [];
  }

  private cluesOf(word: ShellValue, from: RegionSource, offset: number): readonly RegionClue[] {
    let { value, span } = word;
    let source = from;
    for (let step = 0; step < maxSteps; step += 1) {
      const region = regionNamed(value.trim());
      if (region !== undefined) return [{ kind: 'stated', regions: [region], from: source, span }];
      const variable = variableIn(value);
      if (!variable) return [{ kind: 'untold' }];
      const assigned = this.byName.get(variable.name) ?? [];
      const loop = assigned.find(({ isLoop }) => isLoop);
      if (loop) return this.ofLoop(loop);
      const set =
        assigned.findLast(
          ({ command, values: [first] }) => command.span.start < offset && first !== undefined && first.value !== value,
        ) ?? assigned[0];
      const next = set?.values[0];
      if (!next || next.value === value) return this.ofUnset(variable, source, span);
      ({ value, span } = next);
      source = from === 'option' ? 'variable' : from;
    }
    return [{ kind: 'untold' }];
  }

  private ofLoop({ values }: Assignment): readonly RegionClue[] {
    const words = values.flatMap(({ value, span }) => {
      const array = /^\$\{?(\w+)(?:\[[@*]\]\})?\}?$/.exec(value)?.[1];
      const listed = array === undefined ? undefined : this.byName.get(array)?.[0]?.values;
      return (
        listed?.flatMap((item) => item.value.split(/[\s,]+/).map((one) => ({ value: one, span: item.span }))) ?? [
          { value, span },
        ]
      );
    });
    const regions = words.map(({ value }) => regionNamed(value) ?? '');
    const [first] = words;
    return first && !regions.includes('')
      ? [{ kind: 'stated', regions, from: 'loop', span: first.span }]
      : [{ kind: 'untold' }];
  }

  private ofUnset(
    { name, otherwise }: { readonly name: string; readonly otherwise: string | undefined },
    from: RegionSource,
    span: TextSpan,
  ): readonly RegionClue[] {
    const region = otherwise === undefined ? undefined : regionNamed(otherwise);
    return [
      { kind: 'named', name: `value:${name}`, from },
      region === undefined ? { kind: 'untold' } : { kind: 'stated', regions: [region], from: 'default', span },
    ];
  }
}

function grouped<K>(
  assignments: readonly Assignment[],
  keyOf: (assignment: Assignment) => K,
): ReadonlyMap<K, readonly Assignment[]> {
  const groups = new Map<K, Assignment[]>();
  for (const assignment of assignments) {
    const key = keyOf(assignment);
    const group = groups.get(key);
    if (group) group.push(assignment);
    else groups.set(key, [assignment]);
  }
  return groups;
}

function isPrefix({ command, name }: Assignment): boolean {
  const [first] = command.words;
  return (
    command.words.length > 1 && first !== undefined && (first.value.startsWith(`${name}=`) || first.value.includes('='))
  );
}

/** `aws configure set region us-east-1`, `Set-DefaultAWSRegion us-east-1` */
function settingOf({ words }: ShellCommand): ShellValue | undefined {
  const at = words.findIndex(({ value }) =>
    /^(?:(?:default|profile\.\S+)\.)?region$|^(?:Set|Initialize)-\w*AWS\w*Region$/i.test(value),
  );
  const isSetting = /^Set-|^Initialize-/i.test(words[at]?.value ?? '') || words[at - 1]?.value === 'set';
  const value = words.slice(at + 1).find((word) => !word.value.startsWith('-'));
  return at > 0 && isSetting && value ? { value: value.value, span: value.inner } : undefined;
}

interface Zone {
  readonly region: string;
  readonly word: Pick<ShellValue, 'span'>;
}

const zonesIn = oncePer((words: readonly ShellValue[]): readonly Zone[] =>
  words.flatMap((word) =>
    regionsIn(word.value)
      .filter(({ isZone }) => isZone)
      .map(({ region }) => ({ region, word })),
  ),
);

/** `--region us-east-1`, `--region=us-east-1`, `-Region us-east-1` */
function regionOption({ words }: ShellCommand): ShellValue | undefined {
  if (words.some(({ value }) => value === 'copy-image')) {
    // The id is that of the region that is copied from.
    const from = words[words.findIndex(({ value }) => value === '--source-region') + 1];
    if (from && from !== words[0]) return { value: from.value, span: from.inner };
  }
  for (const [index, { value, inner }] of words.entries()) {
    if (/^(?:--?(?:aws[-_]?)?region|--ec2-region|--amazonec2-region)$/i.test(value)) {
      const next = words[index + 1];
      if (next) return { value: next.value, span: next.inner };
    }
    const joinedValue = /^--?(?:[\w-]*[-_])?region[=:](.*)$/i.exec(value)?.[1];
    if (joinedValue) return { value: joinedValue, span: { start: inner.end - joinedValue.length, end: inner.end } };
  }
  return undefined;
}

function clueOfBlock({ regions, kind, at }: RegionBlock): RegionClue {
  return { kind: 'stated', regions, from: kind === 'loop' ? 'loop' : 'block', span: at };
}

/** Several places that all count: their regions together. */
function joined(clues: readonly RegionClue[]): readonly RegionClue[] {
  const stated = clues.flatMap((clue) => (clue.kind === 'stated' && !clue.isHint ? [clue] : []));
  const [first] = stated;
  if (!first || stated.length < 2) return clues;
  return [{ ...first, regions: [...new Set(stated.flatMap(({ regions }) => regions))] }];
}
