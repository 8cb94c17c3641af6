import type { Language } from '../language.ts';
import type { TextSpan } from '../textSpan.ts';
import { indentOf, lineAt, linesAbove } from './lines.ts';

export interface BlockPlace {
  readonly text: string;
  /** What the code takes the place of: a cursor or a selection. */
  readonly span: TextSpan;
  readonly language: Language;
  /** How the editor indents by one level: a tab or spaces. */
  readonly indentUnit: string;
}

export interface Insertion {
  readonly span: TextSpan;
  readonly newText: string;
}

/**
 * Puts code on lines of its own, indented for its place: as far as the cursor is where nothing else stands before it,
 * else as the lines around.
 *
 * @param code lines indented by two spaces a level, with a line break at its end
 * @param columns how far it is indented; undefined where that is up to the place
 */
export function placedBlock(code: string, at: BlockPlace, columns?: number): Insertion {
  const place = behindIndentation(at);
  const { text, span } = place;
  const { start, text: line } = lineAt(text, span.start);
  const { end } = lineAt(text, span.end);
  const before = line.slice(0, span.start - start);
  const after = text.slice(span.end, end);
  const base = columns === undefined ? baseIndent(place, before, after) : ' '.repeat(columns);
  const block = indented(code.trimEnd(), base, place);
  if (before.trim() !== '') {
    // In the middle of a line the code begins there; a value of one line also at its end.
    if (after.trim() !== '' || (/[:=] +$/.test(before) && !block.includes('\n')))
      return { span, newText: indented(code.trimEnd(), indentOf(line), place).trimStart() };
    return { span: { start: start + before.trimEnd().length, end }, newText: `\n${block}` };
  }
  if (after.trim() === '') return { span: { start, end }, newText: end === text.length ? `${block}\n` : block };
  return { span: { start, end: span.end }, newText: `${block}\n${before}` };
}

/** Among the blanks before what stands in a line, the place is that behind them. */
function behindIndentation(place: BlockPlace): BlockPlace {
  const { text, span } = place;
  const { start, text: line } = lineAt(text, span.start);
  const first = start + indentOf(line).length;
  if (span.start !== span.end || line.trim() === '' || span.start >= first) return place;
  return { ...place, span: { start: first, end: first } };
}

function baseIndent(place: BlockPlace, before: string, after: string): string {
  const own = before.trim() === '' ? before : undefined;
  if (own) return own;
  if (own === '' && after.trim() !== '') return indentOf(after);
  if (place.language === 'yaml') return own ?? mapIndent(place);
  return place.language === 'markdown' ? (own ?? '') : bracketIndent(place);
}

/** Of a line below the place's: deeper where that ends with a key. */
function mapIndent({ text, span }: BlockPlace): string {
  const { text: line } = lineAt(text, span.start);
  return indentOf(line) + (/:\s*$/.test(line) ? '  ' : '');
}

/** Of a line of its own among lines with brackets around them. */
function bracketIndent({ text, span, language, indentUnit }: BlockPlace): string {
  const above = lineAt(text, span.start);
  const [closest] = above.text.trim() === '' ? linesAbove(text, span.start) : [above];
  if (!closest) return '';
  const opens =
    /[{[(]\s*(?:(?:#|\/\/).*)?$/.test(closest.text) ||
    (language === 'python' && /:\s*$/.test(closest.text)) ||
    (language === 'shell' && /\b(?:then|do|else)\s*$/.test(closest.text));
  return opens ? indentOf(closest.text) + indentUnit : indentOf(closest.text);
}

/** Scripts take the editor's indentation. YAML and HCL have two spaces by their formatters, and so has code in prose. */
function indented(code: string, base: string, { language, indentUnit }: BlockPlace): string {
  const isScript = language === 'script' || language === 'python' || language === 'shell';
  const keeps = !isScript && !(language === 'hcl' && indentUnit === '\t');
  return code
    .split('\n')
    .map((line) => {
      if (line === '') return line;
      const own = indentOf(line);
      const levels = keeps ? own : indentUnit.repeat(own.length >> 1) + ' '.repeat(own.length % 2);
      return base + levels + line.slice(own.length);
    })
    .join('\n');
}
