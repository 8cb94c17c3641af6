import type { TextSpan } from '../textSpan.ts';
import { heredocReader, tokenEnd } from './hclText.ts';

/** The largest map, list or block in a block. */
export interface LargePart {
  /** What stands between its brackets. */
  readonly inner: TextSpan;
  readonly isList: boolean;
  /** Its entries or items, some at a time, which make up all of it. */
  readonly pieces: readonly TextSpan[];
}

/** In UTF-16 code units. */
const pieceLength = { least: 500, most: 8_000 };

/** The innermost part that takes up most of a block; undefined where none does. */
export function largePart(text: string): LargePart | undefined {
  const found = innermostLarge(text);
  if (!found) return undefined;
  const { inner } = found;
  const readHeredoc = heredocReader(text);
  const starts = [inner.start];
  let depth = 0;
  for (let at = inner.start; at < inner.end; at += 1) {
    const end = tokenEnd(text, at, readHeredoc);
    if (end !== undefined) {
      at = end - 1;
      continue;
    }
    const code = text.charCodeAt(at);
    if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && (code === 10 || code === 44) && endsPiece(text, at, starts.at(-1) ?? 0))
      starts.push(at + 1);
  }
  return { ...found, pieces: starts.map((start, index) => ({ start, end: starts[index + 1] ?? inner.end })) };
}

function innermostLarge(text: string): Pick<LargePart, 'inner' | 'isList'> | undefined {
  const readHeredoc = heredocReader(text);
  const open: number[] = [];
  let found: Pick<LargePart, 'inner' | 'isList'> | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const end = tokenEnd(text, at, readHeredoc);
    const code = text.charCodeAt(at);
    if (end !== undefined) at = end - 1;
    else if (isOpening(code)) open.push(at);
    else if (isClosing(code)) {
      const start = (open.pop() ?? at) + 1;
      // The innermost one ends first.
      if (!found && at - start > text.length / 2) found = { inner: { start, end: at }, isList: code === 93 };
    }
  }
  return found;
}

/**
 * Where the text itself says so: an edit leaves the pieces before and behind it as they are. A piece that has grown too
 * long ends anyway.
 */
function endsPiece(text: string, at: number, start: number): boolean {
  const length = at - start;
  if (length < pieceLength.least) return false;
  const mark = text.charCodeAt(at - 3) * 31 + text.charCodeAt(at - 4) * 7 + text.charCodeAt(at - 5);
  return mark % 8 === 0 || length > pieceLength.most;
}

function isOpening(code: number): boolean {
  return code === 123 || code === 91 || code === 40;
}

function isClosing(code: number): boolean {
  return code === 125 || code === 93 || code === 41;
}
