import type { TextSpan } from '../textSpan.ts';

/** A line without its end. */
export interface ProseLine extends TextSpan {
  readonly text: string;
  /** Blanks before its first character. */
  readonly indent: number;
}

export type ProseBlock =
  | {
      readonly kind: 'code';
      readonly span: TextSpan;
      readonly info: string | undefined;
      readonly lines: readonly ProseLine[];
    }
  | { readonly kind: 'heading'; readonly span: TextSpan; readonly level: number; readonly lines: readonly ProseLine[] }
  | { readonly kind: 'text'; readonly span: TextSpan; readonly lines: readonly ProseLine[] };

const fence = /^\s*(?:[-*+]\s+|\d+[.)]\s+|>\s?)*(`{3,}|~{3,})\s*(?:\{?\.?([\w+#./-]+))?/;
const shortcode = /^\s*\{\{[<%]\s*(?:highlight|code-block|chroma)\s+"?([\w+#-]+)"?.*[>%]\}\}/;
const directive = /^\s*\.\.\s+(?:code-block|code|sourcecode|parsed-literal|literalinclude)::\s*([\w+#-]*)/;
const asciidocSource = /^\[(?:source|listing|subs|,)?[^\]]*?(?:source)?,\s*"?([\w+#-]+)"?[^\]]*\]\s*$/;
const preformatted = /^\s*<pre\b[^>]*>/i;
const hashHeading = /^\s{0,3}(#{1,6}|={1,6})\s+\S/;
const underline = /^\s{0,3}(?:={3,}|-{3,}|~{3,}|\^{3,}|"{3,}|\*{3,}|\+{3,})\s*$/;
const underlines = '=-~^"*+';

/** The lines of a text; `\r\n`, `\n` and `\r` end them. */
export function linesOf(text: string): readonly ProseLine[] {
  const lines: ProseLine[] = [];
  const end = /\r\n|[\r\n]|$/g;
  for (let start = 0; start <= text.length; ) {
    end.lastIndex = start;
    const found = end.exec(text);
    const at = found?.index ?? text.length;
    const line = text.slice(start, at);
    lines.push({ start, end: at, text: line, indent: line.length - line.trimStart().length });
    if (!found || found[0] === '') break;
    start = at + found[0].length;
  }
  return lines;
}

/** Markdown, reStructuredText and AsciiDoc as headings, code and, divided by empty lines, text. */
export function proseBlocks(text: string): readonly ProseBlock[] {
  const lines = linesOf(text);
  const blocks: ProseBlock[] = [];
  let paragraph: ProseLine[] = [];
  const close = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'text', span: spanOf(paragraph), lines: paragraph });
    paragraph = [];
  };
  const code = (inner: readonly ProseLine[], info: string | undefined) => {
    close();
    if (inner.length > 0) blocks.push({ kind: 'code', span: spanOf(inner), info, lines: inner });
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (!line) break;
    const fenced = fencedBlock(lines, index) ?? directiveBlock(lines, index);
    if (fenced) {
      code(fenced.inner, fenced.info);
      index = fenced.last;
      continue;
    }
    const literal = indentedBlock(lines, index, paragraph.at(-1));
    if (literal) {
      code(literal.inner, undefined);
      index = literal.last;
      continue;
    }
    const [, marks] = hashHeading.exec(line.text) ?? [];
    if (marks !== undefined) {
      close();
      blocks.push({ kind: 'heading', span: line, level: marks.length, lines: [line] });
    } else if (
      underline.test(line.text) &&
      paragraph.length > 0 &&
      paragraph.length <= 2 &&
      !/\|/.test(paragraph[0]?.text ?? '')
    ) {
      const level = 1 + underlines.indexOf(line.text.trim().charAt(0));
      blocks.push({ kind: 'heading', span: spanOf(paragraph), level, lines: paragraph });
      paragraph = [];
    } else if (line.text.trim() === '') close();
    else paragraph.push(line);
  }
  close();
  return blocks;
}

function spanOf(lines: readonly ProseLine[]): TextSpan {
  return { start: lines[0]?.start ?? 0, end: lines.at(-1)?.end ?? 0 };
}

interface CodeLines {
  readonly inner: readonly ProseLine[];
  readonly info: string | undefined;
  /** The index of the last line that belongs to it. */
  readonly last: number;
}

function until(
  lines: readonly ProseLine[],
  index: number,
  isEnd: (line: ProseLine) => boolean,
  info: string | undefined,
): CodeLines {
  let last = index + 1;
  while (last < lines.length && !isEnd(lines[last] as ProseLine)) last += 1;
  return { inner: lines.slice(index + 1, last), info, last };
}

/** A block that its own last line ends; one that is not ended goes to the end of the text. */
function fencedBlock(lines: readonly ProseLine[], index: number): CodeLines | undefined {
  const line = lines[index];
  if (!line) return undefined;
  const [, marks, info] = fence.exec(line.text) ?? [];
  if (marks !== undefined) {
    // Code in one line: ```aws ec2 …```
    if (line.text.indexOf(marks, line.text.indexOf(marks) + marks.length) !== -1) return undefined;
    return until(
      lines,
      index,
      ({ text }) =>
        text
          .trim()
          .replace(/^(?:>\s?)+/, '')
          .startsWith(marks) && /^[>\s]*[`~]+\s*$/.test(text),
      info,
    );
  }
  const [, highlighted] = shortcode.exec(line.text) ?? [];
  if (highlighted !== undefined) return until(lines, index, ({ text }) => /\{\{[<%]\s*\/\s*\w/.test(text), highlighted);
  if (preformatted.test(line.text) && !/<\/pre>/i.test(line.text)) {
    return until(lines, index, ({ text }) => /<\/pre>/i.test(text), undefined);
  }
  const [, source] = asciidocSource.exec(line.text) ?? [];
  const delimiter = lines[index + 1];
  if (source !== undefined && delimiter && /^(?:-{4,}|\.{4,})\s*$/.test(delimiter.text)) {
    return until(lines, index + 1, ({ text }) => text.trimEnd() === delimiter.text.trimEnd(), source);
  }
  const before = lines[index - 1]?.text.trim() ?? '';
  const isListing =
    /^(?:-{4,}|\.{4,})\s*$/.test(line.text) &&
    before === '' &&
    lines.slice(index + 1).some(({ text }) => text === line.text);
  return isListing && /^\s*\S/.test(lines[index + 1]?.text ?? '')
    ? until(lines, index, ({ text }) => text.trimEnd() === line.text.trimEnd(), undefined)
    : undefined;
}

/** `.. code-block:: yaml` of reStructuredText with the lines indented below it. */
function directiveBlock(lines: readonly ProseLine[], index: number): CodeLines | undefined {
  const line = lines[index];
  const [, info] = line ? (directive.exec(line.text) ?? []) : [];
  return line && info !== undefined ? indentedBelow(lines, index, line.indent, info) : undefined;
}

/** Lines indented below one that ends in `::`, or by four blanks below an empty line. */
function indentedBlock(
  lines: readonly ProseLine[],
  index: number,
  above: ProseLine | undefined,
): CodeLines | undefined {
  const line = lines[index];
  if (!line) return undefined;
  if (/::\s*$/.test(line.text) && !/^\s*\.\.\s/.test(line.text) && lines[index + 1]?.text.trim() === '') {
    const block = indentedBelow(lines, index, line.indent, undefined);
    return block && block.inner.length > 0 ? { ...block, inner: [line, ...block.inner].slice(1) } : undefined;
  }
  if (above || line.text.trim() === '' || !/^(?: {4}|\t)/.test(line.text)) return undefined;
  // Within a list this may be a paragraph: it is code where it looks like a command or a block.
  const block = indentedBelow(lines, index - 1, 3, undefined);
  const isList = /^\s*(?:[-*+]|\d+[.)])\s/.test(line.text);
  return block && !isList ? block : undefined;
}

function indentedBelow(
  lines: readonly ProseLine[],
  index: number,
  indent: number,
  info: string | undefined,
): CodeLines {
  let last = index + 1;
  while (last < lines.length) {
    const line = lines[last];
    if (!line || (line.text.trim() !== '' && line.indent <= indent && !/^\t/.test(line.text))) break;
    last += 1;
  }
  while (last > index + 1 && lines[last - 1]?.text.trim() === '') last -= 1;
  const inner = lines.slice(index + 1, last);
  const first = inner.findIndex(({ text }) => text.trim() !== '' && !/^\s*:\w+:/.test(text));
  return { inner: first === -1 ? [] : inner.slice(first), info: info === '' ? undefined : info, last: last - 1 };
}
