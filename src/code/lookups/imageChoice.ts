import type { LookupChoice } from '../reference.ts';
import type { CallNode, CodeNode } from '../tree/codeTree.ts';
import type { LookupSource } from './lookupSource.ts';

/** What is read behind a call, in UTF-16 code units: the rest of a function, and no more of a long file. */
const maxBehind = 6_000;

const order =
  /sort|order_?by|max(?:_by|imum)?\s*\(|max_?by|reduce|latest|newest|most_?recent|creation_?date|\bmax\b|Comparator|comparing/i;
const creationDate = /creation_?date/i;
const comparison = /[<>]|\.(?:After|Before|isAfter|isBefore|compareTo|localeCompare|Compare)\b|max/;
/** The first or the last of a list. */
const pick = new RegExp(
  [
    /\bmy\s*\(\s*\$\w+\s*\)\s*=/,
    /\b(?:const|let|var)\s*\[\s*\w+\s*,?\s*\]\s*=/,
    /\[\s*(?:0|-1|:1|len\([^)]*\)\s*-\s*1|[\w.]+\.(?:length|Count|size)(?:\(\))?\s*-\s*1|\$#?-?\d+)\s*\]/,
    /\.(?:fetch|get|elementAt|ElementAt)\(0\)|\.at\(-?\d\)/,
    /\.(?:first|last|pop|shift|head|First|Last|FirstOrDefault|LastOrDefault|findFirst|next|getFirst|getLast|max_by|min_by|max|min|single|Single)\b/,
    /\b(?:next|max|min|first|last|reset|end|current|array_shift|array_pop)\s*\(|\bhead\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
const notImages = /\.Tags\[|BlockDeviceMappings?\[0\]|block_device_mappings?\[0\]|Reservations/;

/** Which of the images that an SDK's call finds is taken, by what the function does with them. */
export function imageChoice(call: CallNode, { text, around }: LookupSource): LookupChoice {
  const scope = around.findLast((node) => isFunction(node, text));
  const start = statementStart(call, around, text);
  const end = Math.min(scope?.span.end ?? text.length, call.span.end + maxBehind);
  const before = text.slice(start, call.span.start);
  const names = new Set(assignedNames(before));
  const behind = untilAssigned(withoutComments(text.slice(call.span.start, end)), before, names);
  addDerivedNames(behind, names);
  const ownStatement = `${before}${text.slice(call.span.start, statementEnd(text, call.span.end))}`;
  const lines = behind.split(/\r\n|[\r\n]/);
  const about = lines.filter((line) => mentions(line, names));
  const isOrdered = order.test(before) || about.some((line) => order.test(line)) || creationDate.test(behind);
  const isPicked = (line: string) => pick.test(line.replace(notImages, ''));
  const picks = isPicked(wrapper(before)) || isPicked(afterCall(ownStatement, call, start)) || about.some(isPicked);
  if (picks) return isOrdered ? 'newest' : 'first';
  // A loop that keeps the newest that it has seen.
  if (
    creationDate.test(behind) &&
    lines.some((line) => creationDate.test(line) && comparison.test(line.replace(/[-=]>/g, '')))
  )
    return 'newest';
  if (isLoopLeft(lines, names)) return 'first';
  return names.size === 0 && !/^\s*return\b/.test(before) ? 'all' : 'unknown';
}

/** From the beginning of the outermost call or assignment that the call stands in. */
function statementStart(call: CallNode, around: readonly CodeNode[], text: string): number {
  let start = call.span.start;
  for (const node of around.toReversed()) {
    if (node.kind === 'entry' && node.labels.length > 0) break;
    if (node.kind === 'call' || node.kind === 'entry') start = node.span.start;
    if (node.kind === 'entry' || call.span.start - start > 2_000) break;
  }
  return Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
}

/** To the end of its line, or of the lines that a chain goes on in. */
function statementEnd(text: string, from: number): number {
  const end = /(?:\r\n|[\r\n])(?!\s*[.)\]}&])|$/g;
  end.lastIndex = from;
  return Math.min(end.exec(text)?.index ?? text.length, from + maxBehind);
}

/** `sorted(` before the call. */
function wrapper(before: string): string {
  return before.slice(before.lastIndexOf('=') + 1);
}

function afterCall(statement: string, call: CallNode, start: number): string {
  return statement.slice(call.span.end - start);
}

const functionHead =
  /\b(?:func|fn|fun|def|sub|function|public|private|protected|internal|static|void|override|suspend|async)\b/;

function isFunction(node: CodeNode, text: string): boolean {
  if (node.kind === 'entry') return node.key === 'function' && node.labels.length > 0;
  if (node.kind !== 'call' && node.kind !== 'other') return false;
  const lineStart = text.lastIndexOf('\n', node.span.start) + 1;
  const [head = ''] =
    /^[^\r\n{]*/.exec(text.slice(Math.max(lineStart, node.span.start - 100), node.span.start + 200)) ?? [];
  return functionHead.test(head) && !/=/.test(head) && /[{\n]/.test(text.slice(node.span.start, node.span.end));
}

/** What the answer is assigned to: `result`, `err`, `{ Images }`. */
function assignedNames(before: string): readonly string[] {
  const [line = ''] = before.split(/[\r\n;]/);
  const [, target = ''] = /^(.*?)\s*(?::=|(?<![=!<>])=(?![=>~]))/.exec(line) ?? [];
  return namesIn(target);
}

/** Up to where the same name is given another value, and not only on a condition. */
function untilAssigned(behind: string, before: string, names: ReadonlySet<string>): string {
  const [name] = names;
  if (name === undefined) return behind;
  const indent = (line: string) => /^\s*/.exec(line)?.[0].length ?? 0;
  const again = new RegExp(`^[ \\t]*(?:(?:const|let|var|my)\\s+)?[$@%]?${name}\\s*:?=(?![=>~])(.*)$`, 'gm');
  for (let match = again.exec(behind); match; match = again.exec(behind)) {
    if (!mentions(match[1] ?? '', names) && indent(match[0]) <= indent(before)) return behind.slice(0, match.index);
  }
  return behind;
}

const assignment =
  /^\s*(?:(?:const|let|var|final|val|my|auto)\s+)?(?:[\w<>[\],.]+\s+)?([$@%\w,\s{}()[\]]+?)\s*(?::=|(?<![=!<>])=(?![=>~]))/;
const loop = /\bfor\w*\s*\(?\s*(?:const|let|var|my|final)?\s*([$\w,\s.]+?)\s*(?:\bof\b|\bin\b|:=\s*range\b|:|\()/;
const parameter = /[|(]([\w,\s]+)(?:\||\)?\s*=>)/;
const callback = /(?:function\s*\w*\s*\(([\w,\s$]*)\)|\(?([\w,\s$]+)\)?\s*=>)/;

/** Names of the answer in a callback, of its images, of one of them in a loop, and of what is made of these. */
function addDerivedNames(behind: string, names: Set<string>): void {
  const [, named, arrow] = callback.exec(behind.slice(0, 3_000)) ?? [];
  for (const name of namesIn(named ?? arrow ?? '')) names.add(name);
  for (const line of behind.split(/\r\n|[\r\n]/).slice(1)) {
    for (const form of [assignment, loop, parameter]) {
      const [whole = '', made] = form.exec(line) ?? [];
      const rest = form === parameter ? line : line.slice(line.indexOf(whole) + whole.length - 1);
      if (made === undefined || !mentions(rest, names)) continue;
      for (const name of namesIn(made)) if (names.size < 40) names.add(name);
    }
  }
}

function namesIn(text: string): readonly string[] {
  return (text.match(/\w+/g) ?? []).filter((name) => !skippedName.test(name));
}

const skippedName =
  /^(?:const|let|var|final|val|my|await|async|err|error|_|ok|_err|e|\d+|new|return|if|for|i|self|this)$/;

function mentions(line: string, names: ReadonlySet<string>): boolean {
  return (line.match(/\w+/g) ?? []).some((word) => names.has(word));
}

/** `for image in images: … return image.id` or `break`. */
function isLoopLeft(lines: readonly string[], names: ReadonlySet<string>): boolean {
  return lines.some((line, index) => {
    if (!/^\s*(?:for|foreach)\b/.test(line) || !mentions(line, names)) return false;
    const indent = /^\s*/.exec(line)?.[0].length ?? 0;
    for (const inner of lines.slice(index + 1, index + 30)) {
      if (inner.trim() === '') continue;
      if ((/^\s*/.exec(inner)?.[0].length ?? 0) <= indent) return false;
      if (/^\s*(?:return\b.*\w|break\b)/.test(inner)) return true;
    }
    return false;
  });
}

function withoutComments(text: string): string {
  return text.replace(/(^|\s)(?:#|\/\/)[^\r\n]*/g, '$1');
}
