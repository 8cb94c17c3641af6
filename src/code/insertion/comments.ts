import type { Language } from '../language.ts';
import { lineAt } from './lines.ts';
import { openQuoteIn } from './quotes.ts';

/** Longer comments are told by their line alone. */
const maxLength = 50_000;

/** Whether a place is in a comment, or in words that are written like one. */
export function isInComment(text: string, offset: number, language: Language): boolean {
  const { start, text: line } = lineAt(text, offset);
  const before = line.slice(0, offset - start);
  if (language === 'markdown') return isInBlock(text, offset, '<!--', '-->', language);
  return (
    /^\s*(?:#|\/\/|--\s|\*(?:[\s/]|$)|<!--|rem\s)/i.test(before) ||
    hasCommentSign(before, language) ||
    isInBlock(text, offset, '<!--', '-->', language) ||
    (hasBlocks.has(language) && isInBlock(text, offset, '/*', '*/', language))
  );
}

const hasBlocks: ReadonlySet<Language> = new Set<Language>(['hcl', 'json', 'script', 'other']);

/** `#` in colours and anchors, and `//` in addresses, have no blank before them. */
function hasCommentSign(before: string, language: Language): boolean {
  const signs = hasBlocks.has(language) ? /\s(?:#|\/\/)(?!\{)/g : /\s#(?!\{)/g;
  return Array.from(before.matchAll(signs)).some(({ index }) => !openQuoteIn(before.slice(0, index), language));
}

function isInBlock(text: string, offset: number, opener: string, closer: string, language: Language): boolean {
  const from = Math.max(0, offset - maxLength);
  const near = text.slice(from, offset);
  const open = near.lastIndexOf(opener);
  if (open < 0 || near.indexOf(closer, open + opener.length) >= 0) return false;
  // A pattern such as `"arn:aws:s3:::bucket/*"` is none.
  const { start } = lineAt(near, open);
  const before = near.slice(start, open);
  return /(?:^|[\s;{}(),])$/.test(before) && !openQuoteIn(before, language) && !hasCommentSign(before, language);
}
