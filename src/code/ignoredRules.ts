import { isLineBreak } from './lineBreaks.ts';
import type { TextSpan } from './textSpan.ts';

/** A line in which nothing is to be said of some rules, by comments in it or above it. */
export interface IgnoredRules {
  /** The line. */
  readonly span: TextSpan;
  /** By their names. */
  readonly rules: readonly string[] | 'all';
}

const mark = 'ami-explorer:';

/** `# ami-explorer: ignore unsafe-lookup, newer-image`, behind whatever begins a comment in the language. */
const comment =
  /(?:#|\/\/|\/\*|<!--|--|;|%)[^\S\r\n]*ami-explorer:[^\S\r\n]*ignore(?![\w-])(?:[^\S\r\n]+([a-z]+(?:-[a-z]+)*(?:[^\S\r\n]*,[^\S\r\n]*[a-z]+(?:-[a-z]+)*)*))?/g;

/**
 * Sorted, each line once. A comment alone in its line is about the next line, several below each other about the one behind
 * the last; a comment behind code is about its own.
 */
export function ignoredRules(text: string): readonly IgnoredRules[] {
  if (!text.includes(mark)) return [];
  const found = new Map<number, { readonly span: TextSpan; readonly rules: Set<string> }>();
  let line: TextSpan = { start: 0, end: -1 };
  let span = line;
  for (const { index, 1: names } of text.matchAll(comment)) {
    let rules = found.get(span.start)?.rules;
    if (index > line.end) {
      line = { start: lineStart(text, index, line.end), end: lineEnd(text, index) };
      const isAlone = text.slice(line.start, index).trim() === '';
      span = isAlone ? lineAfter(text, line.end) : line;
      rules = found.get(line.start)?.rules;
      if (isAlone) found.delete(line.start);
    }
    rules ??= new Set();
    for (const name of names?.split(',') ?? ['all']) rules.add(name.trim());
    found.set(span.start, { span, rules });
  }
  return Array.from(found.values(), ({ span, rules }) => ({ span, rules: rules.has('all') ? 'all' : [...rules] }));
}

/** @param from the end of an earlier line */
function lineStart(text: string, offset: number, from: number): number {
  let start = offset;
  while (start > from + 1 && start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isLineBreak(text.charCodeAt(end))) end += 1;
  return end;
}

function lineAfter(text: string, end: number): TextSpan {
  const start = Math.min(text.length, end + (text.startsWith('\r\n', end) ? 2 : 1));
  return { start, end: lineEnd(text, start) };
}
