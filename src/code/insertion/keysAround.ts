import type { Language } from '../language.ts';
import { indentOf, type Line, lineAt, linesAbove } from './lines.ts';

/** What a place is the value of, or stands in: a key, a variable, a call, an option, a block. */
export interface KeyAround {
  /** Without quotes: `ami`, `us-east-1`, `variable`, `ec2.Image`, `--image-id`. */
  readonly name: string;
  /** Of an HCL block: `["ami_id"]`. */
  readonly labels: readonly string[];
  readonly isCall: boolean;
}

/** A region map in a call in a block, and something around it. */
const maxKeys = 10;

/**
 * The keys around a place, the innermost first: by the words before it in its line, then by the lines above that are
 * indented less. So code that is only half written has them, too.
 *
 * @param offset of the value's beginning, with its opening quote
 */
export function keysAround(text: string, offset: number, language: Language): readonly KeyAround[] {
  const own = lineAt(text, offset);
  const before = own.text.slice(0, offset - own.start);
  const keys = [...keysBefore(before, language)];
  for (const line of linesAround(text, own, keys.length === 0 || dash.test(before))) {
    if (keys.length >= maxKeys) break;
    keys.push(...keysBefore(line.text, language));
  }
  return keys;
}

const dash = /^\s*- /;

/** The lines above that are indented less and less. The items of a list in YAML may stand in the column of its key. */
function* linesAround(text: string, { start, text: own }: Line, isInList: boolean): Iterable<Line> {
  let limit = indentOf(own).length;
  let isItem = isInList;
  for (const line of linesAbove(text, start)) {
    const indent = indentOf(line.text).length;
    const isDash = dash.test(line.text);
    if (indent < limit || (isItem && indent === limit && !isDash && /:\s*$/.test(line.text))) {
      yield line;
      limit = indent;
      isItem = isDash;
    }
    if (limit === 0 && !isItem) return;
  }
}

/** What is open at the end of a line's part: the line itself, then brackets one in the other. */
interface Frame {
  key: string | undefined;
  readonly outer: KeyAround | undefined;
  /** Words since the last sign. */
  words: string[];
  ternaries: number;
}

const token =
  /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?|[\w.$@/-]+(?:::?[\w$@/.-]+)*(?=:\s|:$|[^:]|$)|=>|:=|[=!<>]=+|\s+|[^\s]/g;

function keysBefore(part: string, language: Language): readonly KeyAround[] {
  const frames: Frame[] = [frameIn(undefined)];
  // A command in backticks is no text.
  const words = language === 'shell' ? part.replaceAll('`', ' ') : part;
  for (const [written] of words.matchAll(token)) read(written, frames, language);
  return frames
    .reverse()
    .flatMap(({ key, outer }) => [
      ...(key === undefined ? [] : [{ name: key, labels: [], isCall: false }]),
      ...(outer ? [outer] : []),
    ]);
}

function read(written: string, frames: Frame[], language: Language): void {
  const frame = frames.at(-1) ?? frameIn(undefined);
  if (written.trim() === '') {
    // `AMI=ami-… command`: an assignment ends with its word.
    if (language === 'shell' && !frame.key?.startsWith('-') && frame.words.length > 0) frame.key = undefined;
    return;
  }
  if (/^[\w.$@/"'`-]/.test(written) && written !== '-') {
    const word = written.replace(/^(["'`])(.*)\1$/, '$2');
    if (language === 'shell' && /^--?[A-Za-z]/.test(word)) startOption(frame, word);
    else frame.words.push(word);
    return;
  }
  const first = written.charAt(0);
  if ('([{'.includes(first)) {
    frames.push(frameIn(outerOf(first, frame, language)));
    frame.words = [];
  } else if (')]}'.includes(first)) {
    if (frames.length > 1) frames.pop();
    frames.at(-1)?.words.push('');
  } else if (first === ',' || first === ';' || first === '|') {
    Object.assign(frame, { key: undefined, words: [], ternaries: 0 });
  } else if (first === '?') {
    frame.ternaries += 1;
  } else if (first === ':' && frame.ternaries > 0) {
    frame.ternaries -= 1;
  } else if (first === '=' || first === ':' || written === '!=') {
    // Behind a key's type the key is still the same: `ami: str = "…"`.
    frame.key ??= frame.words.at(-1);
    frame.words = [];
  }
}

/** `--image-id` and `--image-id=` */
function startOption(frame: Frame, word: string): void {
  frame.key = word;
  frame.words = [];
}

function outerOf(opener: string, { words }: Frame, language: Language): KeyAround | undefined {
  const [type, ...labels] = words;
  if (opener === '{' && language === 'hcl' && type) return { name: type, labels, isCall: false };
  const callee = words.at(-1);
  return opener === '(' && callee ? { name: callee, labels: [], isCall: true } : undefined;
}

function frameIn(outer: KeyAround | undefined): Frame {
  return { key: undefined, outer, words: [], ternaries: 0 };
}
