import { instanceTypeOfClass, instanceTypeOfMember, isInstanceType } from '../instanceTypes.ts';
import { oncePer } from '../oncePer.ts';
import type { LiteralText } from '../reference.ts';
import { type CodeNode, countParts, type EntryNode, lastNameOf, type TextNode } from './codeTree.ts';

const typeKey =
  /^(?:ec2|node|master|worker|default|aws)?[-_]?(?:instance|machine)[-_]?types?$|^flavor(?:_id)?$|^size$/i;

/** The instance type in the closest of the maps, arguments and statements around a reference. */
export function instanceTypeBeside(around: readonly CodeNode[]): LiteralText | undefined {
  for (const node of around.toReversed()) {
    const found = instanceTypeIn(node);
    if (found) return found;
  }
  return undefined;
}

const instanceTypeIn = oncePer((node: CodeNode): LiteralText | undefined => {
  for (const { key, value } of valuesIn(node)) {
    const found = typeKey.test(lastNameOf(key)) ? instanceTypeOf(value) : undefined;
    if (found) return found;
  }
  return undefined;
}, countParts);

function instanceTypeOf(value: CodeNode): LiteralText | undefined {
  const text = onlyText(value);
  if (text) return isInstanceType(text.value) ? { value: text.value, span: text.inner } : undefined;
  const { span } = value;
  const named = namedType(value);
  return named === undefined ? undefined : { value: named, span };
}

function namedType(value: CodeNode): string | undefined {
  if (value.kind === 'name') return instanceTypeOfMember(value.value);
  if (value.kind !== 'call') return undefined;
  const [first, second] = value.args;
  if (first?.kind !== 'name') return undefined;
  // `new InstanceType(…)` and `jsii.String(…)` around a name have one argument.
  return second?.kind === 'name' ? instanceTypeOfClass(first.value, second.value) : instanceTypeOfMember(first.value);
}

export type NamedValue = Pick<EntryNode, 'key' | 'value'>;

/** What a node gives by name: entries of a map, variables among statements, arguments, methods chained before a call. */
export function valuesIn(node: CodeNode): readonly NamedValue[] {
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'other') return node.children.filter((child) => child.kind === 'entry');
  if (node.kind !== 'call') return [];
  const values: NamedValue[] = [...node.named];
  for (let link: CodeNode | undefined = node; link?.kind === 'call' && values.length < 100; link = link.receiver) {
    const [argument] = link.args;
    if (argument && link.args.length === 1)
      values.push({ key: link.callee.replace(/^with(?=[A-Z])/, ''), value: argument });
  }
  return values;
}

/** `["t3.micro"]`, `new InstanceType("t3.micro")`, `aws.String("t3.micro")` */
export function onlyText(value: CodeNode): TextNode | undefined {
  const parts = value.kind === 'list' ? value.items : value.kind === 'call' ? value.args : [value];
  const [text] = parts;
  return parts.length === 1 && text?.kind === 'text' ? text : undefined;
}
