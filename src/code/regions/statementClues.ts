import { lastUpTo } from '../lastUpTo.ts';
import type { RegionClue } from '../reading.ts';
import type { TextSpan } from '../textSpan.ts';
import { type CodeNode, lastNameOf } from '../tree/codeTree.ts';
import type { Definitions } from '../tree/definitions.ts';
import { isRegionKey } from './keyClues.ts';
import { regionValue } from './regionValues.ts';
import { isDriver, isRegionName, regionMethod, settingOf, stated } from './valueClue.ts';

interface RegionAssignment {
  readonly clue: RegionClue;
  /** Of the whole statement. */
  readonly statement: TextSpan;
}

/** Assignments to a variable `region` among the statements around a reference, the closest before it first. */
export function statementClues(
  children: readonly CodeNode[],
  offset: number,
  definitions: Definitions,
): readonly RegionClue[] {
  const all = regionAssignments(children, definitions);
  const isOther = ({ statement }: RegionAssignment) => offset < statement.start || statement.end < offset;
  let before = lastUpTo(all, ({ statement }) => statement.start, offset - 1);
  for (let at = all[before]; at && !isOther(at); at = all[before]) before -= 1;
  const closest = all[before] ?? all.find(isOther);
  return closest ? [closest.clue] : [];
}

/** Found once for the statements of a block, whose references may be thousands. */
const assignmentsOf = new WeakMap<readonly CodeNode[], readonly RegionAssignment[]>();

function regionAssignments(children: readonly CodeNode[], definitions: Definitions): readonly RegionAssignment[] {
  const known = assignmentsOf.get(children);
  if (known) return known;
  const found = children.flatMap((child) => {
    const value = assignedRegion(child);
    const clue = value && assignedClue(value, definitions);
    return clue ? [{ clue, statement: child.span }] : [];
  });
  assignmentsOf.set(children, found);
  return found;
}

function assignedClue(value: CodeNode, definitions: Definitions): RegionClue | undefined {
  const region = regionValue(value, definitions);
  if (region) return stated(region.region, 'variable', region.span);
  const setting = value.kind === 'name' ? settingOf(value.value) : undefined;
  return setting === undefined ? undefined : { kind: 'named', name: setting, from: 'variable' };
}

function assignedRegion(child: CodeNode): CodeNode | undefined {
  if (child.kind === 'entry' && child.labels.length === 0 && isRegionName(child.key)) return child.value;
  if (child.kind !== 'call') return undefined;
  const [first, second] = child.args;
  if (first && isDriver(child)) return first;
  if (first && regionMethod.test(lastNameOf(child.callee)) && child.args.length === 1) return first;
  // `set :region, "us-east-1"`
  return first?.kind === 'text' && second && isRegionKey(first.value) ? second : undefined;
}
