import { isImageId } from '../../core/imageId.ts';
import type { TextSpan } from '../textSpan.ts';
import { firstSign, openBrackets } from './bracketItems.ts';
import type { CodePlace } from './codePlace.ts';
import { indentOf, lineAt, lineBelow } from './lines.ts';
import type { BlockPlace } from './placedBlock.ts';
import { openQuoteIn } from './quotes.ts';

export interface ValueSpan extends TextSpan {
  /** A blank where it is missing behind the key. */
  readonly lead: '' | ' ';
}

/**
 * Where a value is missing at a place: behind its key, in empty quotes, or where an image's id stands, which is replaced
 * with its quotes. Undefined elsewhere.
 */
export function valueSpanAt({ text, span, language }: BlockPlace): ValueSpan | undefined {
  if (span.start !== span.end) return undefined;
  const { start, end, text: line } = lineAt(text, span.start);
  const before = line.slice(0, span.start - start);
  const after = text.slice(span.end, end);
  const quote = openQuoteIn(before, language);
  if (quote) {
    const from = start + quote.at;
    const close = text.indexOf(quote.quote, from + 1);
    const inner = close < 0 ? '' : text.slice(from + 1, close);
    return close >= 0 && close < end && (inner === '' || isImageId(inner.toLowerCase()))
      ? { start: from, end: close + 1, lead: '' }
      : undefined;
  }
  const word = /[\w-]*$/.exec(before)?.[0] ?? '';
  const rest = /^[\w-]*/.exec(after)?.[0] ?? '';
  if (word + rest !== '' && !isImageId((word + rest).toLowerCase())) return undefined;
  const lead = before.slice(0, before.length - word.length);
  const tail = after.slice(rest.length);
  const isValue =
    (/[^=!<>]=\s*$|[:([]\s*$/.test(lead) || (/,\s*$/.test(lead) && /[[(]$/.test(openBrackets(lead).at(-1) ?? ''))) &&
    /^\s*(?:$|[,;)\]}]|#|\/\/)/.test(tail);
  // An item below would need a comma between.
  if (
    /[[(,]\s*$/.test(lead) &&
    !/[)\]}]/.test(firstSign(text, span.end + rest.length, language) || ']') &&
    !/^\s*,/.test(tail)
  ) {
    return undefined;
  }
  if (!isValue || (language === 'yaml' && tail.trim() === '' && hasLinesBelow(text, span.start))) return undefined;
  const isCramped = /[:=]$/.test(lead) && language !== 'shell' && language !== 'ini';
  return { start: span.start - word.length, end: span.end + rest.length, lead: isCramped ? ' ' : '' };
}

/** Whether the key of an offset has a block below it as its value. */
function hasLinesBelow(text: string, offset: number): boolean {
  const own = lineAt(text, offset).text;
  const below = lineBelow(text, offset)?.text ?? '';
  const column = /^\s*(?:- )*/.exec(own)?.[0].length ?? 0;
  const indent = indentOf(below).length;
  return indent > column || (indent === column && /^\s*- /.test(below));
}

/** Several references for one place: as a list, unless it is in one, or each cursor gets one of them. */
export function referenceText(references: readonly string[], { text, cursor }: CodePlace, span: ValueSpan): string {
  if (cursor && references.length === cursor.count) return span.lead + (references[cursor.index] ?? '');
  const { start, text: line } = lineAt(text, span.start);
  const isInList = /[[,(]\s*$/.test(line.slice(0, span.start - start));
  const joined = references.join(', ');
  return span.lead + (references.length === 1 || isInList ? joined : `[${joined}]`);
}
