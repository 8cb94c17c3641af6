import type { CodePlace, PlacedCode } from './codePlace.ts';
import { indentOf, type Line, lineAt, lineBelow, linesAbove, shifted } from './lines.ts';
import { type BlockPlace, placedBlock } from './placedBlock.ts';
import { referenceText, valueSpanAt } from './valueSpan.ts';

/** Tasks join the list that they are in: behind the task around the place, or before it where it takes their result. */
export function placedTasks(code: string, at: CodePlace): PlacedCode {
  const place = belowKey(belowMarker(at));
  const { text } = place;
  const play = playAround(place);
  if (play) {
    const newText = `\n${play.key}${shifted(code, ' '.repeat(play.indent))}`;
    return { code: { span: { start: play.end, end: play.end }, newText }, reference: undefined };
  }
  const value = valueSpanAt(place);
  const facts = Array.from(code.matchAll(/^ {4}(\w+_image_id):/gm), ([, name = '']) => name);
  const task = taskAround(place);
  if (task && value && facts.length > 0) {
    const references = facts.map((name) => `"{{ ${name} }}"`);
    return {
      code: { span: { start: task.start, end: task.start }, newText: `${shifted(code, ' '.repeat(task.indent))}\n\n` },
      reference: { span: value, newText: referenceText(references, place, value) },
      // Facts are those of the hosts of a play.
      scope: task.indent === 0 ? 0 : text.lastIndexOf('\n- ', task.start) + 1,
    };
  }
  const own = lineAt(text, place.span.end);
  if (task && (task.end > own.end || own.text.trim() !== '')) {
    return {
      code: { span: { start: task.end, end: task.end }, newText: `\n${shifted(code, ' '.repeat(task.indent))}` },
      reference: undefined,
    };
  }
  return { code: placedBlock(code, place, taskIndent(place)), reference: undefined };
}

/** In the line that begins a document, the place is that of what is below it. */
function belowMarker(place: CodePlace): CodePlace {
  const { text, span } = place;
  const own = lineAt(text, span.start);
  if (!marker.test(own.text)) return place;
  const start = lineBelow(text, span.start)?.start ?? own.end;
  return { ...place, span: { start, end: start } };
}

/** In the line of a list's key, the place is that below it. */
function belowKey(place: CodePlace): CodePlace {
  const { end, text: line } = lineAt(place.text, place.span.start);
  return keyOfTasks.test(line) ? { ...place, span: { start: end, end } } : place;
}

const marker = /^(?:---|\.\.\.|%)/;

interface Item {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
}

/** The task whose lines a place is among; undefined behind a task, and outside of lists of tasks. */
function taskAround(place: BlockPlace): Item | undefined {
  const { text, span } = place;
  const own = lineAt(text, span.start);
  const column = own.text.trim() === '' ? own.text.length : undefined;
  const indent = taskIndent({ ...place, span: { start: own.end, end: own.end } }, true);
  if (indent === undefined) return undefined;
  const isBeside = column !== undefined && !isDeeper(lineBelow(text, span.start), indent);
  if (isBeside) return undefined;
  for (const line of linesInclusive(text, span.start)) {
    const width = indentOf(line.text).length;
    if (width < indent) return undefined;
    if (width === indent && line.text.slice(width).startsWith('- ')) {
      return { start: line.start, end: endOfItem(text, line, indent), indent };
    }
  }
  return undefined;
}

function isDeeper(line: Line | undefined, indent: number): boolean {
  return line !== undefined && indentOf(line.text).length > indent;
}

function endOfItem(text: string, first: Line, indent: number): number {
  let { end } = first;
  for (let line = lineBelow(text, first.start); line && isDeeper(line, indent); line = lineBelow(text, line.start)) {
    end = line.end;
  }
  return end;
}

interface PlayEnd {
  /** Behind what the tasks follow. */
  readonly end: number;
  readonly indent: number;
  /** The line of the list's key, where the play has none. */
  readonly key: string;
}

/** The play around a place that is in none of its lists of tasks. */
function playAround(place: BlockPlace): PlayEnd | undefined {
  const { text, span } = place;
  if (taskIndent(place) !== 0) return undefined;
  for (const line of linesInclusive(text, span.start)) {
    if (!/^- /.test(line.text)) continue;
    const end = endOfItem(text, line, 0);
    const play = text.slice(line.start, end);
    if (!/^(?:- | {2})hosts\s*:/m.test(play)) return undefined;
    const key = /^(?:- | {2})tasks\s*:[ \t]*(?:#.*)?\r?$/m.exec(play);
    if (!key) return { end, indent: 4, key: '  tasks:\n' };
    const start = line.start + key.index;
    const indent = newListIndent(text, start, 2);
    return { end: endOfList(text, lineAt(text, start), indent), indent, key: '' };
  }
  return undefined;
}

function endOfList(text: string, key: Line, indent: number): number {
  let { end } = key;
  for (let line = lineBelow(text, key.start); line; line = lineBelow(text, line.start)) {
    const width = indentOf(line.text).length;
    if (width < indent || (width === indent && !line.text.slice(width).startsWith('- '))) break;
    end = line.end;
  }
  return end;
}

const keyOfTasks = /^(\s*(?:- )?)(?:tasks|pre_tasks|post_tasks|handlers|block|rescue|always)\s*:\s*(?:#.*)?$/;

/**
 * The columns before the tasks of the list that a place is in; undefined where it is in none.
 *
 * @param isAnywhere also where other keys stand between
 */
export function taskIndent({ text, span }: BlockPlace, isAnywhere = false): number | undefined {
  const { start, text: own } = lineAt(text, span.start);
  const before = own.slice(0, span.start - start);
  const column = !isAnywhere && before.trim() === '' && before !== '' ? before.length : undefined;
  let limit = column === undefined ? Number.POSITIVE_INFINITY : column + 1;
  let dash: number | undefined;
  for (const { text: line } of linesInclusive(text, span.start)) {
    if (marker.test(line)) break;
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
  if (!/^\s*(?:#|$)/.test(own.text)) yield own;
  yield* linesAbove(text, offset);
}

function newListIndent(text: string, offset: number, key: number): number {
  const below = lineBelow(text, offset)?.text ?? '';
  const indent = indentOf(below).length;
  return indent >= key && below.slice(indent).startsWith('- ') ? indent : key + 2;
}
