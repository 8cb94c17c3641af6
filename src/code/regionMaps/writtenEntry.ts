import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, EntryNode, MapNode } from '../tree/codeTree.ts';

/** The key as it is written, with its quotes. */
export function writtenKey(text: string, { span, keySpan }: EntryNode): TextSpan {
  const quote = text[keySpan.end];
  const isQuoted = (quote === '"' || quote === "'" || quote === '`') && text[keySpan.start - 1] === quote;
  return {
    start: isQuoted ? keySpan.start - 1 : Math.min(span.start, keySpan.start),
    end: keySpan.end + (isQuoted ? 1 : 0),
  };
}

/** The value as it is written, from the end of its key's separator where there is none. */
export function writtenValue(text: string, entry: EntryNode): TextSpan {
  const { value } = entry;
  if (value.kind === 'other' && value.span.start === value.span.end) {
    const { end } = writtenKey(text, entry);
    const separator = /^[ \t]*(?:=>|[:=])/.exec(text.slice(end, end + 200))?.[0] ?? '';
    return { start: end + separator.length, end: end + separator.length };
  }
  return { start: value.span.start, end: valueEnd(text, value) };
}

/** A block of YAML reaches over the comments on its last line; what is meant here is the end of its last value. */
function valueEnd(text: string, node: CodeNode): number {
  const last = node.kind === 'map' && !isBracketed(text, node) ? node.entries.at(-1) : undefined;
  return last ? writtenValue(text, last).end : node.span.end;
}

/** Whether braces are around the map: a block of YAML and a file of assignments have none. */
export function isBracketed(text: string, { span }: MapNode): boolean {
  return text[span.start] === '{';
}

/** Without comments. To be used where there is nothing else but blanks and punctuation. */
export function withoutComments(between: string): string {
  return between.replace(/\/\*[\s\S]*?\*\//g, '').replace(/[ \t]*(?:#|\/\/)[^\r\n]*/g, '');
}

/** What stands between two entries, without comments and empty lines. */
export function plainGap(between: string): string {
  const gap = withoutComments(between);
  const lineBreak = /\r?\n[ \t]*$/.exec(gap)?.[0];
  return lineBreak === undefined ? gap : (gap.includes(',') ? ',' : '') + lineBreak;
}
