export interface HeredocEnd {
  /** Where the last line of a heredoc begins. */
  readonly start: number;
  readonly end: number;
}

/** A text with more words than this whose heredocs do not end has its heredocs read as code: each is looked for to the text's end. */
const maxUnclosed = 40;

/**
 * Finds the lines that end the heredocs of one text. A line that was found, or was not, counts for all heredocs of its
 * word before it.
 *
 * @param ending the line of a word, as a pattern
 */
export function heredocEnds(
  text: string,
  ending: (word: string) => string,
): (word: string, from: number) => HeredocEnd | undefined {
  const known = new Map<string, { readonly from: number; readonly found: HeredocEnd | undefined }>();
  let unclosed = 0;
  return (word, from) => {
    const last = known.get(word);
    if (last && last.from <= from && (!last.found || from <= last.found.start)) return last.found;
    if (unclosed > maxUnclosed) return undefined;
    const line = new RegExp(ending(word.replaceAll('.', '\\.')), 'gm');
    line.lastIndex = from;
    const match = line.exec(text);
    const found = match ? { start: match.index, end: match.index + match[0].length } : undefined;
    if (!found) unclosed += 1;
    known.set(word, { from, found });
    return found;
  };
}
