import type { Language } from '../language.ts';
import type { TextSpan } from '../textSpan.ts';
import { indentOf, type Line, lineAt, lineBelow, linesAbove } from './lines.ts';

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
 * else as the lines around. Tasks of Ansible get the indentation of the list that they belong to.
 *
 * @param code lines indented by two spaces a level, with a line break at its end
 */
export function placedBlock(code: string, place: BlockPlace): Insertion {
  const { text, span } = place;
  const { start, text: line } = lineAt(text, span.start);
  const { end } = lineAt(text, span.end);
  const before = line.slice(0, span.start - start);
  const after = text.slice(span.end, end);
  const base = baseIndent(code, place, before, after);
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

function baseIndent(code: string, place: BlockPlace, before: string, after: string): string {
  const own = before.trim() === '' ? before : undefined;
  const isTasks = place.language === 'yaml' && /^(?:#.*\n)*- /.test(code);
  if (isTasks) {
    const tasks = taskIndent(place, own ? own.length : undefined);
    if (tasks !== undefined) return ' '.repeat(tasks);
  }
  if (own) return own;
  if (own === '' && after.trim() !== '') return indentOf(after);
  if (place.language === 'yaml') return own ?? (isTasks || isSection.test(code) ? '' : mapIndent(place));
  return place.language === 'markdown' ? (own ?? '') : bracketIndent(place);
}

/** Sections of a template stand at its top. */
const isSection = /^(?:#.*\n)*(?:Parameters|Mappings):/;

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
    /[{[(]\s*(?:(?:#|\/\/).*)?$/.test(closest.text) || (language === 'python' && /:\s*$/.test(closest.text));
  return opens ? indentOf(closest.text) + indentUnit : indentOf(closest.text);
}

const keyOfTasks = /^(\s*(?:- )?)(?:tasks|pre_tasks|post_tasks|handlers|block|rescue|always)\s*:\s*(?:#.*)?$/;

/**
 * The columns before the tasks of the list that a place is in; undefined where it is in none.
 *
 * @param column how far the cursor is, where it stands alone in its line
 */
function taskIndent({ text, span }: BlockPlace, column: number | undefined): number | undefined {
  let limit = column === undefined ? Number.POSITIVE_INFINITY : column + 1;
  let dash: number | undefined;
  for (const { text: line } of linesInclusive(text, span.start)) {
    const indent = indentOf(line).length;
    const isDash = /^- /.test(line.slice(indent));
    const key = keyOfTasks.exec(line)?.[1]?.length;
    if (key !== undefined && indent <= limit && (column === undefined || key <= column)) {
      return dash ?? (column !== undefined && column > indent ? column : newListIndent(text, span.start, key));
    }
    if (isDash ? indent < limit : indent <= limit) {
      dash = isDash ? indent : undefined;
      limit = indent;
    }
  }
  return dash;
}

function* linesInclusive(text: string, offset: number): Iterable<Line> {
  const own = lineAt(text, offset);
  if (own.text.trim() !== '') yield own;
  yield* linesAbove(text, offset);
}

function newListIndent(text: string, offset: number, key: number): number {
  const below = lineBelow(text, offset)?.text ?? '';
  const indent = indentOf(below).length;
  return indent >= key && below.slice(indent).startsWith('- ') ? indent : key + 2;
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
