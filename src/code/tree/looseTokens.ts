import type { TextSpan } from '../textSpan.ts';
import { heredocEnds } from './heredocEnds.ts';

/** A token of a language with brackets, quotes and indentation. */
export interface Token extends TextSpan {
  readonly kind: 'name' | 'text' | 'open' | 'close' | 'mark' | 'comma' | 'line' | 'indent' | 'dedent';
  readonly value: string;
  /** Of a text: what stands between the quotes. */
  readonly inner: TextSpan;
  /** Whether escapes are resolved in it. */
  readonly isRaw: boolean;
}

export interface TokenOptions {
  /** Blocks are told by their indentation: languages with `do … end`. */
  readonly hasIndentedBlocks: boolean;
}

const blank = /[ \t\f\v\u00A0\uFEFF]+|\\(?:\r\n|[\r\n])/y;
const lineEnd = /(?:\r\n|[\r\n])/y;
const lineComment = /(?:#(?![{[]?\w+\})|\/\/)[^\r\n]*/y;
const blockComment = /\/\*[\s\S]*?(?:\*\/|$)/y;
const raw = /"""[\s\S]*?"""|'''[\s\S]*?'''|`[^`]*`|@"(?:[^"]|"")*"/y;
const quoted = /"(?:[^"\\\r\n]|\\(?:\r\n|[\s\S]))*"|'(?:[^'\\\r\n]|\\[^\r\n])*'/y;
const heredoc = /<<[-~<]?[ \t]?(["']?)([A-Za-z_]\w*)\1(?=[^\r\n]*[\r\n])/y;
const symbol = /:(?:[a-z]{2}(?:-[a-z]+){1,2}-\d(?![\w-])|[A-Za-z_]\w*(?![\w:])|"[^"\r\n]*")/y;
const name = /[$@%]{0,2}[\p{L}_][\p{L}\p{N}_]*[?!]?/uy;
/** As keys of Nix or Puppet have it. */
const region = /(?<![\w-])[a-z]{2}(?:-[a-z]+){1,2}-\d(?![\w-])/y;
const step =
  /(?:\.|::|->|\?\.|&\.|!!?\.)[\p{L}_][\p{L}\p{N}_]*[?!]?|\[(?:"[^"\r\n]*"|'[^'\r\n]*'|:?[\w-]*)\]|->\{-?[\w'"]+\}/uy;
const number = /\d[\w.]*/y;
const typeArguments = /<[\w\s.,<>[\]?&:]{0,100}>(?=\s*[({])/y;
const mark = /===|==|=>|->|:=|<-|\+=|\|\||&&|\?\?|\?:|::|[^\s\w]/y;

/** The tokens of a text, without comments and blanks. */
export function looseTokens(text: string, { hasIndentedBlocks }: TokenOptions): readonly Token[] {
  const tokens: Token[] = [];
  const brackets: ('group' | number)[] = [];
  let lineIndent = 0;
  let at = 0;
  let pendingHeredocs: string[] = [];
  const heredocEnd = heredocEnds(text, (word) => `^[ \\t]*${word}\\b`);
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    return found === undefined || found === '' ? undefined : found;
  };
  const push = (kind: Token['kind'], length: number, more: Partial<Pick<Token, 'inner' | 'isRaw' | 'value'>> = {}) => {
    const span = { start: at, end: at + length };
    tokens.push({ kind, ...span, value: text.slice(at, at + length), inner: span, isRaw: false, ...more });
    at += length;
  };
  const pushText = (whole: string, quote: number, isRaw: boolean) => {
    const inner = { start: at + quote, end: at + whole.length - (isRaw && whole.startsWith('@') ? 1 : quote) };
    push('text', whole.length, { inner, isRaw, value: text.slice(inner.start, inner.end) });
  };
  const indentTo = (indent: number) => {
    const last = tokens.at(-1);
    const isContinued =
      last !== undefined && (/^(?:comma|open)$/.test(last.kind) || (last.kind === 'mark' && last.value !== '|'));
    for (let top = brackets.at(-1); typeof top === 'number' && indent <= top; top = brackets.at(-1)) {
      brackets.pop();
      push('dedent', 0);
    }
    if (brackets.at(-1) !== 'group' && indent > lineIndent && !isContinued && last !== undefined) {
      brackets.push(lineIndent);
      push('indent', 0);
    } else if (isContinued) return;
    lineIndent = indent;
  };
  while (at < text.length) {
    const found = match(blank) ?? commentAt();
    if (found !== undefined) {
      at += found.length;
      continue;
    }
    const end = match(lineEnd);
    if (end !== undefined) {
      const isContinuing = tokens.at(-1)?.kind === 'line';
      if (isContinuing) at += end.length;
      else push('line', end.length);
      for (const terminator of pendingHeredocs) pushHeredoc(terminator);
      pendingHeredocs = [];
      if (hasIndentedBlocks) {
        const indent = /[ \t]*/y;
        indent.lastIndex = at;
        const width = indent.exec(text)?.[0].length ?? 0;
        const next = text[at + width];
        if (next !== undefined && !/[\r\n#.]/.test(next)) {
          const line = tokens.at(-1)?.kind === 'line' ? tokens.pop() : undefined;
          indentTo(width);
          if (line && tokens.at(-1)?.kind !== 'indent') tokens.push(line);
        }
      }
      continue;
    }
    const here = match(heredoc);
    if (here !== undefined) {
      pendingHeredocs.push(/\w+/.exec(here)?.[0] ?? '');
      push('mark', here.length);
      continue;
    }
    const rawText = match(raw);
    if (rawText !== undefined) {
      pushText(rawText, rawText.startsWith('`') ? 1 : rawText.startsWith('@') ? 2 : 3, true);
      continue;
    }
    const quotedText = match(quoted);
    if (quotedText !== undefined) {
      pushText(quotedText, 1, false);
      continue;
    }
    const symbolText = /[\w)\]:]/.test(text[at - 1] ?? '') ? undefined : match(symbol);
    if (symbolText !== undefined) {
      const isQuoted = symbolText.startsWith(':"');
      const inner = { start: at + (isQuoted ? 2 : 1), end: at + symbolText.length - (isQuoted ? 1 : 0) };
      push('text', symbolText.length, { inner, isRaw: true, value: text.slice(inner.start, inner.end) });
      continue;
    }
    const path = match(region) ?? match(name) ?? match(number);
    if (path !== undefined) {
      const start = at;
      at += path.length;
      for (let more = match(step); more !== undefined; more = match(step)) at += more.length;
      const value = text.slice(start, at);
      const types = match(typeArguments);
      if (types !== undefined) at += types.length;
      const length = at - start;
      at = start;
      push('name', length, { value });
      continue;
    }
    const other = match(mark) ?? text.charAt(at);
    if (/^[([{]$/.test(other)) {
      brackets.push('group');
      push('open', 1);
    } else if (/^[)\]}]$/.test(other)) {
      while (typeof brackets.at(-1) === 'number') {
        brackets.pop();
        push('dedent', 0);
      }
      brackets.pop();
      push('close', 1);
    } else if (other === ',') push('comma', 1);
    else if (other === ';') push('line', 1);
    else push('mark', other.length);
  }
  return tokens;

  function commentAt(): string | undefined {
    const character = text[at];
    if (character === '/') return text[at - 1] === ':' ? undefined : (match(blockComment) ?? match(lineComment));
    return character === '#' && !/[\w$]/.test(text[at - 1] ?? '') ? match(lineComment) : undefined;
  }

  /** Its lines up to the terminator are a text. */
  function pushHeredoc(terminator: string): void {
    const found = heredocEnd(terminator, at);
    if (!found) return;
    push('text', found.start - at, { inner: { start: at, end: found.start }, isRaw: true });
    at = found.end;
  }
}
