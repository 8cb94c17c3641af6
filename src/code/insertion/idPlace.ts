import type { Language } from '../language.ts';
import type { TextSpan } from '../textSpan.ts';
import { takesImageId } from './imageKeys.ts';
import { type KeyAround, keysAround } from './keysAround.ts';
import { lineAt } from './lines.ts';

/** Where a value is written, or half written. */
export interface ValuePlace {
  /** What an id takes the place of: the word at the place, which may be half an id; empty where there is none. */
  readonly span: TextSpan;
  /** The quote that is open at the place. */
  readonly openQuote: Quote | undefined;
  /** Whether the open quote is closed on its line. */
  readonly isClosed: boolean;
  /** The quotes that the language wants around a text here; undefined where it wants none, or some are open. */
  readonly missingQuote: Quote | undefined;
  /** See `keysAround`. */
  readonly keys: readonly KeyAround[];
}

export type Quote = '"' | "'" | '`';

/** Where an id belongs: by the keys around it, or because one is being typed. */
export interface IdPlace extends ValuePlace {
  readonly because: 'key' | 'typed';
}

/** Of larger texts nothing is told: looking through them takes too long for a key press. */
const maxLength = 5_000_000;

const option = /(?:^|\s)--(?:source-)?image-ids?(?:\s+|=)[^=|;&]*$/;

/** The place at an offset if an image's id belongs there. It takes well below a millisecond. */
export function idPlaceAt(text: string, offset: number, outer: Language): IdPlace | undefined {
  if (text.length > maxLength) return undefined;
  const { start, text: line } = lineAt(text, offset);
  // A command in a block of YAML or in a document.
  const language = option.test(line.slice(0, offset - start)) ? 'shell' : outer;
  const typed = /[\p{L}\p{N}_.-]*$/u.exec(line.slice(0, offset - start))?.[0] ?? '';
  if (/^ami-[0-9a-f]*$/i.test(typed)) return { ...valuePlaceAt(text, offset, language), because: 'typed' };
  if (isComment(line.slice(0, offset - start), language)) return undefined;
  const place = valuePlaceAt(text, offset, language);
  if (place.keys.length === 0 || !isValue(text, place, language)) return undefined;
  return takesImageId({ text, offset: place.span.start, keys: place.keys }) ? { ...place, because: 'key' } : undefined;
}

export function valuePlaceAt(text: string, offset: number, language: Language): ValuePlace {
  const { start, text: line } = lineAt(text, offset);
  const before = line.slice(0, offset - start);
  const after = line.slice(offset - start);
  const quote = openQuoteIn(before, language);
  const word = /[\w-]*$/.exec(quote === undefined ? before : before.slice(quote.at + 1))?.[0] ?? '';
  const rest = /^[\w-]*/.exec(after)?.[0] ?? '';
  const span = { start: offset - word.length, end: offset + (isPartOfId(word + rest) ? rest.length : 0) };
  const keys = keysAround(text, quote === undefined ? span.start : start + quote.at, language);
  return {
    span,
    openQuote: quote?.quote,
    isClosed: quote !== undefined && after.includes(quote.quote),
    missingQuote: quote === undefined ? quoteOf(language, line) : undefined,
    keys,
  };
}

function isPartOfId(word: string): boolean {
  return /^(?:a|am|ami|ami-[0-9a-z]*)$/i.test(word);
}

/** Whether nothing but the value stands there: no expression that a language server completes. */
function isValue(text: string, { span, openQuote, missingQuote }: ValuePlace, language: Language): boolean {
  const { start, end } = lineAt(text, span.start);
  const before = text.slice(start, span.start);
  const after = text.slice(span.end, end);
  const word = text.slice(span.start, span.end);
  if (openQuote !== undefined) return new RegExp(`${openQuote}\\s*$`).test(before) || isShellList(before, language);
  if (missingQuote !== undefined && word !== '' && !/^ami/i.test(word)) return false;
  // What a tag of CloudFormation takes is a name, but for the branches of a condition.
  if (language === 'yaml' && /!(?!If\b)\w+\s*(?:\[[^\]]*)?$/.test(before)) return false;
  return /(?:[=:>([,{]|-|\s)\s*$/.test(before) && /^\s*(?:$|[,;)\]}#`]|\/\/|\\)/.test(after);
}

function isShellList(before: string, language: Language): boolean {
  return language === 'shell' && /\s$/.test(before);
}

function isComment(before: string, language: Language): boolean {
  if (/^\s*(?:#|\/\/|--\s|\*|<!--|rem\s)/i.test(before)) return language !== 'markdown' || /^\s*<!--/.test(before);
  return language !== 'markdown' && /\s(?:#|\/\/)\s[^"']*$/.test(before);
}

/** The quote that is open at the end of a line's part. */
function openQuoteIn(before: string, language: Language): { readonly quote: Quote; readonly at: number } | undefined {
  let open: { readonly quote: Quote; readonly at: number } | undefined;
  for (let at = 0; at < before.length; at += 1) {
    const char = before.charAt(at);
    if (char === '\\' && open?.quote !== "'") at += 1;
    else if (open) open = char === open.quote ? undefined : open;
    else if (isQuote(char) && (char !== "'" || !/[\p{L}\p{N}]/u.test(before.charAt(at - 1)))) {
      if (char !== '`' || language === 'script' || language === 'other') open = { quote: char, at };
    }
  }
  return open;
}

function isQuote(char: string): char is Quote {
  return char === '"' || char === "'" || char === '`';
}

/** The quotes that a text has in a language: those of the line's other texts where both are usual. */
function quoteOf(language: Language, line: string): Quote | undefined {
  switch (language) {
    case 'hcl':
    case 'json':
      return '"';
    case 'script':
    case 'python':
      return line.includes("'") && !line.includes('"') ? "'" : '"';
    default:
      return undefined;
  }
}
