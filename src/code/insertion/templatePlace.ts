import { unique } from '../../core/snippets/identifier.ts';
import type { TextSpan } from '../textSpan.ts';
import type { CodePlace, PlacedCode } from './codePlace.ts';
import { indentOf, lineAt, lineBelow, linesAbove, startWithComments } from './lines.ts';
import { type Insertion, placedBlock } from './placedBlock.ts';
import { scalarAround } from './shellPlace.ts';
import { referenceText, valueSpanAt } from './valueSpan.ts';

/** Sections of a template stand at its top, once each: what is new joins the section that is there. */
export function placedSections(code: string, place: CodePlace): PlacedCode {
  const { text } = place;
  const section = /^(Parameters|Mappings):\n/m.exec(code);
  if (!section) return placedProperties(code, place);
  const [, title = ''] = section;
  const existing = sectionOf(text, title);
  const value = takesReference(place) ? valueSpanAt(place) : undefined;
  const isKnown =
    value !== undefined && existing !== undefined && flat(existing.text).includes(flat(code.replace(section[0], '')));
  const { written, names } = withFreeNames(code, isKnown ? '' : (existing?.text ?? ''));
  const references =
    title === 'Parameters'
      ? names.map((name) => `!Ref ${name}`)
      : Array.from(written.matchAll(/^# ImageId: (!FindInMap .*)$/gm), ([, found = '']) => found);
  const whole = () => (existing ? joined(written, section[0], existing, place) : newSection(written, place));
  return {
    code: isKnown ? undefined : whole(),
    reference:
      value && references.length > 0 ? { span: value, newText: referenceText(references, place, value) } : undefined,
    scope: 0,
  };
}

/** What stands in other sections must be fixed, and in a block of text a tag is text. */
function takesReference({ text, span }: CodePlace): boolean {
  if (scalarAround(text, span.start)?.isHeader === false) return false;
  const own = lineAt(text, span.start);
  const section = [own, ...linesAbove(text, span.start)].find(({ text: line }) => /^[\w'"]/.test(line))?.text ?? '';
  return !/^["']?(?:Parameters|Mappings|Metadata|Description|AWSTemplateFormatVersion|Transform)\b/.test(section);
}

function flat(text: string): string {
  return text
    .replace(/^\s*#.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `ImageId: …`, a line that is a property or, behind a key, its value alone. */
function placedProperties(code: string, place: CodePlace): PlacedCode {
  const value = valueSpanAt(place);
  const lines = code.trimEnd().split('\n');
  if (!value) return { code: placedBlock(code, place), reference: undefined };
  const values = lines.map((line) => line.replace(/^ImageId: /, ''));
  return { code: { span: value, newText: referenceText(values, place, value) }, reference: undefined };
}

interface Section {
  readonly start: number;
  /** Behind the last line that has something of it. */
  readonly end: number;
  readonly text: string;
  readonly indent: string;
  /** The braces of an empty one, with the blanks before them. */
  readonly braces: TextSpan | undefined;
}

function sectionOf(text: string, title: string): Section | undefined {
  const found = new RegExp(`^(["']?)${title}\\1:([ \\t]*\\{[ \\t]*\\})?[ \\t]*(?:#.*)?\\r?$`, 'm').exec(text);
  if (!found) return undefined;
  const start = found.index;
  let end = lineAt(text, start).end;
  for (let line = lineBelow(text, start); line && indentOf(line.text) !== ''; line = lineBelow(text, line.start)) {
    end = line.end;
  }
  const first = lineBelow(text, start);
  const indent = first && first.end <= end ? indentOf(first.text) : '  ';
  const from = start + found[0].indexOf(':') + 1;
  const braces = found[2] === undefined ? undefined : { start: from, end: from + found[2].length };
  return { start, end, text: text.slice(start, end), indent, braces };
}

function joined(written: string, title: string, section: Section, place: CodePlace): Insertion {
  const body = written.trimEnd().replace(title, '');
  const shift = section.indent.length - 2;
  const lines = body
    .split('\n')
    .map((line) =>
      line.startsWith('#') ? section.indent + line : shift > 0 ? ' '.repeat(shift) + line : line.slice(-shift),
    );
  if (section.braces) return { span: section.braces, newText: `\n${lines.join('\n')}` };
  const { text, span } = place;
  const own = lineAt(text, span.start);
  const below = lineBelow(text, span.start);
  const isBetween =
    own.text.trim() === '' &&
    span.start > section.start &&
    span.end <= section.end &&
    indentOf(below?.text ?? '').length <= section.indent.length;
  return isBetween
    ? { span: { start: own.start, end: own.end }, newText: lines.join('\n') }
    : { span: { start: section.end, end: section.end }, newText: `\n${lines.join('\n')}` };
}

/** Where the cursor is, if that is between sections, else before the one that it is in. */
function newSection(written: string, place: CodePlace): Insertion {
  const { text, span } = place;
  const own = lineAt(text, span.start);
  const below = lineBelow(text, span.start)?.text ?? '';
  if (own.text.trim() === '' && indentOf(below) === '') {
    return { span: { start: own.start, end: own.end }, newText: own.end === text.length ? written : written.trimEnd() };
  }
  const above = [...(own.text === '' ? [] : [own]), ...linesAbove(text, span.start)];
  const section = above.find(({ text: line }) => /^[\w'"]/.test(line));
  const isScalar = section !== undefined && !/:\s*(?:#.*)?$/.test(section.text) && section.start === own.start;
  const start = isScalar ? undefined : startWithComments(text, section?.start ?? 0);
  return start === undefined
    ? placedBlock(written, place)
    : { span: { start, end: start }, newText: `${written.trimEnd()}\n\n` };
}

/** A second entry of a name would be an error. */
function withFreeNames(
  code: string,
  existing: string,
): { readonly written: string; readonly names: readonly string[] } {
  const taken = new Set(Array.from(existing.matchAll(/^ +([\w-]+):/gm), ([, name = '']) => name));
  const names: string[] = [];
  const renamed = new Map<string, string>();
  const written = code.replace(/^ {2}(\w+):/gm, (_, name: string) => {
    const free = unique(taken, name, '');
    names.push(free);
    renamed.set(name, free);
    return `  ${free}:`;
  });
  return {
    written: written.replace(
      /^(# ImageId: !FindInMap \[)(\w+)/gm,
      (_, head: string, name: string) => head + (renamed.get(name) ?? name),
    ),
    names,
  };
}
