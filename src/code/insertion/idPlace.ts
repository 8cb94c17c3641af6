import { isImageId } from '../../core/imageId.ts';
import type { Language } from '../language.ts';
import type { TextSpan } from '../textSpan.ts';
import { isInComment } from './comments.ts';
import { takesImageId } from './imageKeys.ts';
import { type KeyAround, keysAround } from './keysAround.ts';
import { endOf, lineAt } from './lines.ts';
import { machineImageForm } from './machineImage.ts';
import { languageAt } from './placeLanguage.ts';
import { closes, openQuoteIn, type Quote, quoteOf } from './quotes.ts';

/** Where a value is written, or half written. */
export interface ValuePlace {
  /** What an id takes the place of: what of a word stands before the place, and all of it where it is an id. */
  readonly span: TextSpan;
  /** The end of the word at the place. */
  readonly wordEnd: number;
  /** Whether an id, or an example of one, stands there: what it begins with says nothing of what is wanted. */
  readonly isWhole: boolean;
  /** The quote that is open at the place. */
  readonly openQuote: Quote | undefined;
  /** The open quote where nothing closes it on its line, and only the ends of brackets follow. */
  readonly closingQuote: Quote | undefined;
  /** The quotes that the language wants around a text here; undefined where it wants none, or some are open. */
  readonly missingQuote: Quote | undefined;
  /** A blank where the language wants one between the key and its value. */
  readonly missingBlank: '' | ' ';
  /** See `keysAround`. */
  readonly keys: readonly KeyAround[];
}

/** Where an id belongs: by the keys around it, or because one is being typed; or else the CDK's object of an image. */
export interface IdPlace extends ValuePlace {
  readonly because: 'key' | 'typed' | 'machineImage';
}

/** Of larger texts nothing is told: looking through them takes too long for a key press. */
const maxLength = 5_000_000;

/** Nobody writes ids by hand behind so much in one line. */
const maxColumn = 8_000;

/** The place at an offset if an image's id belongs there. It takes well below a millisecond. */
export function idPlaceAt(text: string, offset: number, outer: Language): IdPlace | undefined {
  if (text.length > maxLength) return undefined;
  const { start, text: line } = lineAt(text, offset);
  if (offset - start > maxColumn) return undefined;
  const language = languageAt(text, offset, outer);
  const typed = endOf(line.slice(0, offset - start), /[\p{L}\p{N}_.-]/u);
  if (/^ami-[0-9a-f]*$/i.test(typed)) return { ...valuePlaceAt(text, offset, language), because: 'typed' };
  if (language === 'markdown' || isInComment(text, offset, language)) return undefined;
  const place = valuePlaceAt(text, offset, language);
  if (place.keys.length === 0 || !isValue(text, place, language)) return undefined;
  if (place.openQuote === undefined && machineImageForm(place.keys, language, text)) {
    return { ...place, because: 'machineImage' };
  }
  return takesImageId({ text, offset: place.span.start, keys: place.keys }) ? { ...place, because: 'key' } : undefined;
}

export function valuePlaceAt(text: string, offset: number, language: Language): ValuePlace {
  const { start, text: line } = lineAt(text, offset);
  const before = line.slice(0, offset - start);
  const after = line.slice(offset - start);
  const quote = openQuoteIn(before, language);
  const word = endOf(quote === undefined ? before : before.slice(quote.at + 1), /[\w-]/).replace(/^-+/, '');
  const rest = /^[\w-]*/.exec(after)?.[0] ?? '';
  const wordEnd = offset + rest.length;
  // What is typed while the editor asks may stand behind the place already, and is not to be taken away.
  const hasWholeWord = isWholeId(word + rest);
  const span = { start: offset - word.length, end: hasWholeWord ? wordEnd : offset };
  const isOpen =
    quote !== undefined && !closes(after, quote.quote) && /^[\s,;)\]}]*$/.test(line.slice(wordEnd - start));
  const lead = line.slice(0, span.start - start);
  const variable = expanded(lead, language);
  return {
    span,
    wordEnd,
    isWhole: hasWholeWord || isWholeId(word),
    openQuote: quote?.quote,
    closingQuote: isOpen ? quote.quote : undefined,
    missingQuote: quote === undefined ? quoteOf(language, line) : undefined,
    missingBlank: quote === undefined && lacksBlank(lead, language) ? ' ' : '',
    keys:
      variable === undefined
        ? keysAround(text, quote === undefined ? span.start : start + quote.at, language)
        : [{ name: variable, labels: [], isCall: false }],
  };
}

function isPartOfId(word: string): boolean {
  return /^(?:a|am|ami|ami-[0-9a-z]*)$/i.test(word);
}

/** An id, or an example in the place of one: `ami-xxxxxxxx`. */
function isWholeId(word: string): boolean {
  return isImageId(word.toLowerCase()) || /^ami-x{4,}$/i.test(word);
}

/** YAML makes a value of nothing else; `terraform fmt` would add it. */
function lacksBlank(before: string, language: Language): boolean {
  return (language === 'yaml' && /(?:[^\s:]:|^\s*-)$/.test(before)) || (language === 'hcl' && /[^=!<>]=$/.test(before));
}

/** The variable whose default a place is: `${AMI:-…}` */
function expanded(before: string, language: Language): string | undefined {
  return language === 'shell' ? /\$\{(\w+):?[-=]$/.exec(before)?.[1] : undefined;
}

/** Whether nothing but the value stands there: no expression that a language server completes. */
function isValue(text: string, { span, wordEnd, openQuote, missingQuote }: ValuePlace, language: Language): boolean {
  const { start, end } = lineAt(text, span.start);
  const before = text.slice(start, span.start);
  const after = text.slice(isPartOfId(text.slice(span.start, wordEnd)) ? wordEnd : span.end, end);
  const word = text.slice(span.start, span.end);
  if (expanded(before, language) !== undefined) return true;
  if (openQuote !== undefined) return new RegExp(`${openQuote}\\s*$`).test(before) || isShellList(before, language);
  if (missingQuote !== undefined && word !== '' && !/^ami/i.test(word)) return false;
  // What a tag of CloudFormation takes is a name, but for the branches of a condition.
  if (language === 'yaml' && /!(?!If\b)\w+\s*(?:\[[^\]]*)?$/.test(before)) return false;
  return /(?:[=:>([,{]|-|\s|^)\s*$/.test(before) && /^\s*(?:$|[,;)\]}#`]|\/\/|\\)/.test(after);
}

function isShellList(before: string, language: Language): boolean {
  return language === 'shell' && /\s$/.test(before);
}
