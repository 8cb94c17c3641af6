import type { LiteralText } from '../reference.ts';
import type { CodeNode } from './codeTree.ts';

const typeKey =
  /^(?:ec2|node|master|worker|default|aws)?[-_]?(?:instance|machine)[-_]?types?$|^flavor(?:_id)?$|^size$/i;
const typeName = /^[a-z][a-z0-9-]{0,12}\d[a-z0-9-]{0,12}\.[a-z0-9-]{4,14}$/;

/** The instance type in the closest of the maps around a reference. */
export function instanceTypeBeside(around: readonly CodeNode[]): LiteralText | undefined {
  for (const node of around.toReversed()) {
    if (node.kind !== 'map') continue;
    for (const { key, value } of node.entries) {
      if (!typeKey.test(key)) continue;
      const text = value.kind === 'list' && value.items.length === 1 ? value.items[0] : value;
      if (text?.kind === 'text' && typeName.test(text.value)) return { value: text.value, span: text.inner };
    }
  }
  return undefined;
}
