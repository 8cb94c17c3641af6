import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, TextNode } from './codeTree.ts';
import { isTemplate } from './templates.ts';

/** How far a text in quotes is looked for the end of. */
const maxQuoted = 50_000;

/** The end of the line without its break. */
export function lineEndAt(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

export function nextLine(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found + 1;
}

export function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

export function isEndOrBlank(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

/** Whether nothing but a comment follows on the line. */
export function isRestEmpty(text: string, offset: number): boolean {
  const char = text[offset];
  return char === undefined || char === '\n' || char === '\r' || char === '#';
}

/** The end of `{{ … }}`, `{% … %}` or `<% … %>` that begins here and ends on the same line. */
export function templateEnd(text: string, offset: number): number | undefined {
  if (!'{<%'.includes(text.charAt(offset))) return undefined;
  const closing = closingOf[text.slice(offset, offset + 2)];
  if (closing === undefined) return undefined;
  const end = text.indexOf(closing, offset + 2);
  return end < 0 || end > lineEndAt(text, offset) ? undefined : end + closing.length;
}

const closingOf: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '<%': '%>', '%{': '}' };

/**
 * The offset behind the closing quote; undefined where the text ends before it, or another line begins that is none of
 * the quoted text.
 *
 * @param goesOn whether a line that begins here may be part of it
 */
export function quoteEnd(text: string, start: number, goesOn: (line: number) => boolean): number | undefined {
  const quote = text[start];
  const limit = Math.min(text.length, start + maxQuoted);
  for (let at = start + 1; at < limit; at += 1) {
    const char = text[at];
    if (char === '\\' && quote === '"') at += 1;
    else if (char === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return at + 1;
    } else if (char === '\n' && !goesOn(at + 1)) return undefined;
  }
  return undefined;
}

/** @param end behind the closing quote, or the end of the line of an open quote */
export function quotedNode(text: string, start: number, end: number, tag: string | undefined): TextNode {
  const isClosed = end > start + 1 && text[end - 1] === text[start];
  const inner = { start: start + 1, end: isClosed ? end - 1 : end };
  const written = text.slice(inner.start, inner.end).replace(/[ \t]*\r?\n[ \t]*/g, ' ');
  const value = text[start] === '"' ? unescaped(written) : written.replaceAll("''", "'");
  return { kind: 'text', span: { start, end }, value, inner, isTemplate: isTemplate(written), tag };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0' };

function unescaped(written: string): string {
  if (!written.includes('\\')) return written;
  return written.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([\s\S]))/gi, (_, x: string, u: string, char: string) =>
    char === undefined ? String.fromCharCode(Number.parseInt(x ?? u, 16)) : (escapes[char] ?? char),
  );
}

/**
 * The end of a scalar without quotes that begins here, on its line.
 *
 * @param stops characters that end it within brackets
 */
export function plainEnd(text: string, start: number, lineEnd: number, stops = ''): number {
  let end = start;
  for (let at = start; at < lineEnd; ) {
    const template = templateEnd(text, at);
    if (template !== undefined) {
      end = at = template;
      continue;
    }
    const char = text.charAt(at);
    if (char === '#' && at > start && isEndOrBlank(text[at - 1])) break;
    if (stops !== '' && (stops.includes(char) || (char === ':' && isKeyColon(text, at, stops)))) break;
    at += 1;
    if (char !== ' ' && char !== '\t') end = at;
  }
  return end;
}

/** Whether the colon here ends a key: a blank follows, or in brackets whatever ends a value. */
export function isKeyColon(text: string, offset: number, stops = ''): boolean {
  const next = text[offset + 1];
  return isEndOrBlank(next) || stops.includes(next ?? '');
}

const noText = /^(?:true|false|yes|no|null|~|[-+]?\d[\d_]*(?:\.\d+)?)$/i;

export function plainNode(text: string, span: TextSpan, tag: string | undefined): CodeNode {
  const written = text.slice(span.start, span.end);
  const value = written.includes('\n') ? written.replace(/[ \t]*\r?\n[ \t]*/g, ' ') : written;
  if (tag === undefined && (noText.test(value) || /^\*\S+$/.test(value))) return { kind: 'name', span, value };
  return { kind: 'text', span, value, inner: span, isTemplate: isTemplate(value), tag };
}
