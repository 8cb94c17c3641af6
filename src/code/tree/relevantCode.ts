import { mention } from '../mentions.ts';

/** What lets a block of code matter to references, also to those elsewhere in the file. */
const matters = new RegExp(
  [
    mention.source,
    'image|ami(?![cl])|ec2|boto|region|endpoint|zone|\\benv\\b|owner|filter(?!\\()|\\bglobal\\b|\\d{12}',
    '\\b(?:us|eu|ap|ca|sa|me|af|il|cn|mx)[-_][a-z]+[-_]?\\d',
    '\\b(?:this|self|cls)\\.\\w+(?:\\[[^\\]\\n]{0,200}\\])?\\s*(?::[^=\\n]{1,200})?=(?!=)',
  ].join('|'),
  'gi',
);

/** How a language marks a block. In both, lines within it are indented farther than the one that begins it. */
export type BlockMark = 'braces' | 'colon';

/**
 * A program with blanks in place of the blocks that cannot matter to its references, of the same length: parsers read
 * blanks some ten times as fast. Blocks are told by their indentation, as formatters write it; what is not told stays.
 */
export function relevantCode(text: string, mark: BlockMark): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of otherBlocks(text, mark)) {
    // Of a last line without a break, Python takes the blanks for an indentation.
    parts.push(text.slice(from, start), ' '.repeat(end - start - 1), text.endsWith('\n', end) ? '\n' : ' ');
    from = end;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

/** Those that do not matter, in their order. Of what matters all stays, but for other methods of a class. */
function otherBlocks(text: string, mark: BlockMark): readonly Span[] {
  const mattering = Array.from(text.matchAll(matters), ({ index }) => index);
  const quotes = Array.from(text.matchAll(textQuote[mark]), ({ index }) => index);
  const found: Span[] = [];
  let next = 0;
  let quotesBefore = 0;
  let done = 0;
  for (const { whole, inner, isClass } of mark === 'braces' ? bracedBlocks(text) : indentedBlocks(text)) {
    while ((quotes[quotesBefore] ?? whole.start) < whole.start) quotesBefore += 1;
    if (whole.start < done || quotesBefore % 2 === 1) continue;
    while ((mattering[next] ?? whole.end) < whole.start) next += 1;
    const isOther = (mattering[next] ?? whole.end) >= whole.end;
    if (isOther && isWhole(text.slice(inner.start, inner.end))) found.push(inner);
    if (isOther || !isClass) done = whole.end;
  }
  return found;
}

/** What opens and closes a text of several lines: a script in one may have blocks, and is read as it is written. */
const textQuote: Readonly<Record<BlockMark, RegExp>> = { braces: /(?<!\\)`/g, colon: /"""|'''/g };

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Block {
  readonly whole: Span;
  /** What is left out. */
  readonly inner: Span;
  readonly isClass: boolean;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly indentation: number;
  /** Without blanks around it. */
  readonly code: string;
}

interface OpenBlock {
  readonly line: Line;
  /** Its place among the blocks. */
  readonly index: number;
}

const declaration = /^(?:export\s+)?(?:default\s+)?(?:abstract\s+)?(?:async\s+)?(?:function|class)\b/;
/** Objects have braces, too, and what is in them may be given to a lookup. */
const braced = /(?:\)|\)\s*:[^={}]*|=>|\b(?:else|try|finally|do))\s*\{$/;
const isClassLine = /\bclass\b/;
const indented = /^(?:async\s+)?def\b|^class\b/;

/** Functions and classes as a whole, of other blocks what stands between their braces; by where they begin. */
function bracedBlocks(text: string): readonly Block[] {
  const blocks: (Block | undefined)[] = [];
  const open: OpenBlock[] = [];
  for (const { start, end, indentation, code } of linesOf(text)) {
    for (let last = open.at(-1); last && last.line.indentation >= indentation; last = open.at(-1)) {
      open.pop();
      if (last.line.indentation !== indentation || !code.startsWith('}')) continue;
      const isAll = declaration.test(last.line.code) && code === '}';
      const whole = { start: last.line.start, end: isAll ? end : start };
      const inner = isAll ? whole : { start: last.line.end, end: start };
      blocks[last.index] = { whole, inner, isClass: isClassLine.test(last.line.code) };
    }
    if (!code.endsWith('{') || !(braced.test(code) || declaration.test(code))) continue;
    open.push({ line: { start, end, indentation, code }, index: blocks.length });
    blocks.push(undefined);
  }
  return blocks.filter((block) => block !== undefined);
}

/** Functions and classes, by where they begin. */
function indentedBlocks(text: string): readonly Block[] {
  const blocks: (Block | undefined)[] = [];
  const open: OpenBlock[] = [];
  const close = ({ line, index }: OpenBlock, end: number) => {
    const whole = { start: line.start, end };
    blocks[index] = { whole, inner: whole, isClass: isClassLine.test(line.code) };
  };
  for (const line of linesOf(text)) {
    // Comments are indented as one likes, and a bracket closes what the block's own first line has opened.
    if (/^[#)\]}]/.test(line.code)) continue;
    for (let last = open.at(-1); last && last.line.indentation >= line.indentation; last = open.at(-1)) {
      open.pop();
      close(last, line.start);
    }
    if (!indented.test(line.code)) continue;
    open.push({ line, index: blocks.length });
    blocks.push(undefined);
  }
  for (const block of open) close(block, text.length);
  return blocks.filter((block) => block !== undefined);
}

/** Those that are not blank. */
function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const line = text.slice(start, end);
    const code = line.trim();
    if (code !== '') yield { start, end, indentation: line.length - line.trimStart().length, code };
    start = end + 1;
  }
}

/** Whether strings, comments and brackets that begin in it end there, too: they may hold what only looks like a block. */
function isWhole(block: string): boolean {
  const counts = new Map<string, number>();
  for (const [mark] of block.matchAll(/`|\/\*|\*\/|"""|'''|[()[\]{}]/g)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  const count = (mark: string) => counts.get(mark) ?? 0;
  return (
    [
      ['(', ')'],
      ['[', ']'],
      ['{', '}'],
      ['/*', '*/'],
    ].every(([opening = '', closing = '']) => count(opening) === count(closing)) &&
    ['`', '"""', "'''"].every((mark) => count(mark) % 2 === 0)
  );
}
