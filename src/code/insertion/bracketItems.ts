import type { Language } from '../language.ts';
import type { TextSpan } from '../textSpan.ts';
import { indentOf, lineAt, linesAbove } from './lines.ts';
import type { Insertion } from './placedBlock.ts';
import { openQuoteIn, quoteOf } from './quotes.ts';

/** A list in brackets. */
export interface BracketList {
  /** What divides the items in a line. */
  readonly separator: ', ' | ' ';
  /** The indentation of the line in which the list begins. */
  readonly indent: string;
  /** Whether its items have quotes by the language. */
  readonly isQuoted: boolean;
  /** Go wants a comma behind the last item of several lines. */
  readonly endsWithComma: boolean;
}

/** The list in brackets among whose items a place is; by its line, else by the lines above that are indented less. */
export function bracketListAt(text: string, offset: number, language: Language): BracketList | undefined {
  const { start, text: line } = lineAt(text, offset);
  const last = openBrackets(line.slice(0, offset - start)).at(-1);
  return last === undefined ? listAbove(text, offset, language) : listOf(last, language);
}

function listAbove(text: string, offset: number, language: Language): BracketList | undefined {
  let closed = 0;
  const own = lineAt(text, offset);
  const limit = own.text.trim() === '' ? undefined : indentOf(own.text).length;
  for (const above of linesAbove(text, offset)) {
    const indent = indentOf(above.text).length;
    if (limit !== undefined && indent >= limit && indent > 0) continue;
    const code = withoutComment(above.text, language);
    const open = openBrackets(code);
    const last = open.at(-1 - closed);
    if (last !== undefined) return listOf(last, language);
    closed += closedBrackets(code) - open.length;
    if (closed < 0 || (indent === 0 && /^[\w"'@]/.test(above.text) && !/,\s*$/.test(above.text))) return undefined;
  }
  return undefined;
}

function listOf(upTo: string, language: Language): BracketList | undefined {
  const isWords = /%[wi]\[$/i.test(upTo);
  const isGo = /\[\]\w+\{$/.test(upTo);
  const list = {
    separator: isWords || language === 'shell' ? ' ' : ', ',
    indent: indentOf(upTo),
    isQuoted: !isWords && language !== 'shell' && language !== 'yaml' && language !== 'markdown',
    endsWithComma: isGo,
  } as const;
  if (language === 'shell') return upTo.endsWith('=(') ? list : undefined;
  if (upTo.endsWith('[')) return /[\w)\]]\[$/.test(upTo) && !isWords && language !== 'other' ? undefined : list;
  if (language === 'python')
    return /(?:[=(,:]|\bin|\breturn)\s*\{$|(?:=|\bin|\breturn)\s*\($/.test(upTo) ? list : undefined;
  return isGo || listCall.test(upTo) ? list : undefined;
}

const listCall =
  /(?:(?:List|Set|Arrays|Seq|Vector)\.(?:of|asList)\(|\b(?:mutable)?(?:list|set|array)(?:Of)?\(|\b(?:List|Set|Seq|Vector|Array)\(|new\s+(?:string)?\[\]\s*\{|\b(?:List|HashSet)<\w+>(?:\(\))?\s*\{|vec!\[)$/i;

/** For each bracket that is open at the end of a line's part: the part up to it. */
export function openBrackets(part: string): readonly string[] {
  return brackets(part).open;
}

function closedBrackets(part: string): number {
  return brackets(part).closed;
}

function brackets(part: string): { readonly open: readonly string[]; readonly closed: number } {
  const open: string[] = [];
  let closed = 0;
  for (const { 0: sign, index } of part.matchAll(/"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|[()[\]{}]/g)) {
    if ('([{'.includes(sign)) open.push(part.slice(0, index + 1));
    else if (')]}'.includes(sign) && open.pop() === undefined) closed += 1;
  }
  return { open, closed };
}

interface ItemsPlace {
  readonly text: string;
  readonly span: TextSpan;
  readonly language: Language;
}

/** Whether an item can stand at a place: behind a key or an operator, its value does. */
export function beginsItem(text: string, offset: number, language: Language): boolean {
  const code = text.slice(0, endOfCode(text, offset, language)).slice(-40);
  return /[[({,"'`\w)\]}]$/.test(code) && !/\b(?:in|if|else|and|or|not)$/.test(code);
}

/** Puts ids among the items of a list, with what divides them from those beside them. */
export function bracketItems(ids: readonly string[], list: BracketList, place: ItemsPlace): Insertion {
  const { text, span, language } = place;
  const { start, text: line } = lineAt(text, span.start);
  const { end } = lineAt(text, span.end);
  const before = line.slice(0, span.start - start);
  const after = text.slice(span.end, end);
  const codeEnd = endOfCode(text, span.start, language);
  const previous = text.charAt(codeEnd - 1);
  const next = firstSign(text, span.end, language);
  const quote = quoteBeside(text.slice(0, codeEnd), next) ?? (list.isQuoted ? (quoteOf(language, line) ?? '"') : '');
  const written = ids.map((id) => `${quote}${id}${quote}`);
  const comma = list.separator.trim();
  const hasItemBefore = previous !== '' && !'[({,'.includes(previous);
  const hasItemBehind = next !== '' && !'])},'.includes(next);
  // A list of several lines gets a line for each.
  const isEmptyLine = before.trim() === '' && after.trim() === '';
  const isLineEnd = after.trim() === '' && !/[[({]\s*$/.test(before) && line.trim() !== '' && isAlone(before);
  const isLineStart = before.trim() === '' && after.trim() !== '' && !/^\s*[,)\]}]/.test(after);
  if (isEmptyLine || isLineEnd || isLineStart) {
    const indent = isLineEnd ? indentOf(line) : indentFor(place, list, before, isLineStart ? after : '');
    const isLast = !hasItemBehind && next !== ',';
    const ends =
      hasItemBehind || (isLast && (list.endsWithComma || (previous === ',' && allowsTrailing.has(language))));
    const lines = written.join(`${comma}\n${indent}`) + (ends ? comma : '');
    const lead = hasItemBefore ? comma : '';
    if (isLineEnd)
      return { span: { start: start + before.trimEnd().length, end }, newText: `${lead}\n${indent}${lines}` };
    if (isLineStart) return { span, newText: `${indent.slice(before.length)}${lines}\n${before || indent}` };
    if (lead !== '') return afterItem(text, { start: codeEnd, end }, lead, start, `${indent}${lines}`);
    return { span: { start, end }, newText: `${indent}${lines}` };
  }
  const isBlankBefore = /\s$/.test(before);
  const lead = hasItemBefore
    ? comma === '' && isBlankBefore
      ? ''
      : `${comma} `
    : comma !== '' && /,$/.test(before)
      ? ' '
      : '';
  const behind = hasItemBehind ? `${comma}${/^\s/.test(after) ? '' : ' '}` : '';
  return { span, newText: `${lead}${written.join(list.separator)}${behind}` };
}

const allowsTrailing: ReadonlySet<Language> = new Set<Language>(['hcl', 'script', 'python', 'yaml', 'ini']);

/** Whether a line has nothing of a list but one item. */
function isAlone(before: string): boolean {
  return /^\s*(?:"[^"]*"|'[^']*'|[\w.-]+)\s*,?\s*$/.test(before);
}

/** The item above lacks the comma behind it: what stands between is a part of what is replaced. */
function afterItem(text: string, span: TextSpan, comma: string, lineStart: number, lines: string): Insertion {
  return { span, newText: `${comma}${text.slice(span.start, lineStart)}${lines}` };
}

/** So many lines of comments stand between two items. */
const maxLines = 200;

/** Where what stands before a place ends, without blanks and comments. */
function endOfCode(text: string, offset: number, language: Language): number {
  let end = offset;
  for (let count = 0; count < maxLines; count += 1) {
    const { start } = lineAt(text, end);
    const code = withoutComment(text.slice(start, end), language).trimEnd();
    if (code !== '' || start === 0) return start + code.length;
    end = start - 1;
  }
  return end;
}

/** What stands first behind a place, but for blanks and comments. */
export function firstSign(text: string, offset: number, language: Language): string {
  let start = offset;
  for (let count = 0; start <= text.length && count < maxLines; count += 1) {
    const { end } = lineAt(text, start);
    const code = withoutComment(text.slice(start, end), language).trimStart();
    if (code !== '') return code.charAt(0);
    const next = text.indexOf('\n', end);
    if (next < 0) return '';
    start = next + 1;
  }
  return '';
}

function withoutComment(line: string, language: Language): string {
  if (language === 'json' && !line.includes('//')) return line;
  const signs = language === 'script' || language === 'json' ? /(?:^|\s)\/\//g : /(?:^|\s)(?:#|\/\/)/g;
  for (const { index } of line.matchAll(signs)) {
    if (!openQuoteIn(line.slice(0, index), language)) return line.slice(0, index);
  }
  return line;
}

function quoteBeside(before: string, next: string): string | undefined {
  return /["'](?=\s*,?\s*$)/.exec(before.slice(-10_000))?.[0] ?? /^["']/.exec(next)?.[0];
}

function indentFor({ text, span }: ItemsPlace, list: BracketList, before: string, after: string): string {
  if (before !== '') return before;
  if (after !== '') return indentOf(after);
  const [above] = linesAbove(text, span.start);
  const isItem = above !== undefined && !/[[({]\s*$/.test(above.text);
  return isItem ? indentOf(above.text) : `${list.indent}${list.indent.includes('\t') ? '\t' : '  '}`;
}
