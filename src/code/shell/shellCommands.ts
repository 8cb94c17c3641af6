import { lastUpTo } from '../lastUpTo.ts';
import { oncePer } from '../oncePer.ts';
import { contains, type TextSpan } from '../textSpan.ts';
import { heredocEnds } from '../tree/heredocEnds.ts';

/** A word of a command, with its quotes and escapes resolved; what is filled in (`$NAME`, `$(…)`) stays as written. */
export interface ShellWord {
  readonly span: TextSpan;
  /** What stands between the quotes, where it is all in quotes. */
  readonly inner: TextSpan;
  readonly value: string;
  readonly isTemplate: boolean;
  /** Of an array: `NAME=(a b c)`. */
  readonly items: readonly ShellWord[];
}

export interface ShellCommand {
  readonly span: TextSpan;
  readonly words: readonly ShellWord[];
  /** What it is a part of: `$(…)`. */
  readonly parent: ShellCommand | undefined;
  /** Its output goes to the next command; `branch` is a pattern of a case, `break` the end of one. */
  readonly end: 'pipe' | 'branch' | 'break' | 'line';
}

export interface Heredoc {
  readonly inner: TextSpan;
  readonly command: ShellCommand;
}

export interface ShellScript {
  /** In the order of their beginnings; commands in `$(…)` are behind those that they are a part of. */
  readonly commands: readonly ShellCommand[];
  readonly heredocs: readonly Heredoc[];
}

/** The commands around an offset, the innermost first. */
export function commandsAround(commands: readonly ShellCommand[], span: TextSpan): readonly ShellCommand[] {
  const ends = farthestEnds(commands);
  const found: ShellCommand[] = [];
  for (
    let at = lastUpTo(commands, (command) => command.span.start, span.start);
    at >= 0 && (ends[at] ?? 0) >= span.end;
    at -= 1
  ) {
    const command = commands[at];
    if (command && contains(command.span, span)) found.push(command);
  }
  return found;
}

/** Where the farthest of each command and those before it ends. */
const farthestEnds = oncePer((commands: readonly ShellCommand[]) => {
  let farthest = 0;
  return commands.map(({ span }) => {
    farthest = Math.max(farthest, span.end);
    return farthest;
  });
});

/** How far a text in quotes goes on. */
const maxQuoted = 20_000;
const maxHeredoc = 200_000;
const maxDepth = 20;

/** `@(Get-EC2Image …)` */
const arrayOfCommand = /^@\(\s*[A-Za-z]+-[A-Za-z]\w+\s/;

/** The commands of a script for Unix shells, as well as those of Makefiles, Dockerfiles, batch files and PowerShell. */
export function parseShell(text: string, isPowerShell: boolean): ShellScript {
  const parser = new ShellParser(text, isPowerShell);
  parser.commandsUpTo('', undefined, 0);
  return { commands: parser.commands.filter(({ words }) => words.length > 0), heredocs: parser.heredocs };
}

interface Draft {
  span: { start: number; end: number };
  words: ShellWord[];
  parent: ShellCommand | undefined;
  end: ShellCommand['end'];
}

class ShellParser {
  readonly commands: Draft[] = [];
  readonly heredocs: Heredoc[] = [];
  private readonly text: string;
  private readonly heredocEnd: ReturnType<typeof heredocEnds>;
  private readonly isPowerShell: boolean;
  private at = 0;
  private pending: { readonly terminator: string; readonly command: ShellCommand }[] = [];

  constructor(text: string, isPowerShell: boolean) {
    this.text = text;
    this.heredocEnd = heredocEnds(text, (word) => `^[ \\t]*${word}[ \\t]*\\r?$`);
    this.isPowerShell = isPowerShell;
  }

  /** Reads commands up to a closing `)` or backtick, which is left; to the end for an empty one. */
  commandsUpTo(closing: string, parent: ShellCommand | undefined, depth: number): void {
    const { text } = this;
    let command = this.begin(parent);
    const finish = (end: ShellCommand['end'], length: number): void => {
      command.end = end;
      this.at += length;
      command = this.begin(parent);
    };
    while (this.at < text.length) {
      const char = text.charAt(this.at);
      if (char === closing) return;
      if (char === ' ' || char === '\t' || char === '\r' || char === '\0') this.at += 1;
      else if (this.skipContinuation()) this.skipComments();
      else if (char === '\n') {
        this.at += 1;
        this.readHeredocs();
        command = this.begin(parent);
      } else if (char === '#') this.at = this.lineEnd();
      else if (char === '|' && text[this.at + 1] !== '|') finish('pipe', text[this.at + 1] === '&' ? 2 : 1);
      else if (text.startsWith(';;', this.at)) finish('break', 2);
      else if (char === ')') finish('branch', 1);
      else if (text.startsWith('<<', this.at) && this.heredocAt(command)) continue;
      else if (';&|('.includes(char)) finish('line', 1);
      else if (char === '<' || char === '>') this.at += 1;
      else {
        const word = this.wordAt(command, closing, depth);
        command.words.push(word);
        if (command.words.length === 1) command.span.start = word.span.start;
        command.span.end = word.span.end;
      }
    }
    this.readHeredocs();
  }

  private begin(parent: ShellCommand | undefined): Draft {
    const draft: Draft = { span: { start: this.at, end: this.at }, words: [], parent, end: 'line' };
    this.commands.push(draft);
    return draft;
  }

  private lineEnd(): number {
    const end = this.text.indexOf('\n', this.at);
    return end < 0 ? this.text.length : end;
  }

  /** A backslash at the end of a line, also with blanks behind it; PowerShell's backtick, and `^` of batch files. */
  private skipContinuation(): boolean {
    const { text } = this;
    const char = text.charAt(this.at);
    if (char !== '\\' && char !== '^' && !(char === '`' && this.isPowerShell)) return false;
    let end = this.at + 1;
    while (text[end] === ' ' || text[end] === '\t' || text[end] === '\r') end += 1;
    if (text[end] !== '\n' && end < text.length) return false;
    this.at = Math.min(end + 1, text.length);
    return true;
  }

  /** Lines in the middle of a continued command that are commented out. */
  private skipComments(): void {
    const comment = /[ \t]*#[^\n]*\n/y;
    for (;;) {
      comment.lastIndex = this.at;
      if (!comment.test(this.text)) return;
      this.at = comment.lastIndex;
    }
  }

  private wordAt(command: Draft, closing: string, depth: number): ShellWord {
    const { text } = this;
    const start = this.at;
    let value = '';
    let isTemplate = false;
    let quotes: TextSpan | undefined;
    let items: readonly ShellWord[] = [];
    while (this.at < text.length) {
      const char = text.charAt(this.at);
      if (char === closing || ' \t\r\n;&|)<>'.includes(char)) break;
      if (this.isPowerShell && arrayOfCommand.test(text.slice(this.at, this.at + 60))) {
        isTemplate = true;
        this.skipFilledIn(command, depth);
        value += text.slice(start, this.at);
        continue;
      }
      if (this.isPowerShell && char === '@' && '{('.includes(text.charAt(this.at + 1))) {
        value += this.balanced();
        continue;
      }
      if (char === '(') {
        if (!value.endsWith('=') || this.at === start) break;
        items = this.arrayAt(command, depth);
        break;
      }
      if (char === '\\' || char === '^' || char === '`') {
        const before = this.at;
        if (this.skipContinuation()) {
          this.at = before;
          break;
        }
      }
      const from = this.at;
      if (char === '\0') this.at += 1;
      else if (char === '"' || char === "'") {
        const part = this.quotedAt(command, depth);
        if (from === start) quotes = part.inner;
        value += part.value;
        isTemplate ||= part.isTemplate;
      } else if (char === '$' || (char === '`' && !this.isPowerShell)) {
        isTemplate = true;
        this.skipFilledIn(command, depth);
        value += text.slice(from, this.at);
      } else {
        const isEscape = char === '\\' && this.at + 1 < text.length && !/[\w:]/.test(text.charAt(this.at + 1));
        value += isEscape ? text.charAt(this.at + 1) : char;
        this.at += isEscape ? 2 : 1;
      }
    }
    if (this.at === start) this.at += 1;
    const span = { start, end: this.at };
    const inner = quotes && quotes.end + 1 >= span.end ? quotes : span;
    return { span, inner, value, isTemplate, items };
  }

  private quotedAt(command: Draft, depth: number) {
    const { text } = this;
    const start = this.at;
    const quote = text.charAt(start);
    const limit = Math.min(text.length, start + maxQuoted);
    let value = '';
    let isTemplate = false;
    this.at += 1;
    const nested = this.commands.length;
    while (this.at < limit) {
      const char = text.charAt(this.at);
      if (char === quote) break;
      const from = this.at;
      if (char === '\0') this.at += 1;
      else if (quote === '"' && char === '\\') {
        const next = text.charAt(this.at + 1);
        this.at += 2;
        value += next === '\n' ? '' : '"\\$`'.includes(next) ? next : char + next;
      } else if (quote === '"' && (char === '$' || (char === '`' && !this.isPowerShell))) {
        isTemplate = true;
        this.skipFilledIn(command, depth);
        value += text.slice(from, this.at);
      } else {
        value += char;
        this.at += 1;
      }
    }
    const isClosed = text[this.at] === quote && this.at < limit;
    const isOneText = isClosed && !(value.includes('\n') && /\w/.test(text.charAt(this.at + 1)));
    if (isOneText) {
      this.at += 1;
      return { value, isTemplate, inner: { start: start + 1, end: this.at - 1 } };
    }
    // An open quote ends with its line.
    this.commands.length = nested;
    this.at = start;
    const end = this.lineEnd();
    const inner = { start: start + 1, end: text[end - 1] === '\r' ? end - 1 : end };
    this.at = inner.end;
    return { value: text.slice(inner.start, inner.end), isTemplate: false, inner };
  }

  /** `$NAME`, `${NAME:-x}`, `$(…)`, `$((…))` or backticks. */
  private skipFilledIn(command: Draft, depth: number): void {
    const { text } = this;
    const next = text[this.at + 1];
    if (text[this.at] === '`') {
      this.at += 1;
      this.nested('`', command, depth);
    } else if (next === '(') {
      this.at += 2;
      if (/^[\w.-]+\)/.test(text.slice(this.at, this.at + 80))) this.at = text.indexOf(')', this.at) + 1;
      else this.nested(')', command, depth);
    } else if (next === '{') {
      const end = text.indexOf('}', this.at);
      this.at = end < 0 || end > this.lineEnd() ? this.at + 2 : end + 1;
    } else {
      const name = /\$(?:env:|\$)?\w*/iy;
      name.lastIndex = this.at;
      name.test(text);
      this.at = Math.max(this.at + 1, name.lastIndex);
    }
  }

  private nested(closing: string, command: Draft, depth: number): void {
    if (depth < maxDepth) this.commandsUpTo(closing, command, depth + 1);
    else this.at = this.lineEnd();
    if (this.text[this.at] === closing) this.at += 1;
  }

  private arrayAt(command: Draft, depth: number): readonly ShellWord[] {
    const { text } = this;
    const items: ShellWord[] = [];
    this.at += 1;
    while (this.at < text.length && text[this.at] !== ')') {
      const char = text.charAt(this.at);
      if (/\s/.test(char) || ';&|<>('.includes(char)) this.at += 1;
      else if (char === '#') this.at = this.lineEnd();
      else if (!this.skipContinuation()) items.push(this.wordAt(command, ')', depth));
    }
    this.at += 1;
    return items;
  }

  /** `@{ Name = "name"; Values = "x" }` and `@( … )` of PowerShell, as written. */
  private balanced(): string {
    const start = this.at;
    let open = 0;
    for (const limit = Math.min(this.text.length, start + maxQuoted); this.at < limit; this.at += 1) {
      const char = this.text.charAt(this.at);
      if ('{('.includes(char)) open += 1;
      else if ('})'.includes(char)) open -= 1;
      if (open === 0 && this.at > start) break;
    }
    this.at += 1;
    return this.text.slice(start, this.at);
  }

  private heredocAt(command: Draft): boolean {
    const start = /<<[-~]?[ \t]*(["']?)([A-Za-z_][\w.-]*)\1/y;
    start.lastIndex = this.at;
    const terminator = start.exec(this.text)?.[2];
    if (terminator === undefined) return false;
    this.at = start.lastIndex;
    this.pending.push({ terminator, command });
    return true;
  }

  /** The lines up to the terminator, for each heredoc that the line has begun. */
  private readHeredocs(): void {
    for (const { terminator, command } of this.pending) {
      const found = this.heredocEnd(terminator, this.at);
      if (!found || found.start - this.at > maxHeredoc) continue;
      this.heredocs.push({ inner: { start: this.at, end: found.start }, command });
      this.at = found.end;
    }
    this.pending = [];
  }
}
