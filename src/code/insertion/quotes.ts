import type { Language } from '../language.ts';

export type Quote = '"' | "'" | '`';

/** A quote that is open at the end of a line's part. */
export interface OpenQuote {
  readonly quote: Quote;
  readonly at: number;
}

export function openQuoteIn(before: string, language: Language): OpenQuote | undefined {
  let open: OpenQuote | undefined;
  for (let at = 0; at < before.length; at += 1) {
    const char = before.charAt(at);
    if (char === '\\' && open?.quote !== "'") at += 1;
    else if (open) open = char === open.quote ? undefined : open;
    else if (isQuote(char) && (char !== "'" || !/[\p{L}\p{N}]/u.test(before.charAt(at - 1)))) {
      if (char !== '`' || language === 'script' || language === 'other') open = { quote: char, at };
    }
  }
  return open;
}

function isQuote(char: string): char is Quote {
  return char === '"' || char === "'" || char === '`';
}

/** Whether a quote that is open before a line's part is closed in it: each other text of the line has two quotes. */
export function closes(after: string, quote: Quote): boolean {
  return (after.replace(/\\./g, '').split(quote).length - 1) % 2 === 1;
}

/** The quotes that a text has in a language: those of the line's other texts where both are usual. */
export function quoteOf(language: Language, line: string): Quote | undefined {
  switch (language) {
    case 'hcl':
    case 'json':
      return '"';
    case 'script':
    case 'python':
      return line.includes("'") && !line.includes('"') ? "'" : '"';
    default:
      return undefined;
  }
}
