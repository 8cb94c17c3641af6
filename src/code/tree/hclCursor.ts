import type { TextSpan } from '../textSpan.ts';
import { commentEnd } from './hclText.ts';

const blanks = /[ \t\r]+/y;

/** A place in HCL that goes on from word to word. */
export class HclCursor {
  protected readonly text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  protected from(start: number): TextSpan {
    return { start, end: this.at };
  }

  protected isAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  protected match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  /** Goes to what is next. */
  protected isBeforeEnd(): boolean {
    this.skipSpace();
    return this.at < this.text.length;
  }

  /** Blanks and comments of the line. */
  protected skipLine(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 13) this.match(blanks);
      else if (code === 35 || code === 47) {
        const end = commentEnd(this.text, this.at);
        if (end === undefined) return;
        this.at = end;
      } else return;
    }
  }

  /** Blanks, comments, commas and lines; whether there was a line's end. */
  protected skipSpace(): boolean {
    let isNewLine = false;
    for (;;) {
      this.skipLine();
      const code = this.text.charCodeAt(this.at);
      if (code === 10) isNewLine = true;
      else if (code !== 44 && code !== 59 && code !== 0xa0) return isNewLine;
      this.at += 1;
    }
  }
}
