import { isImageId } from '../../core/imageId.ts';
import type { Language } from '../language.ts';
import type { TextSpan } from '../textSpan.ts';
import { blockItems } from './blockItems.ts';
import { type BracketList, beginsItem, bracketItems, bracketListAt } from './bracketItems.ts';
import { isInComment } from './comments.ts';
import { type ValuePlace, valuePlaceAt } from './idPlace.ts';
import { indentOf, lineAt } from './lines.ts';
import type { Insertion } from './placedBlock.ts';
import { languageAt } from './placeLanguage.ts';
import type { Quote } from './quotes.ts';

export interface IdsPlace {
  readonly text: string;
  /** A cursor or a selection. */
  readonly span: TextSpan;
  readonly language: Language;
}

/**
 * Puts ids where a user wants them: in the quotes that the place lacks, in the place of an id that stands there, and
 * several as items where the place is in a list, a text with commas or behind an option, else a line each.
 */
export function placedIds(ids: readonly string[], { text, span, language: outer }: IdsPlace): Insertion {
  const language = languageAt(text, span.start, outer);
  const value = valuePlaceAt(text, span.start, language);
  const word = { start: value.span.start, end: value.wordEnd };
  const replaced = span.start === span.end && isImageId(text.slice(word.start, word.end).toLowerCase()) ? word : span;
  const own = lineAt(text, replaced.start);
  const before = own.text.slice(0, replaced.start - own.start);
  const after = text.slice(replaced.end, lineAt(text, replaced.end).end);
  const isRemark = isInComment(text, span.start, language);
  const around = isRemark ? undefined : bracketListAt(text, span.start, language);
  const list = value.openQuote !== undefined || beginsItem(text, replaced.start, language) ? around : undefined;
  const items = language === 'yaml' && !list && !isRemark ? blockItems(ids, { text, span: replaced }) : undefined;
  if (items) return items;
  const place: Around = { text, replaced, before, after, list, language };
  if (value.openQuote !== undefined) return { span: replaced, newText: inQuotes(ids, value.openQuote, place) };
  if (list) return bracketItems(ids, list, { text, span: replaced, language });
  const quote = quoteFor(value, place) || (around?.isQuoted ? '"' : '');
  const written = ids.map((id) => `${quote}${id}${quote}`);
  const blank = after.trim() === '' ? value.missingBlank : '';
  return { span: replaced, newText: blank + (ids.length === 1 ? written.join('') : joined(written, value, place)) };
}

interface Around {
  readonly text: string;
  readonly replaced: TextSpan;
  /** What stands in the line before and behind the place. */
  readonly before: string;
  readonly after: string;
  readonly list: BracketList | undefined;
  readonly language: Language;
}

/** The quotes around an id that is a value by itself. */
function quoteFor({ missingQuote }: ValuePlace, { before, after }: Around): Quote | '' {
  const isValue = /(?:[=:([{,]|\bin)\s*$/.test(before) && /^\s*(?:$|[,;:)\]}]|#|\/\/)/.test(after);
  return missingQuote !== undefined && isValue ? missingQuote : '';
}

/** Several ids in open quotes: further texts of a list or behind an option, or parts of the text that is there. */
function inQuotes(ids: readonly string[], quote: Quote, around: Around): string {
  const { before, after, list, language } = around;
  const own = before.slice(before.lastIndexOf(quote) + 1);
  const isEmpty = own === '' && after.startsWith(quote);
  const item = /^\s*[-*] ["']$/.exec(before)?.[0];
  if (isEmpty && item !== undefined && (language === 'yaml' || language === 'markdown')) {
    return ids.join(`${quote}\n${item}`);
  }
  if (isEmpty && list && !splits.test(before)) return ids.join(`${quote}${separatorBetween(around)}${quote}`);
  if (isEmpty && isBehindOption(before)) return ids.join(`${quote} ${quote}`);
  return ids.join(separatorIn(own, after, around));
}

/** `!Split [',', "…"]` takes one text. */
const splits = /(?:!Split|"?Fn::Split"?:)\s*\[[^\]]*,\s*["']$/;

function separatorBetween({ before, after, list, language }: Around): string {
  const isOwnLine = /^\s*["'`]$/.test(before) && /^["'`]\s*,?\s*$/.test(after);
  return `${list?.separator.trim() ?? ''}${isOwnLine ? `\n${indentOf(before)}` : language === 'shell' ? '' : ' '}`.replace(
    /^$/,
    ' ',
  );
}

function isBehindOption(before: string): boolean {
  return /(?:^|\s)--?[A-Za-z][\w-]*(?:\s+|=)["']$/.test(before);
}

/** What divides the parts of a text: what stands beside the place, else commas, or blanks between words of a shell. */
function separatorIn(own: string, after: string, { language }: Around): string {
  const beside = /,\s*$/.exec(own)?.[0] ?? /^,\s*/.exec(after)?.[0];
  if (beside !== undefined) return beside;
  if (/\s$/.test(own) && !own.includes(',')) return ' ';
  return language === 'shell' && !/[,=]/.test(own) ? ' ' : ',';
}

/** Several ids as one text: arguments, a list by itself, or words. */
function joined(written: readonly string[], value: ValuePlace, around: Around): string {
  const { before, after, language } = around;
  const item = /^\s*[-*] $/.exec(before)?.[0];
  if (item !== undefined && language === 'markdown') return written.join(`\n${item}`);
  if (language === 'shell') return shellWords(written, value, around);
  if (before.trim() === '' && after.trim() === '') return written.join(`\n${indentOf(before)}`);
  const beside = /\S,\s*$/.test(before) && (language === 'yaml' || language === 'ini') && /,\s*$/.exec(before)?.[0];
  return beside ? written.join(beside) : asValue(written, around);
}

/** Words of a command; the values of a filter, of which the CLI's shorthand makes one word. */
function shellWords(written: readonly string[], { keys }: ValuePlace, { before, after }: Around): string {
  if (/,(?:\w+=)?$/.test(before)) return written.join(',');
  if (!keys[0]?.name.startsWith('-') && /\w=$/.test(before)) return `"${written.join(' ')}"`;
  if (before.trim() === '' && after.trim() === '' && !keys[0]) return written.join(`\n${indentOf(before)}`);
  return `${/[^\s=(]$/.test(before) ? ' ' : ''}${written.join(' ')}${/^[^\s;&|)`]/.test(after) ? ' ' : ''}`;
}

/** In the place of a single value. */
function asValue(written: readonly string[], around: Around): string {
  const { before, language } = around;
  if (isTextOfParameter(around)) {
    const quote = /^["']/.exec(written[0] ?? '')?.[0] ?? '';
    return `${quote}${written.map((each) => (quote ? each.slice(1, -1) : each)).join(',')}${quote}`;
  }
  const isAssigned = language === 'yaml' ? /:\s*$/.test(before) : /(?:[=:]|\bin)\s*$/.test(before);
  const hasLists = language === 'yaml' || /^["'`]/.test(written[0] ?? '');
  return isAssigned && hasLists ? `[${written.join(', ')}]` : written.join(', ');
}

/** CloudFormation's lists are texts with commas where they are the default of a parameter. */
function isTextOfParameter({ text, replaced, before }: Around): boolean {
  if (!/\bDefault["']?\s*:\s*$/.test(before)) return false;
  const near = text.slice(Math.max(0, replaced.start - 400), replaced.end + 400);
  return /Type["']?\s*:\s*["']?(?:CommaDelimitedList|List<)/.test(near);
}
