import type { Language } from '../language.ts';
import type { TextSpan } from '../textSpan.ts';
import { type Quote, type ValuePlace, valuePlaceAt } from './idPlace.ts';
import { isImageKey } from './imageKeys.ts';
import { indentOf, lineAt, linesAbove } from './lines.ts';
import type { Insertion } from './placedBlock.ts';

export interface IdsPlace {
  readonly text: string;
  /** A cursor or a selection. */
  readonly span: TextSpan;
  readonly language: Language;
}

/**
 * Puts ids where a user wants them: in the quotes that the place lacks, in the place of an id that stands there, and
 * several as items where the place is in a list or behind an option, else a line each.
 */
export function placedIds(ids: readonly string[], place: IdsPlace): Insertion {
  const { text, span, language } = place;
  const value = valuePlaceAt(text, span.start, language);
  const replaced = span.start === span.end && isId(text.slice(value.span.start, value.span.end)) ? value.span : span;
  const own = lineAt(text, replaced.start);
  const before = own.text.slice(0, replaced.start - own.start);
  const after = text.slice(replaced.end, lineAt(text, replaced.end).end);
  if (language === 'yaml' && before.trim() === '' && after.trim() === '') {
    const indent = itemIndent(text, own.start, before);
    if (indent !== undefined) {
      return { span: { start: own.start, end: own.end }, newText: ids.map((id) => `${indent}- ${id}`).join('\n') };
    }
  }
  const quote = quoteFor(value, before, after);
  const written = ids.map((id) => `${quote}${id}${quote}`);
  return { span: replaced, newText: written.join(separator(value, { before, after, text, place, quote })) };
}

function isId(word: string): boolean {
  return /^ami-[0-9a-f]{8,17}$/i.test(word);
}

/** The quotes around an id that is a value by itself. */
function quoteFor({ missingQuote }: ValuePlace, before: string, after: string): Quote | '' {
  const isValue = /(?:[=:([,]\s*|^\s+)$/.test(before) && /^\s*(?:$|[,;)\]}]|#|\/\/)/.test(after);
  const isAssigned = /[=:([,]\s*$/.test(before);
  return missingQuote !== undefined && isValue && (isAssigned || /^\s*[,\]]/.test(after)) ? missingQuote : '';
}

interface SeparatedPlace {
  readonly before: string;
  readonly after: string;
  readonly text: string;
  readonly place: IdsPlace;
  readonly quote: string;
}

function separator({ openQuote, keys }: ValuePlace, { before, after, text, place, quote }: SeparatedPlace): string {
  const { language, span } = place;
  const open = openQuote ?? quote;
  const indent = indentOf(before);
  if (language === 'yaml' && /^\s*- ["']?$/.test(before)) return `${openQuote ?? ''}\n${indent}- ${openQuote ?? ''}`;
  if (language === 'shell' && keys[0]?.name.startsWith('-')) return `${openQuote ?? ''} ${openQuote ?? ''}`;
  if (isInList(text, span.start, language)) {
    const isOwnLine = /^\s*["'`]?$/.test(before) && /^["'`]?\s*,?\s*$/.test(after);
    const sign = language === 'shell' ? '' : ',';
    // What a quote that was missing encloses is whole.
    const quotes = openQuote === undefined ? '' : open;
    return `${quotes}${sign}${isOwnLine ? `\n${indent}` : ' '}${quotes}`;
  }
  return openQuote === undefined ? `\n${indent}` : ',';
}

/** Whether a place is among the items of brackets. */
function isInList(text: string, offset: number, language: Language): boolean {
  const { start, text: line } = lineAt(text, offset);
  const open = openBrackets(line.slice(0, offset - start));
  const last = open.at(-1);
  if (last !== undefined) return isListOpener(last, language);
  const limit = indentOf(line).length;
  for (const above of linesAbove(text, offset)) {
    if (indentOf(above.text).length < limit) {
      return isListOpener(openBrackets(above.text).at(-1) ?? '', language);
    }
  }
  return false;
}

function isListOpener(upTo: string, language: Language): boolean {
  if (upTo.endsWith('[')) return true;
  if (language === 'shell') return upTo.endsWith('=(');
  return /(?:\[\]\w+\{|(?:List|Set|Arrays)\.(?:of|asList)\(|new\s+(?:string)?\[\]\s*\{)$/.test(upTo);
}

/** For each bracket that is open at the end of a line's part: the part up to it. */
function openBrackets(part: string): readonly string[] {
  const open: string[] = [];
  for (const { 0: sign, index } of part.matchAll(/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[()[\]{}]/g)) {
    if ('([{'.includes(sign)) open.push(part.slice(0, index + 1));
    else if (')]}'.includes(sign)) open.pop();
  }
  return open;
}

/** The indentation of an item that stands alone in its line of YAML; undefined where no list of ids is around it. */
function itemIndent(text: string, offset: number, own: string): string | undefined {
  const [above] = linesAbove(text, offset);
  if (!above) return undefined;
  const item = /^(\s*)- ["']?ami-[\w-]*["']?\s*(?:#.*)?$/.exec(above.text)?.[1];
  if (item !== undefined) return item;
  const [, indent = '', name] = /^(\s*(?:- )?)["']?([\w.-]+)["']?:\s*(?:#.*)?$/.exec(above.text) ?? [];
  const isList = name !== undefined && /s$/i.test(name) && isImageKey(name);
  const column = indent.length;
  return isList ? ' '.repeat(own.length >= column && own.length > 0 ? own.length : column + 2) : undefined;
}
