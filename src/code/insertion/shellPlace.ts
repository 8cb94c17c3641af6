import type { CodePlace, PlacedCode } from './codePlace.ts';
import { indentOf, type Line, lineAt, lineBelow, linesAbove, shifted, startOfCommand } from './lines.ts';
import { type BlockPlace, placedBlock } from './placedBlock.ts';
import { openQuoteIn } from './quotes.ts';

/** Commands stand on lines of their own, or give a variable or an option its value; in YAML they are a block of text. */
export function placedCommands(code: string, place: CodePlace): PlacedCode {
  const { text, span } = place;
  if (place.language === 'yaml') {
    const block = scalarAround(text, span.start);
    if (block === undefined) return { code: inYaml(code, place), reference: undefined };
    const inner: CodePlace = { ...place, language: 'shell', indentUnit: '  ' };
    if (block.isHeader) {
      const { end } = lineAt(text, span.start);
      return { code: { span: { start: end, end }, newText: `\n${shifted(code, block.indent)}` }, reference: undefined };
    }
    const own = lineAt(text, span.start);
    // An empty line of the block has its indentation all the same.
    if (own.text.trim() === '' && own.text.length < block.indent.length) {
      return {
        code: { span: { start: own.start, end: own.end }, newText: shifted(code, block.indent) },
        reference: undefined,
      };
    }
    return inShell(code, inner);
  }
  return inShell(code, place);
}

function inShell(code: string, place: CodePlace): PlacedCode {
  const { text, span } = place;
  const { start, end, text: line } = lineAt(text, span.start);
  const before = line.slice(0, span.start - start);
  const after = text.slice(span.end, end);
  const commands = code.trimEnd().split('\n\n');
  const id = /ami-[0-9a-f]{8,17}$/i.exec(before + (/^[0-9a-z-]*/i.exec(after)?.[0] ?? ''))?.[0] ?? '';
  const rest = id === '' ? after : after.slice(/^[0-9a-z-]*/i.exec(after)?.[0].length ?? 0);
  const lead = id === '' ? before : (before + after).slice(0, (before + after).lastIndexOf(id));
  const assigned = /(?:^|[\s;(])\w+=(["']?)$|\s--[\w-]+(?:\s+|=)(["']?)$/.exec(lead);
  if (assigned && commands.length === 1) {
    const open = assigned[1] || assigned[2] || '';
    const closing = open !== '' && rest.startsWith(open) ? open.length : 0;
    const isWhole = /^\s*(?:$|[;)&|\\]|--?\w|#)/.test(rest.slice(closing));
    if (isWhole) {
      const from = start + lead.length - open.length;
      const to = start + line.length - rest.length + closing;
      const indent = indentOf(line);
      const inner = shifted(code.trimEnd(), `${indent}${place.indentUnit}`);
      return { code: { span: { start: from, end: to }, newText: `"$(\n${inner}\n${indent})"` }, reference: undefined };
    }
  }
  const isWithin = before.trim() !== '' && after.trim() !== '' && !/(?:\$\(|`)\s*$/.test(before);
  const isBefore = isWithin || assigned !== null || openQuoteIn(before, 'shell') !== undefined;
  const command = startOfCommand(text, span.start) ?? (isBefore ? start : undefined);
  if (command !== undefined) {
    return { code: placedBlock(code, { ...place, span: { start: command, end: command } }), reference: undefined };
  }
  return { code: placedBlock(code, place), reference: undefined };
}

export interface Scalar {
  /** Of its lines. */
  readonly indent: string;
  /** Whether the place is in the line of its key. */
  readonly isHeader: boolean;
}

const header = /^(\s*(?:- )*)(?:[\w.:'"-]+\s*:\s*(?:!\S+\s*)?)?[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;

/** The block of text in YAML that a place is in. */
export function scalarAround(text: string, offset: number): Scalar | undefined {
  const own = lineAt(text, offset);
  const ownHeader = header.exec(own.text);
  if (ownHeader) return { indent: ' '.repeat((ownHeader[1] ?? '').length + 2), isHeader: true };
  let limit = own.text.trim() === '' ? Number.POSITIVE_INFINITY : indentOf(own.text).length;
  let first = own.text.trim() === '' ? undefined : indentOf(own.text);
  for (const line of linesAbove(text, offset)) {
    const indent = indentOf(line.text);
    if (limit !== Number.POSITIVE_INFINITY && indent.length >= limit) {
      first = indent.length === limit ? indent : first;
      continue;
    }
    const [, lead] = header.exec(line.text) ?? [];
    if (lead !== undefined) return { indent: first ?? ' '.repeat(lead.length + 2), isHeader: false };
    if (limit !== Number.POSITIVE_INFINITY && indent === '') return undefined;
    first = indent;
    limit = indent.length;
    if (limit === 0) return undefined;
  }
  return undefined;
}

const stepsKey = /^([ \t]*(?:- )?)steps[ \t]*:[ \t]*\r?$/;
const commandsKey = /^([ \t]*(?:- )?)(?:script|before_script|after_script|commands|runcmd)[ \t]*:[ \t]*\r?$/;

/** A step of a workflow, an item of a list of commands, or the value of a key. */
function inYaml(code: string, place: CodePlace) {
  const { text, span } = place;
  const own = lineAt(text, span.start);
  const before = own.text.slice(0, span.start - own.start);
  const after = text.slice(span.end, own.end);
  if (
    /^\s*(?:- )*[\w.-]+:\s*$/.test(before) &&
    after.trim() === '' &&
    !stepsKey.test(before) &&
    !commandsKey.test(before)
  ) {
    const lead = /^\s*(?:- )*/.exec(before)?.[0].length ?? 0;
    const newText = ` |\n${shifted(code, ' '.repeat(lead + 2))}`;
    return { span: { start: own.start + before.trimEnd().length, end: own.end }, newText };
  }
  const list = listAround(place);
  if (list === undefined) return placedBlock(code, place);
  const item = `${list.indent}- ${list.key}|\n${shifted(code, `${list.indent}${' '.repeat(list.key === '' ? 2 : 4)}`)}`;
  const isFree = own.text.trim() === '' && list.end <= own.start;
  return isFree
    ? { span: { start: own.start, end: own.end }, newText: item }
    : { span: { start: list.end, end: list.end }, newText: `\n${item}` };
}

interface CommandList {
  readonly indent: string;
  readonly key: 'run: ' | '';
  /** Behind the item that the place is in, or behind the key of the list. */
  readonly end: number;
}

/** The list of steps or commands that a place is in, else the first one of the text. */
function listAround({ text, span }: BlockPlace): CommandList | undefined {
  const own = lineAt(text, span.start);
  const lines = own.text.trim() === '' ? linesAbove(text, span.start) : [own, ...linesAbove(text, span.start)];
  let limit = Number.POSITIVE_INFINITY;
  let item: Line | undefined;
  for (const line of lines) {
    const indent = indentOf(line.text).length;
    const found = stepsKey.exec(line.text) ?? commandsKey.exec(line.text);
    const column = found?.[1]?.length ?? 0;
    if (found && (item ? column <= indentOf(item.text).length : indent <= limit)) return listOf(text, line, item);
    if (/^\s*- /.test(line.text) && indent <= limit) {
      if (item === undefined || indent < indentOf(item.text).length) item = line;
    } else if (indent < limit && item && indent <= indentOf(item.text).length) {
      break;
    }
    limit = Math.min(limit, indent);
  }
  const first = [stepsKey, commandsKey].map((key) => new RegExp(key.source, 'm').exec(text)).find((found) => found);
  return first ? listOf(text, lineAt(text, first.index + first[0].length), undefined) : undefined;
}

function listOf(text: string, key: Line, item: Line | undefined): CommandList {
  const column = (stepsKey.exec(key.text) ?? commandsKey.exec(key.text))?.[1]?.length ?? 0;
  const below = lineBelow(text, key.start)?.text ?? '';
  const first = item?.text ?? (/^\s*- /.test(below) && indentOf(below).length >= column ? below : undefined);
  const indent = first === undefined ? ' '.repeat(column + 2) : indentOf(first);
  let end = item?.end ?? key.end;
  for (let line = item && lineBelow(text, item.start); line && indentOf(line.text).length > indent.length; ) {
    end = line.end;
    line = lineBelow(text, line.start);
  }
  return { indent, key: stepsKey.test(key.text) ? 'run: ' : '', end };
}
