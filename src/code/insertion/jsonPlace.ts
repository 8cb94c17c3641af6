import { applyEdits, findNodeAtLocation, getLocation, type JSONPath, modify, parseTree } from 'jsonc-parser';
import type { CodeInJson, Json, JsonMember } from '../../core/snippets/codeInJson.ts';
import { visibleJson } from '../../core/snippets/quote.ts';
import type { CodePlace, PlacedCode } from './codePlace.ts';
import { type Insertion, placedBlock } from './placedBlock.ts';
import { valueSpanAt } from './valueSpan.ts';

/** Sections of CloudFormation and blocks of Terraform that refer to nothing. */
const hasFixedValues = new Set(['Parameters', 'Mappings', 'Metadata', 'variable', 'terraform', 'provider']);

/** Members of JSON with the commas that they need, in the indentation of the file, and what refers to them. */
export function placedJson(members: CodeInJson, place: CodePlace): PlacedCode {
  const { text, indentUnit } = place;
  const [section] = getLocation(text, place.span.start).path;
  const value = hasFixedValues.has(String(section)) ? undefined : valueSpanAt(place);
  const names = new Map<JsonMember, JSONPath>();
  const taken = new Set<string>();
  for (const member of members) names.set(member, freePath(member, place, taken));
  const references = members.flatMap((member) => {
    const written = member.reference?.(String(names.get(member)?.at(-1)));
    return written === undefined ? [] : [written];
  });
  const { cursor } = place;
  const own = cursor && references.length === cursor.count ? references[cursor.index] : references[0];
  const isFilled = value !== undefined && references.length > 0;
  const isList = references.length > 1 && references.length !== cursor?.count;
  const reference = isFilled ? { span: value, newText: value.lead + spaced(isList ? references : own) } : undefined;
  const filled = reference ? text.slice(0, value?.start) + reference.newText + text.slice(value?.end) : text;
  let changed = filled;
  const root = parseTree(changed);
  if (root && root.type !== 'object') return { code: placedBlock(wholeOf(members), place), reference: undefined };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /^[ \t]+(?=")/m.exec(text)?.[0] ?? indentUnit;
  const formattingOptions = { insertSpaces: !unit.startsWith('\t'), tabSize: unit.length, eol };
  if (!root) changed = `{}${eol}`;
  for (const [member, path] of names) {
    // A value that fills the place is not to be written a second time.
    if (isFilled && member.from !== undefined) continue;
    const to = inLists(changed, path, member.value);
    changed = applyEdits(changed, modify(changed, to.path, to.value, { formattingOptions }));
  }
  const code = changed === filled ? undefined : difference(filled, changed);
  const shift = filled.length - text.length;
  if (!reference || !code || code.span.end <= reference.span.start) return { code, reference, scope: 0 };
  return code.span.start >= reference.span.end + shift
    ? { code: { ...code, span: { start: code.span.start - shift, end: code.span.end - shift } }, reference, scope: 0 }
    : { code: difference(text, changed), reference: undefined };
}

/** Terraform takes lists of objects, too: what is new is one more of them. */
function inLists(text: string, path: JSONPath, value: Json): { readonly path: JSONPath; readonly value: Json } {
  const root = parseTree(text);
  const at = path.findIndex((key, length) => {
    const node = root && findNodeAtLocation(root, path.slice(0, length));
    return node?.type === 'array' && typeof key === 'string';
  });
  if (at < 0) return { path, value };
  const list = root && findNodeAtLocation(root, path.slice(0, at));
  const inner = path.slice(at).reduceRight<Json>((within, key) => ({ [key]: within }), value);
  return { path: [...path.slice(0, at), list?.children?.length ?? 0], value: inner };
}

/** `{ "Ref": "Image" }` */
function spaced(value: Json | undefined): string {
  return JSON.stringify(value, undefined, 1).replace(/\n\s*/g, ' ');
}

function wholeOf(members: CodeInJson): string {
  return members.reduce((text, { path, value }) => {
    const options = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' } };
    return applyEdits(text, modify(text, [...path], value, options));
  }, '{}\n');
}

function freePath(member: JsonMember, { text, span }: CodePlace, taken: Set<string>): JSONPath {
  if (member.from !== undefined) return [...objectAround(text, span.start, member.from), ...member.path];
  const root = parseTree(text);
  const outer = member.path.slice(0, -1);
  const name = member.path.at(-1) ?? '';
  const isTaken = (path: JSONPath) =>
    taken.has(JSON.stringify(path)) || (root !== undefined && findNodeAtLocation(root, path) !== undefined);
  let path = [...outer, name];
  for (let number = 2; isTaken(path); number += 1) path = [...outer, `${name}${number}`];
  taken.add(JSON.stringify(path));
  return path;
}

/** The path of the innermost object around an offset, or of the builder that it is in: else of the first one. */
function objectAround(text: string, offset: number, kind: 'object' | 'builders'): JSONPath {
  const root = parseTree(text);
  const { path } = getLocation(text, offset);
  if (kind === 'builders') {
    const [list = '', index = ''] = path;
    if (list === 'builders' && typeof index === 'number') return [list, index];
    return root && findNodeAtLocation(root, ['builders', 0]) ? ['builders', 0] : [];
  }
  for (let length = path.length - 1; length > 0; length -= 1) {
    const outer = path.slice(0, length);
    if (root && findNodeAtLocation(root, outer)?.type === 'object') return outer;
  }
  return [];
}

/** The one change that makes a text of another. */
function difference(before: string, after: string): Insertion {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { span: { start, end: before.length - same }, newText: visibleJson(after.slice(start, after.length - same)) };
}
