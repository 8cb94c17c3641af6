import { heredocEnds } from './heredocEnds.ts';

/** The words and signs of HCL that a text is cut by, for its parser and for what divides it into blocks. */

export interface Quoted {
  /** Behind the quote that ends it; at the end of the line where there is none. */
  readonly end: number;
  readonly innerEnd: number;
  readonly isTemplate: boolean;
  /** Whether it is a single interpolation, as expressions were written before HCL 2: `"${var.region}"`. */
  readonly isInterpolation: boolean;
}

const [newline, quote, dollar, percent, backslash, openBrace, closeBrace] = [10, 34, 36, 37, 92, 123, 125];

/** Strings in interpolations in strings. */
const maxQuoteDepth = 6;
const maxInterpolation = 20_000;

/** @param start of its first quote */
export function readQuoted(text: string, start: number, depth = 0): Quoted {
  let firstEnd = 0;
  let isTemplate = false;
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      return { end: at + 1, innerEnd: at, isTemplate, isInterpolation: firstEnd === at };
    }
    if (code === newline) break;
    if (code === backslash && text.charCodeAt(at + 1) !== newline) at += 1;
    else if ((code === dollar || code === percent) && text.charCodeAt(at + 1) === openBrace) {
      // `$${` is no interpolation.
      if (text.charCodeAt(at - 1) === code && at > start + 1) continue;
      isTemplate = true;
      const end = depth < maxQuoteDepth ? interpolationEnd(text, at + 2, depth) : undefined;
      if (end === undefined) return brokenOff(text, start);
      if (at === start + 1 && code === dollar) firstEnd = end;
      at = end - 1;
    }
  }
  const innerEnd = text.charCodeAt(at - 1) === 13 ? at - 1 : at;
  return { end: innerEnd, innerEnd, isTemplate, isInterpolation: false };
}

/** Behind its brace; undefined where it is not closed. It goes over several lines in brackets only. */
function interpolationEnd(text: string, start: number, depth: number): number | undefined {
  let open = 0;
  const last = Math.min(text.length, start + maxInterpolation);
  for (let at = start; at < last; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const inner = readQuoted(text, at, depth + 1);
      if (inner.end === inner.innerEnd) return undefined;
      at = inner.end - 1;
    } else if (code === openBrace || code === 40 || code === 91) open += 1;
    else if (code === closeBrace && open === 0) return at + 1;
    else if (code === closeBrace || code === 41 || code === 93) open -= 1;
    else if (code === newline && open <= 0) return undefined;
  }
  return undefined;
}

/** A string whose interpolation is not closed ends at the last quote of its line. */
function brokenOff(text: string, start: number): Quoted {
  const lineEnd = endOfLine(text, start);
  const last = text.lastIndexOf('"', lineEnd - 1);
  return last > start
    ? { end: last + 1, innerEnd: last, isTemplate: true, isInterpolation: false }
    : { end: lineEnd, innerEnd: lineEnd, isTemplate: true, isInterpolation: false };
}

export interface Heredoc {
  readonly end: number;
  readonly contentStart: number;
  /** Behind the last line's end. */
  readonly contentEnd: number;
}

const heredocStart = /<<[-~]?[ \t]*"?([A-Za-z_][\w.-]*)"?[ \t]*\r?\n/y;
/** A text with more of them that go over blocks has its heredocs read as code: looking at what is in them takes too long. */
const maxSwallowing = 40;

/** Reads heredocs of one text. Undefined for one that is not closed: what is behind it is read as code. */
export function heredocReader(text: string): (start: number) => Heredoc | undefined {
  let swallowing = 0;
  const heredocEnd = heredocEnds(text, (word) => `^[ \\t]*${word}[ \\t]*\\r?$`);
  return (start) => {
    if (swallowing > maxSwallowing) return undefined;
    heredocStart.lastIndex = start;
    const match = heredocStart.exec(text);
    if (!match) return undefined;
    const [opening, name = ''] = match;
    const contentStart = start + opening.length;
    const found = heredocEnd(name, contentStart);
    if (!found) return undefined;
    if (isSwallowing(text.slice(contentStart, found.start), name)) {
      swallowing += 1;
      return undefined;
    }
    return {
      contentStart,
      contentEnd: found.start,
      end: found.start + text.slice(found.start, found.end).trimEnd().length,
    };
  };
}

/** Whether what seems to be in a heredoc are blocks up to the end of another heredoc of the same name. */
function isSwallowing(content: string, name: string): boolean {
  const again = content.search(new RegExp(`<<[-~]?${name.replaceAll('.', '\\.')}[ \\t]*\\r?$`, 'm'));
  return again >= 0 && new RegExp(topLevelHeader.source, 'm').test(content.slice(0, again));
}

const label = /[ \t]+(?:"[^"\n]*"|[\w-]+)/.source;

/** The beginning of a block that stands on the top level only. */
export const topLevelHeader = new RegExp(
  `^(?:(?:resource|data|source)${label}${label}|(?:variable|output|module|provider|generate|dependency)${label}|(?:locals|terraform|build|packer|remote_state|inputs[ \\t]*=))[ \\t]*\\{`,
);

/** The offset of the line's end, in front of `\r\n`. */
export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  if (end < 0) return text.length;
  return end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/** Behind a comment that begins at the offset; undefined where none does. One that is not closed ends with its line. */
export function commentEnd(text: string, at: number): number | undefined {
  const sign = text[at];
  if (sign === '#') return endOfLine(text, at);
  if (sign !== '/') return undefined;
  if (text[at + 1] === '/') return endOfLine(text, at);
  if (text[at + 1] !== '*') return undefined;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? endOfLine(text, at) : end + 2;
}

/** Behind a text, a comment or a heredoc that begins at the offset; undefined where none does. */
export function tokenEnd(
  text: string,
  at: number,
  readHeredoc: (start: number) => Heredoc | undefined,
): number | undefined {
  switch (text.charCodeAt(at)) {
    case quote:
      return readQuoted(text, at).end;
    case 35:
    case 47:
      return commentEnd(text, at);
    case 60:
      return text.charCodeAt(at + 1) === 60 ? readHeredoc(at)?.end : undefined;
    default:
      return undefined;
  }
}
