import { createScanner } from 'jsonc-parser';
import type { TextSpan } from '../textSpan.ts';
import { BracketTree } from './bracketTree.ts';
import type { CodeNode, NameNode, TextNode } from './codeTree.ts';
import { isTemplate } from './templates.ts';

/** `SyntaxKind` of the scanner, whose constants exist for its own compilation alone. */
const tokens = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  string: 10,
  unknown: 16,
  end: 17,
} as const;

/** `ScanError.UnexpectedEndOfString`. */
const openQuote = 2;

/**
 * JSON with whatever people write into it: comments, commas too many or missing, several values one after the other
 * (JSON lines), words without quotes. Brackets that are not closed end with what is around them, an open quote with its
 * line.
 */
export function parseJson(text: string): CodeNode {
  return readJson(text).root;
}

/** The tree of a text up to so many tokens, and where it was left. */
export function readJson(
  text: string,
  maxTokens = Number.POSITIVE_INFINITY,
): { readonly root: CodeNode; readonly end: number } {
  const scanner = createScanner(text, true);
  const tree = new BracketTree();
  let count = 0;
  let textEnd = text.length;
  for (let token = scanner.scan(); token !== tokens.end; token = scanner.scan()) {
    count += 1;
    if (count > maxTokens) {
      textEnd = scanner.getTokenOffset();
      break;
    }
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    switch (token) {
      case tokens.openBrace:
        tree.open('map', start);
        break;
      case tokens.openBracket:
        tree.open('list', start);
        break;
      case tokens.closeBrace:
        tree.close('map', start);
        break;
      case tokens.closeBracket:
        tree.close('list', start);
        break;
      case tokens.colon:
        tree.colon();
        break;
      case tokens.comma:
        tree.comma();
        break;
      case tokens.string: {
        const isOpen = scanner.getTokenError() === openQuote;
        tree.add(isOpen ? openText(text, start, end) : textOf(text, { start, end }, scanner.getTokenValue()));
        break;
      }
      case tokens.unknown:
        if (text[start] === '#') scanner.setPosition(endOfLine(text, start));
        else if (text[start] !== '\0') tree.add(wordOf(text, { start, end }));
        break;
      default:
        tree.add({ kind: 'name', span: { start, end }, value: text.slice(start, end) });
    }
  }
  const children = tree.finish(textEnd);
  const [first] = children;
  const isOne = first !== undefined && children.length === 1;
  return { root: isOne ? first : { kind: 'other', span: { start: 0, end: textEnd }, children }, end: textEnd };
}

function textOf(text: string, span: TextSpan, value: string): TextNode {
  const inner = { start: span.start + 1, end: span.end - 1 };
  const written = text.slice(inner.start, inner.end);
  // In place of the escape of the closing quote, too, where the document is itself in quotes.
  const known = value.includes('\0') ? value.replaceAll('\0', '') : value;
  return { kind: 'text', span, value: known, inner, isTemplate: isTemplate(written), tag: undefined };
}

/** A text whose quote is not closed yet: what stands behind it belongs to the line's other values. */
function openText(text: string, start: number, lineEnd: number): TextNode {
  let end = lineEnd;
  while (end > start + 1 && ' \t\r,}]'.includes(text.charAt(end - 1))) end -= 1;
  const inner = { start: start + 1, end };
  const value = text.slice(inner.start, end);
  return { kind: 'text', span: { start, end }, value, inner, isTemplate: isTemplate(value), tag: undefined };
}

function wordOf(text: string, span: TextSpan): TextNode | NameNode {
  const value = text.slice(span.start, span.end);
  return /^'.*'$/.test(value) && value.length > 1
    ? textOf(text, span, value.slice(1, -1))
    : { kind: 'name', span, value };
}

function endOfLine(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  return found < 0 ? text.length : found;
}
