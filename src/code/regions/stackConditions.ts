import type { RegionClue, RegionStatement } from '../reading.ts';
import { type CodeNode, entryOf } from '../tree/codeTree.ts';
import { regionNamed } from './regionNames.ts';

/** What a template of CloudFormation takes where a condition is met: `!If [InVirginia, ami-…, ami-…]`. */
export function stackConditionClues(around: readonly CodeNode[]): readonly RegionClue[] {
  return around.toReversed().flatMap((node): readonly RegionClue[] => {
    const [condition, then] = argumentsOf(node, 'Fn::If');
    return condition?.kind === 'text' && then && around.includes(then)
      ? [{ kind: 'named', name: statementName(condition.value), from: 'block' }]
      : [];
  });
}

/** The conditions of a template that ask for one region: `!Equals [!Ref AWS::Region, us-east-1]`. */
export function stackConditions(root: CodeNode): readonly RegionStatement[] {
  const conditions = entryOf(root, 'Conditions')?.value;
  if (conditions?.kind !== 'map') return [];
  return conditions.entries.flatMap(({ key, value }): readonly RegionStatement[] => {
    const sides = argumentsOf(value, 'Fn::Equals');
    const asked = sides.find((side) => side.kind === 'text' && regionNamed(side.value) !== undefined);
    const region = asked?.kind === 'text' ? regionNamed(asked.value) : undefined;
    if (!asked || region === undefined || !sides.some(isStackRegion)) return [];
    return [{ name: statementName(key), regions: [region], refersTo: undefined, span: asked.span }];
  });
}

function isStackRegion(node: CodeNode): boolean {
  const [name] = argumentsOf(node, 'Ref');
  return name?.kind === 'text' && name.value === 'AWS::Region';
}

/** Of a function in any of its forms: `!If […]`, `Fn::If: […]`, `{"Ref": "…"}`. */
function argumentsOf(node: CodeNode, name: string): readonly CodeNode[] {
  if (node.kind === 'call') return node.callee === name ? node.args : [];
  if (node.kind === 'text') return node.tag === `!${name}` ? [node] : [];
  const value = node.kind === 'map' && node.entries.length === 1 ? entryOf(node, name)?.value : undefined;
  return value?.kind === 'list' ? value.items : value ? [value] : [];
}

function statementName(condition: string): string {
  return `condition:${condition}`;
}
