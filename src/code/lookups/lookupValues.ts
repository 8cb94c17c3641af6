import type { LookupOwners } from '../reference.ts';
import type { CodeNode } from '../tree/codeTree.ts';

/** The texts and numbers of a value or a list of them; undefined where one is computed. */
export function literalsOf(value: CodeNode): readonly string[] | undefined {
  switch (value.kind) {
    case 'text':
      return value.isTemplate ? undefined : [value.value];
    case 'name':
      return /^(?:\d+|true|false)$/.test(value.value) ? [value.value] : undefined;
    case 'list': {
      const items = value.items.map(literalsOf);
      return items.every((item) => item !== undefined) ? items.flat() : undefined;
    }
    default:
      return undefined;
  }
}

/** @param value undefined where there is no such argument */
export function ownersOf(value: CodeNode | undefined): LookupOwners {
  if (value === undefined || (value.kind === 'name' && /^(?:null|none|nil|undefined|)$/i.test(value.value)))
    return { kind: 'none' };
  const values = literalsOf(value)?.filter((owner) => owner.trim() !== '');
  if (values === undefined) return { kind: 'computed' };
  return values.length === 0 ? { kind: 'none' } : { kind: 'literal', values };
}
