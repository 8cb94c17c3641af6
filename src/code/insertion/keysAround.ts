import type { Language } from '../language.ts';
import { regionNamed } from '../regions/regionNames.ts';
import { commandBefore, indentOf, type Line, lineAt, linesAbove } from './lines.ts';

/** What a place is the value of, or stands in: a key, a variable, a call, an option, a block. */
export interface KeyAround {
  /** Without quotes: `ami`, `us-east-1`, `variable`, `ec2.Image`, `--image-id`. Empty where the place is an index. */
  readonly name: string;
  /** Of an HCL block: `["ami_id"]`. Of a call: the texts among the arguments before the place. */
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
  const before = language === 'shell' ? commandBefore(text, offset) : own.text.slice(0, offset - own.start);
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
  /** The innermost first: behind `amis["us-east-1"] =` they are `us-east-1` and `amis`. */
  keys: readonly string[];
  readonly outer: KeyAround | undefined;
  /** What an index belongs to; undefined where the bracket is none. */
  readonly indexed: string | undefined;
  /** Words since the last sign. */
  words: string[];
  /** An index behind the last word, and that word. */
  index: readonly string[] | undefined;
  isAfterBlank: boolean;
  /** What stands before the commas. */
  texts: readonly string[];
  /** Whether keys and values stand beside each other, divided by commas. */
  readonly hasPairs: boolean;
  ternaries: number;
}

const token =
  /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|`[^`]*`?|[\w.$@/-]+(?:::?[\w$@/.-]+)*(?=:\s|:$|[^:]|$)|=>|:=|[=!<>]=+|\s+|[^\s]/g;

function keysBefore(part: string, language: Language): readonly KeyAround[] {
  const frames: Frame[] = [frameIn(undefined)];
  // A command in backticks is no text.
  const words = language === 'shell' ? part.replaceAll('`', ' ') : part;
  for (const [written] of words.matchAll(token)) read(written, frames, language);
  return frames.reverse().flatMap(keysOf);
}

function keysOf(frame: Frame): readonly KeyAround[] {
  const { keys, outer, texts } = frame;
  const own = frame.indexed !== undefined ? [''] : keys.length > 0 ? keys : keyInPair(frame);
  return [
    ...own.map((name) => ({ name, labels: [], isCall: false })),
    ...(outer ? [outer.isCall ? { ...outer, labels: texts } : outer] : []),
  ];
}

/** `Map.of("us-east-1", …` */
function keyInPair({ hasPairs, texts }: Frame): readonly string[] {
  const [last = ''] = texts.slice(-1);
  return hasPairs && texts.length % 2 === 1 && regionNamed(last) !== undefined ? [last] : [];
}

function read(written: string, frames: Frame[], language: Language): void {
  const frame = frames.at(-1) ?? frameIn(undefined);
  if (written.trim() === '') {
    // `AMI=ami-… command`: an assignment ends with its word.
    if (language === 'shell' && !frame.keys[0]?.startsWith('-') && frame.words.length > 0) frame.keys = [];
    frame.isAfterBlank = true;
    return;
  }
  const first = written.charAt(0);
  if (/^[\w.$@/"'`-]/.test(written) && written !== '-') {
    const word = written.replace(/^(["'`])(.*)\1$/, '$2');
    if (language === 'shell' && /^--?[A-Za-z]/.test(word)) startOption(frame, word);
    else frame.words.push(word);
    frame.index = undefined;
  } else if ('([{'.includes(first)) {
    const indexed = first === '[' && !frame.isAfterBlank ? frame.words.at(-1) || undefined : undefined;
    frames.push({
      ...frameIn(outerOf(first, frame, language)),
      indexed,
      hasPairs: first === '(' ? takesPairs.test(frame.words.at(-1) ?? '') : isInitializer(first, frame, language),
    });
    frame.words = [];
  } else if (')]}'.includes(first)) {
    close(first, frames);
  } else {
    readSign(written, frame);
  }
  frame.isAfterBlank = false;
}

function close(bracket: string, frames: Frame[]): void {
  const closed = frames.length > 1 ? frames.pop() : undefined;
  const frame = frames.at(-1);
  if (!frame) return;
  const index = closed?.words.at(-1);
  frame.index =
    bracket === ']' && index !== undefined ? [index, ...(closed?.indexed ? [closed.indexed] : [])] : undefined;
  frame.words.push('');
  frame.isAfterBlank = false;
}

function readSign(written: string, frame: Frame): void {
  const first = written.charAt(0);
  if (first === ',' || first === ';' || first === '|') {
    const texts = first === ',' ? [...frame.texts, ...frame.words.slice(-1)] : [];
    Object.assign(frame, { keys: [], words: [], index: undefined, texts, ternaries: 0 });
  } else if (first === '?') {
    frame.ternaries += 1;
  } else if (first === ':' && frame.ternaries > 0) {
    frame.ternaries -= 1;
  } else if (first === '=' || first === ':' || written === '!=') {
    // Behind a key's type the key is still the same: `ami: str = "…"`.
    if (frame.keys.length === 0) frame.keys = frame.index ?? frame.words.slice(-1);
    frame.words = [];
    frame.index = undefined;
  }
}

/** `--image-id` and `--image-id=` */
function startOption(frame: Frame, word: string): void {
  frame.keys = [word];
  frame.words = [];
}

/** Calls that take a key and its value beside each other. */
const takesPairs = /Map\.of$|(?:^|\.)(?:put|entry|Add|TryAdd)$/;

/** Of C#: `{ "us-east-1", "ami-…" }` */
function isInitializer(opener: string, { words }: Frame, language: Language): boolean {
  return opener === '{' && words.length === 0 && language === 'other';
}

function outerOf(opener: string, { words }: Frame, language: Language): KeyAround | undefined {
  const [type, ...labels] = words;
  if (opener === '{' && language === 'hcl' && type) return { name: type, labels, isCall: false };
  const callee = words.at(-1);
  return opener === '(' && callee ? { name: callee, labels: [], isCall: true } : undefined;
}

function frameIn(outer: KeyAround | undefined): Frame {
  return {
    keys: [],
    outer,
    indexed: undefined,
    words: [],
    index: undefined,
    isAfterBlank: true,
    texts: [],
    hasPairs: false,
    ternaries: 0,
  };
}
