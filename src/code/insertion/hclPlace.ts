import { unique } from '../../core/snippets/identifier.ts';
import type { EntryNode } from '../tree/codeTree.ts';
import { hclTree } from '../tree/hclTree.ts';
import type { CodePlace, PlacedCode } from './codePlace.ts';
import { lineAt, startWithComments } from './lines.ts';
import { placedBlock } from './placedBlock.ts';
import { referenceText, valueSpanAt } from './valueSpan.ts';

/** Blocks of the top level, whose values must be fixed. */
const hasFixedValues = new Set(['variable', 'terraform', 'provider', 'packer']);

const attributes: Readonly<Record<string, string>> = {
  aws_ami: 'id',
  aws_ssm_parameter: 'insecure_value',
  'amazon-parameterstore': 'value',
};

/** Blocks of Terraform and Packer stand at the top; Packer's filter stands in its source. */
export function placedStatements(code: string, tool: string, place: CodePlace): PlacedCode {
  const { text, span } = place;
  const around = entryAround(hclTree(text).entries, span.start, text);
  if (tool === 'Packer' && /^source_ami/m.test(code)) return placedFilter(code, around, place);
  if (!around) return { code: placedBlock(withFreeNames(code, text), beforeComment(place)), reference: undefined };
  const known = flat(text).includes(flat(code));
  const written = known ? code : withFreeNames(code, text);
  const isFixed = hasFixedValues.has(around.key) || isInHeredoc(text.slice(around.span.start, span.start));
  const value = isFixed ? undefined : valueSpanAt(place);
  const references = referencesTo(written);
  const start = startWithComments(text, around.span.start);
  return {
    code: known && value ? undefined : { span: { start, end: start }, newText: `${written.trimEnd()}\n\n` },
    reference:
      value && references.length > 0 ? { span: value, newText: referenceText(references, place, value) } : undefined,
    scope: 0,
  };
}

/** What stands in it is text. */
function isInHeredoc(before: string): boolean {
  const open = Array.from(before.matchAll(/<<[-~]?(\w+)[ \t]*\r?\n/g)).at(-1);
  return open !== undefined && !new RegExp(`^\\s*${open[1]}\\s*$`, 'm').test(before.slice(open.index + open[0].length));
}

/** In the middle of a comment, the place is that above it. */
function beforeComment(place: CodePlace): CodePlace {
  const { text, span } = place;
  const own = lineAt(text, span.start);
  if (span.start >= own.end || span.start === own.start || !/^\s*(?:#|\/\/)/.test(own.text)) return place;
  const start = startWithComments(text, span.start);
  return { ...place, span: { start, end: start } };
}

/** A block at the end of a text may not be closed so far. */
function entryAround(entries: readonly EntryNode[], offset: number, text: string): EntryNode | undefined {
  return entries.find(({ span, value }) => {
    const isOpen = value.kind === 'map' && text.trimEnd().length <= span.end && text.charAt(span.end - 1) !== '}';
    return span.start < offset && (offset < span.end || isOpen);
  });
}

/** It takes the place of what it replaces, else stands before the attribute or the block of the source around it. */
function placedFilter(code: string, source: EntryNode | undefined, place: CodePlace): PlacedCode {
  const { text, span } = place;
  const inner = source?.value.kind === 'map' ? entryAround(source.value.entries, span.start + 0.5, text) : undefined;
  if (!inner) return { code: placedBlock(code, place), reference: undefined };
  const replaces =
    /^source_ami(?:_filter)?$/.test(inner.key) || (valueSpanAt(place) !== undefined && inner.key === 'source_ami');
  const start = replaces ? inner.span.start : startWithComments(text, inner.span.start);
  const at = replaces ? { start, end: inner.span.end } : { start, end: start };
  return { code: placedBlock(code, { ...place, span: at }), reference: undefined };
}

function referencesTo(code: string): readonly string[] {
  const data = Array.from(code.matchAll(/^data "([\w-]+)" "(\w+)"/gm), ([, type = '', name = '']) => ({
    text: `data.${type}.${name}.${attributes[type] ?? 'id'}`,
  }));
  const locals = Array.from(code.matchAll(/^locals \{\n\s+(\w+) =/gm), ([, name = '']) => ({ text: `local.${name}` }));
  return [...data, ...locals].map(({ text }) => text);
}

/** A second block of a name would be an error. What is a text of the code stays as it is. */
function withFreeNames(code: string, text: string): string {
  const taken = new Set(Array.from(text.matchAll(definition), ([, head = '', name = '']) => `${head}${name}`));
  return code
    .split(/(?<=\n\n)/)
    .map((block) => {
      const [, head, name] = new RegExp(definition.source, 'm').exec(block) ?? [];
      if (head === undefined || name === undefined) return block;
      const free = unique(taken, `${head}${name}`, '_').slice(head.length);
      return block.replace(`${head}${name}`, `${head}${free}`).replace(/(^# \w+ = data\.[\w-]+\.)\w+/m, `$1${free}`);
    })
    .join('');
}

const definition = /^(data "[\w-]+" "|variable "|locals \{\n\s+)([\w-]+)/gm;

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
