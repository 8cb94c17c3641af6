import type { TextEdit } from '../textEdit.ts';
import type { EntryNode, MapNode } from '../tree/codeTree.ts';
import { isBracketed, plainGap, writtenKey, writtenValue } from './writtenEntry.ts';

/** Written entries, and the entry that they follow; undefined for the beginning of the map. */
export interface NewEntries {
  readonly behind: EntryNode | undefined;
  readonly written: readonly string[];
}

/** Edits that put entries into a map that has some, on lines or in the line as those are. */
export function insertionsInto(text: string, map: MapNode, { behind, written }: NewEntries): readonly TextEdit[] {
  const [first] = map.entries;
  if (!first || written.length === 0) return [];
  const layout = layoutOf(text, map);
  if (!behind) {
    const { start } = writtenKey(text, first);
    const newText = written.map((entry) => entry + layout.comma + layout.gap).join('');
    return [{ span: { start, end: start }, newText }];
  }
  const { end } = writtenValue(text, behind);
  const rest = /^[ \t]*(,?)[ \t]*/.exec(text.slice(end, end + 200));
  const hasComma = rest?.[1] === ',';
  const isLast = behind === map.entries.at(-1);
  const commaBefore = hasComma || layout.comma === '' ? '' : layout.comma;
  // A last entry without a comma stays one.
  const commaBehind = isLast && !hasComma ? '' : layout.comma;
  const all = written.map((entry, index) => entry + (index === written.length - 1 ? commaBehind : layout.comma));
  const lineRest = layout.isOnLines ? lineRestOf(text, end) : undefined;
  const newText = all.map((entry) => layout.gap + entry).join('');
  if (lineRest === undefined) {
    const at = hasComma ? end + text.slice(end).indexOf(',') + 1 : end;
    return [{ span: { start: at, end: at }, newText: (hasComma ? '' : commaBefore) + newText }];
  }
  return [
    ...(commaBefore === '' ? [] : [{ span: { start: end, end }, newText: commaBefore }]),
    { span: { start: lineRest, end: lineRest }, newText },
  ];
}

interface Layout {
  /** Whether each entry begins a line. */
  readonly isOnLines: boolean;
  /** Before an entry: a line break with its indentation, or a blank. */
  readonly gap: string;
  readonly comma: string;
}

function layoutOf(text: string, map: MapNode): Layout {
  const bracketed = isBracketed(text, map);
  const last = map.entries.at(-1);
  const lastKey = last ? writtenKey(text, last) : map.span;
  const lineStart = text.lastIndexOf('\n', lastKey.start - 1) + 1;
  const before = text.slice(lineStart, lastKey.start);
  const isOnLines = !bracketed || /^[ \t]*$/.test(before);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = isOnLines ? `${lineBreak}${before.replace(/[^\t]/g, ' ')}` : blanksBetween(text, map);
  return { isOnLines, gap: indent, comma: bracketed && hasCommas(text, map, isOnLines) ? ',' : '' };
}

/** Before an entry in a line: as before the second one, or else as before the value of the first. */
function blanksBetween(text: string, { entries: [first, second] }: MapNode): string {
  if (!first) return ' ';
  const { start, end } = writtenValue(text, first);
  const between = second ? /,([ \t]*)$/.exec(text.slice(end, writtenKey(text, second).start))?.[1] : undefined;
  return between ?? (second || /\s/.test(text.slice(writtenKey(text, first).end, start)) ? ' ' : '');
}

/** In HCL alone lines are enough. */
function hasCommas(text: string, { entries }: MapNode, isOnLines: boolean): boolean {
  const [first] = entries;
  if (!first) return true;
  if (!isOnLines) return true;
  const { end } = writtenValue(text, first);
  const gap = plainGap(text.slice(end, end + 400));
  if (/^\s*,/.test(gap)) return true;
  if (entries.length > 1) return false;
  const key = writtenKey(text, first);
  return !text
    .slice(key.end, key.end + 200)
    .trimStart()
    .startsWith('=');
}

/** The end of the line, where a comment alone is left of it. */
function lineRestOf(text: string, end: number): number | undefined {
  const [rest = ''] = /^[^\r\n]*/.exec(text.slice(end)) ?? [];
  return /^[ \t]*,?[ \t]*(?:(?:#|\/\/).*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.test(rest) ? end + rest.length : undefined;
}
