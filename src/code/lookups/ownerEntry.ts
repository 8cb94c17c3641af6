import type { OwnerInsertion } from '../reference.ts';
import type { MapNode } from '../tree/codeTree.ts';

/** Where an owner goes into a map of YAML or JSON: as its first entry, written like that. */
export function ownerEntry(text: string, { span, entries }: MapNode, key: string): OwnerInsertion | undefined {
  const [first] = entries;
  if (!first || first.key === '') return undefined;
  const offset = first.span.start;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const isAlone = before.trim() === '';
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  if (text[span.start] === '{') {
    const quote = /^["']/.exec(text.slice(offset))?.[0] ?? '';
    const gap = isAlone ? `${newLine}${before}` : ' ';
    return { offset, before: `${quote}${key}${quote}: "`, after: `",${gap}` };
  }
  if (!isAlone && !/^\s*(?:- +)+$/.test(before)) return undefined;
  return { offset, before: `${key}: "`, after: `"${newLine}${isAlone ? before : ' '.repeat(before.length)}` };
}
