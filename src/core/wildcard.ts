/**
 * Wildcards of EC2's filters: `*` stands for any run of characters, `?` for one, `\` takes the next character as it is
 * (EC2 API reference, "Filters"). Case matters.
 */

/** A filter value that stands for exactly this text. */
export function escapeWildcards(text: string): string {
  return text.replace(/[*?\\]/g, '\\$&');
}

/**
 * Whether EC2 would find this text by this filter value. Never worse than pattern × text: on a mismatch only the last
 * `*` is tried again, one character further on.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let starAt = -1;
  let starText = 0;
  while (t < text.length) {
    const symbol = pattern[p];
    if (symbol === '*') {
      starAt = p++;
      starText = t;
      continue;
    }
    const literal = symbol === '\\' && p + 1 < pattern.length ? pattern[p + 1] : symbol;
    if (symbol !== undefined && ((symbol === '?' && literal === symbol) || literal === text[t])) {
      p += symbol === '\\' && p + 1 < pattern.length ? 2 : 1;
      t++;
    } else if (starAt >= 0) {
      p = starAt + 1;
      t = ++starText;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
