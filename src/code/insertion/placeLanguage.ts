import type { Language } from '../language.ts';
import { fenceLanguage } from '../markdown/fenceLanguage.ts';
import { commandBefore } from './lines.ts';

const option = /(?:^|\s)--(?:source-)?image-ids?(?:\s+|=)[^=|;&]*$/;

/** The language of a place: that of a command in a file of another one, or of the fence in a document. */
export function languageAt(text: string, offset: number, outer: Language): Language {
  if (option.test(commandBefore(text, offset))) return 'shell';
  return outer === 'markdown' ? (languageOfFence(text, offset) ?? outer) : outer;
}

const fence = /^[ \t>]*(`{3,}|~{3,})[ \t]*([^\s`]*).*$/gm;

/** Undefined outside of fences, and in one with words. */
function languageOfFence(text: string, offset: number): Language | undefined {
  let open: { readonly sign: string; readonly info: string; readonly start: number } | undefined;
  for (const { 0: line, 1: sign = '', 2: info = '', index } of text.matchAll(fence)) {
    if (index + line.length >= offset)
      return open ? fenceLanguage(open.info, text.slice(open.start, index)) : undefined;
    if (!open) open = { sign, info, start: index + line.length + 1 };
    else if (sign.startsWith(open.sign) && info === '') open = undefined;
  }
  // While it is typed, the fence is not closed.
  return open ? fenceLanguage(open.info, text.slice(open.start, offset)) : undefined;
}
