/** The line of an offset, without its line break. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found > start && text[found - 1] === '\r' ? found - 1 : found;
  return { start, end, text: text.slice(start, end) };
}

/** So many lines are looked at: the constructs of code that people write are shorter. */
const maxLines = 2_000;

/** The lines above an offset's line that are neither blank nor comments, the closest first. */
export function* linesAbove(text: string, offset: number): Iterable<Line> {
  let { start } = lineAt(text, offset);
  for (let count = 0; start > 0 && count < maxLines; count += 1) {
    const line = lineAt(text, start - 1);
    if (!isBlankOrComment(line.text)) yield line;
    start = line.start;
  }
}

/** The first line below that is neither blank nor a comment. */
export function lineBelow(text: string, offset: number): Line | undefined {
  let { end } = lineAt(text, offset);
  for (let count = 0; count < maxLines; count += 1) {
    const next = text.indexOf('\n', end);
    if (next < 0) return undefined;
    const line = lineAt(text, next + 1);
    if (!isBlankOrComment(line.text)) return line;
    end = line.end;
  }
  return undefined;
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function isBlankOrComment(line: string): boolean {
  return /^\s*(?:#(?!\{)|\/\/|$)/.test(line);
}
