import type { TextSpan } from '../textSpan.ts';
import type { CodeNode, EntryNode, MapNode } from './codeTree.ts';
import { parseFlow } from './yamlFlow.ts';
import { lineEndAt, nextLine, plainNode, skipBlanks } from './yamlScalars.ts';

const section = /\[{1,2}\s*([^\]\r\n]+?)\s*\]{1,2}/y;
const setting = /([^=:#;[\]\r\n][^=:\r\n]*?)[ \t]*[=:][ \t]*/y;

/** INI files, Java properties and TOML: sections with `name = value` or `name: value`. */
export function parseIni(text: string): CodeNode {
  const top: EntryNode[] = [];
  let entries = top;
  let open: { readonly name: string; readonly span: TextSpan; readonly start: number } | undefined;
  const close = (end: number): void => {
    if (!open) return;
    const value: MapNode = { kind: 'map', span: { start: open.span.end, end }, entries };
    top.push({
      kind: 'entry',
      span: { start: open.start, end },
      key: open.name,
      keySpan: open.span,
      labels: [],
      value,
    });
  };
  for (let at = 0; at < text.length; ) {
    const start = skipBlanks(text, at);
    section.lastIndex = setting.lastIndex = start;
    const header = text[start] === '[' ? section.exec(text)?.[1] : undefined;
    const name = header === undefined ? setting.exec(text)?.[1] : undefined;
    if (header !== undefined) {
      close(start);
      const from = text.indexOf(header, start);
      open = { name: header.replace(/["']/g, ''), span: { start: from, end: from + header.length }, start };
      entries = [];
      at = nextLine(text, start);
    } else if (name === undefined) at = nextLine(text, start);
    else {
      const { value, end } = valueAt(text, setting.lastIndex);
      const keySpan = { start, end: start + name.length };
      entries.push({ kind: 'entry', span: { start, end }, key: name.replace(/["']/g, ''), keySpan, labels: [], value });
      at = nextLine(text, end);
    }
  }
  close(text.length);
  return { kind: 'map', span: { start: 0, end: text.length }, entries: top };
}

/** A line that begins another setting or section: the bracket above it is not closed. */
const endsValue = /^(?:\s*[\w."-]+\s*=|\[{1,2}\s*[A-Za-z][^\][\r\n,]*\]{1,2}[ \t]*(?:[#;\r\n]|$))/;

/** TOML has lists and maps in one value. */
function valueAt(text: string, start: number): { readonly value: CodeNode; readonly end: number } {
  const lineEnd = lineEndAt(text, start);
  const char = text[start];
  if (char === '[' || char === '{') {
    const { node, end } = parseFlow(text, start, undefined, (line) => !endsValue.test(text.slice(line, line + 200)));
    return { value: node, end: lineEndAt(text, end) };
  }
  const quoted = /^(["'])(.*?)\1/.exec(text.slice(start, lineEnd));
  if (quoted?.[2] !== undefined) {
    const inner = { start: start + 1, end: start + 1 + quoted[2].length };
    const span = { start, end: inner.end + 1 };
    return {
      value: { kind: 'text', span, value: quoted[2], inner, isTemplate: /\$\{|\{\{/.test(quoted[2]), tag: undefined },
      end: lineEnd,
    };
  }
  const written = text
    .slice(start, lineEnd)
    .replace(/\s+[#;].*$/, '')
    .trimEnd();
  return { value: plainNode(text, { start, end: start + written.length }, undefined), end: lineEnd };
}
