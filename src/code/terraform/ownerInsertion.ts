import type { OwnerInsertion } from '../reference.ts';
import { type EntryNode, entryOf, type MapNode } from '../tree/codeTree.ts';

/**
 * Where the owner goes into a lookup: beside `most_recent`, aligned with it as `terraform fmt` does. Undefined where no
 * single edit can do it.
 */
export function ownerInsertion(text: string, map: MapNode): OwnerInsertion | undefined {
  const owners = entryOf(map, 'owners', 'owner');
  if (owners) return intoEmptyList(text, owners);
  const beside = entryOf(map, 'most_recent');
  if (!beside) return undefined;
  return text[beside.span.start] === '"' ? beforeInJson(text, beside) : behind(text, beside);
}

function intoEmptyList(text: string, { value: { span } }: EntryNode): OwnerInsertion | undefined {
  const isEmpty = /^\[\s*\]$/.test(text.slice(span.start, span.end));
  return isEmpty ? { offset: span.start + 1, before: '"', after: '"' } : undefined;
}

function beforeInJson(text: string, { span }: EntryNode): OwnerInsertion {
  const gap = /(?:\r?\n)?[ \t]*$/.exec(text.slice(Math.max(0, span.start - 200), span.start))?.[0] ?? '';
  return { offset: span.start, before: '"owners": ["', after: `"],${gap.includes('\n') ? gap : ' '}` };
}

/** The attribute must have its lines for itself. */
function behind(text: string, { span, keySpan, value }: EntryNode): OwnerInsertion | undefined {
  const lineStart = text.lastIndexOf('\n', span.start) + 1;
  const indent = text.slice(lineStart, span.start);
  const end = text.indexOf('\n', span.end);
  const rest = /^[ \t]*(?:(?:#|\/\/).*?)?\r?$/.exec(text.slice(span.end, end));
  if (indent.trim() !== '' || end < 0 || !rest || text.slice(span.start, span.end).includes('\n')) return undefined;
  const isCrLf = text[end - 1] === '\r';
  const newLine = `${isCrLf ? '\r\n' : '\n'}${indent}`;
  const equals = text.slice(keySpan.end, value.span.start).indexOf('=') + keySpan.end - span.start;
  const isYaml = equals < keySpan.end - span.start;
  const key = isYaml ? 'owners: ' : `${'owners'.padEnd(Math.max('owners'.length + 1, equals))}= `;
  return { offset: isCrLf ? end - 1 : end, before: `${newLine}${key}["`, after: '"]' };
}
