import type { LookupChoice } from '../reference.ts';
import { type CallNode, type CodeNode, lastNameOf } from '../tree/codeTree.ts';
import {
  addDerivedNames,
  assignedNames,
  chosenInLines,
  indentOf,
  isOrdered,
  isPicked,
  loopNames,
  mentions,
  namesIn,
  order,
  untilAssigned,
  withoutComments,
} from './chosenInLines.ts';
import type { LookupSource } from './lookupSource.ts';

/** What is read behind a call, in UTF-16 code units: the rest of a function, and no more of a long file. */
const maxBehind = 6_000;
/** Functions that hand the images on, one to the other. */
const maxSteps = 3;

/**
 * Which of the images that an SDK's call finds is taken, by what its function does with them, or another function of
 * the file to which it gives or returns them.
 */
export function imageChoice(call: CallNode, source: LookupSource): LookupChoice {
  return choiceOf(call, source, 0);
}

function choiceOf(call: CallNode, source: LookupSource, steps: number): LookupChoice {
  const { text, around } = source;
  const scope = around.findLast((node) => isFunction(node, text));
  const start = statementStart(call, around, text);
  const end = Math.min(scope?.span.end ?? text.length, call.span.end + maxBehind);
  const before = text.slice(start, call.span.start);
  const names = new Set([...assignedNames(before), ...loopNames(before)]);
  const behind = untilAssigned(withoutComments(text.slice(call.span.start, end)), before, names);
  addDerivedNames(behind, names);
  const statement = text.slice(call.span.end, statementEnd(text, call.span.end));
  const isInLoop = loopNames(before).length > 0;
  const chosen =
    isPicked(wrapper(before)) || isPicked(statement)
      ? 'first'
      : chosenInLines(isInLoop ? before + behind : behind, names);
  if (chosen) return order.test(before) || isOrdered(behind, names) ? 'newest' : chosen;
  const isReturned = /^\s*return\b/.test(before);
  const elsewhere =
    chosenByHelper(`${before}${behind}`, names, source) ??
    (isReturned || returns(behind, names) ? chosenByCaller(scope, source, steps) : undefined);
  return elsewhere ?? (names.size === 0 && !isReturned ? 'all' : 'unknown');
}

/** `latest = newest_of(images)`, where the file has a function `newest_of`. */
function chosenByHelper(code: string, names: ReadonlySet<string>, { text }: LookupSource): LookupChoice | undefined {
  for (const line of code.split(/\r\n|[\r\n]/)) {
    for (const [, helper = '', given = ''] of line.matchAll(/(\w+)\s*\(([^()]*)/g)) {
      const body = mentions(given, names) || /describe_?images/i.test(given) ? functionNamed(helper, text) : undefined;
      if (!body) continue;
      const parameters = new Set(body.parameters);
      addDerivedNames(body.code, parameters);
      const chosen = returnsValue.test(body.code) ? chosenInLines(body.code, parameters) : undefined;
      if (chosen) return chosen;
    }
  }
  return undefined;
}

/** What the callers of a function that returns the images take of them. */
function chosenByCaller(scope: CodeNode | undefined, source: LookupSource, steps: number): LookupChoice | undefined {
  const name = scope && steps < maxSteps ? functionName(scope, source.text) : undefined;
  if (!scope || name === undefined) return undefined;
  const callers = source.definitions.calls.filter(
    ({ call: { callee, span } }) =>
      lastNameOf(callee) === name && (span.end < scope.span.start || scope.span.end < span.start),
  );
  const choices = callers
    .slice(0, maxCallers)
    .map((found) => choiceOf(found.call, { ...source, around: found.around }, steps + 1));
  return choices.find((choice) => choice === 'newest') ?? choices.find((choice) => choice === 'first');
}

const maxCallers = 20;
const returnsValue = /\breturn\b[^\r\n]*\w|^\s*[\w.[\]-]+\s*(?:\}|$)/m;

/** Whether a function gives back the images or the answer as they are. */
function returns(code: string, names: ReadonlySet<string>): boolean {
  return code.split(/\r\n|[\r\n]/).some((line) => /^\s*(?:return|yield)\b/.test(line) && mentions(line, names));
}

interface FunctionText {
  readonly parameters: readonly string[];
  /** From its head to the end of what is indented more. */
  readonly code: string;
}

function functionNamed(name: string, text: string): FunctionText | undefined {
  const head = new RegExp(
    `^[^\\r\\n=]*\\b(?:func(?:\\s*\\([^)]*\\))?|def|fn|fun|function|sub|(?:static|private|public|protected|internal)\\b[\\w<>\\[\\], ]*)\\s+(?:self\\.)?${name}\\s*\\(([^)]*)\\)`,
    'm',
  ).exec(text);
  if (!head) return undefined;
  const [first = '', ...lines] = text.slice(head.index, head.index + maxBehind).split(/\r\n|[\r\n]/);
  const end = lines.findIndex((line) => /^\s*[^\s{)]/.test(line) && indentOf(line) <= indentOf(first));
  return {
    parameters: (head[1] ?? '').split(',').flatMap(parameterName),
    code: withoutComments([first, ...(end < 0 ? lines : lines.slice(0, end))].join('\n')),
  };
}

/** `images`, `images []*ec2.Image`, `images: Image[]`, `List<Image> images` */
function parameterName(written: string): readonly string[] {
  const words = namesIn(written.replace(/[:=].*$/s, ''));
  return [...words.slice(0, 1), ...words.slice(-1)].filter((word) => /^[a-z]/.test(word));
}

function functionName(scope: CodeNode, text: string): string | undefined {
  if (scope.kind === 'entry') return scope.labels[0];
  const head = headOf(scope, text).replace(/\bfunc\s*\([^)]*\)/, 'func ');
  return /\b(?:sub|def|fn|fun|func|function)\s+(?:self\.)?(\w+)/.exec(head)?.[1] ?? /(\w+)\s*\(/.exec(head)?.[1];
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
  const end = /(?:\r\n|[\r\n])(?!\s*(?:[.)\]}&]|\|>))|$/g;
  end.lastIndex = from;
  return Math.min(end.exec(text)?.index ?? text.length, from + maxBehind);
}

/** `sorted(` before the call. */
function wrapper(before: string): string {
  return before.slice(before.lastIndexOf('=') + 1);
}

const functionHead =
  /\b(?:func|fn|fun|def|sub|function|public|private|protected|internal|static|void|override|suspend|async)\b/;

function isFunction(node: CodeNode, text: string): boolean {
  if (node.kind === 'entry') return node.key === 'function' && node.labels.length > 0;
  if (node.kind !== 'call' && node.kind !== 'other') return false;
  const head = headOf(node, text);
  return functionHead.test(head) && !/=/.test(head) && /[{\n]/.test(text.slice(node.span.start, node.span.end));
}

/** The line that a function begins with. */
function headOf({ span }: CodeNode, text: string): string {
  const lineStart = text.lastIndexOf('\n', span.start) + 1;
  return /^[^\r\n{]*/.exec(text.slice(Math.max(lineStart, span.start - 100), span.start + 200))?.[0] ?? '';
}
