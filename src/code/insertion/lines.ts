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

/** What of a text's end consists of such characters. A pattern for it would begin at each character of a long word. */
export function endOf(text: string, character: RegExp): string {
  let start = text.length;
  while (start > 0 && character.test(text.charAt(start - 1))) start -= 1;
  return text.slice(start);
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

/** The sign with which a line of a command goes on: of a POSIX shell, of PowerShell and of `cmd`. */
const continues = /(?:\\|\s[`^])\s*$/;

const maxCommandLines = 100;

/** What stands before an offset in its command, as one line. */
export function commandBefore(text: string, offset: number): string {
  let { start } = lineAt(text, offset);
  let command = text.slice(start, offset);
  for (let count = 0; start > 0 && count < maxCommandLines; count += 1) {
    const above = lineAt(text, start - 1);
    if (!continues.test(above.text)) break;
    command = `${above.text.replace(continues, '')} ${command}`;
    start = above.start;
  }
  return command;
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

/** Where the line of an offset begins, or the first line of the comments right above it. */
export function startWithComments(text: string, offset: number): number {
  let { start } = lineAt(text, offset);
  while (start > 0) {
    const above = lineAt(text, start - 1);
    if (!/^\s*(?:#|\/\/)/.test(above.text)) break;
    start = above.start;
  }
  return start;
}

/** Where the command of an offset begins, if it goes on from the lines above. */
export function startOfCommand(text: string, offset: number): number | undefined {
  let { start } = lineAt(text, offset);
  const own = start;
  for (let count = 0; start > 0 && count < maxCommandLines; count += 1) {
    const above = lineAt(text, start - 1);
    if (!continues.test(above.text)) break;
    start = above.start;
  }
  return start < own ? start : undefined;
}

/** Lines of code, without the line break at their end, each with an indentation before it. */
export function shifted(code: string, indent: string): string {
  return code.trimEnd().replace(/^(?=.)/gm, indent);
}
