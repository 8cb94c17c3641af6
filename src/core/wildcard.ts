/**
 * Wildcards of EC2's filters: `*` stands for any characters, `?` for one or none, and `\` escapes the next character
 * (EC2 user guide, "List and filter your resources"). Case matters.
 */

/** A filter value that matches exactly this text. */
export function escapeWildcards(text: string): string {
  return text.replace(/[*?\\]/g, '\\$&');
}

/** Whether EC2 would find this text by this filter value. Takes at most pattern × text steps. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return wildcardTest(pattern)(text);
}

/** `matchesWildcard` for one filter value and many texts: most texts are rejected by their beginning. */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const beginning = /^[^*?\\]*/.exec(pattern)?.[0] ?? '';
  if (pattern === `${beginning}*`) return (text) => text.startsWith(beginning);
  const within = /^\*([^*?\\]+)\*$/.exec(pattern)?.[1];
  if (within !== undefined) return (text) => text.includes(within);
  // Parsed once, and only where needed.
  const parts = pattern.includes('?') ? wildcardParts(pattern) : undefined;
  return (text) =>
    text.startsWith(beginning) && (parts ? matchesWithOptional(parts, text) : matchesEach(pattern, text));
}

/**
 * As `matchesWildcard`, but each `?` stands for exactly one character, as in older documentation of EC2 and its SDKs.
 * On a mismatch only the last `*` is retried, one character further on.
 */
export function matchesEach(pattern: string, text: string): boolean {
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
    const escaped = symbol === '\\' && p + 1 < pattern.length;
    if (symbol === '?' || (symbol !== undefined && (escaped ? pattern[p + 1] : symbol) === text[t])) {
      p += escaped ? 2 : 1;
      // A character beyond the BMP takes two code units.
      t += symbol === '?' && (text.codePointAt(t) ?? 0) > 0xffff ? 2 : 1;
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

/** Follows all possible matches at once: `reached[n]` says that the first n parts can match. */
function matchesWithOptional(parts: readonly string[], text: string): boolean {
  let reached = new Uint8Array(parts.length + 1);
  let next = new Uint8Array(parts.length + 1);
  reached[0] = 1;
  skipWild(reached, parts);
  for (const character of text) {
    next.fill(0);
    let alive = false;
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at];
      if (reached[at] === 0 || part === undefined) continue;
      if (!isWild(part) && wildcardLiteral(part) !== character) continue;
      next[part === '*' ? at : at + 1] = 1;
      alive = true;
    }
    if (!alive) return false;
    skipWild(next, parts);
    [reached, next] = [next, reached];
  }
  return reached[parts.length] === 1;
}

/** Both wildcards may match nothing. */
function skipWild(reached: Uint8Array, parts: readonly string[]): void {
  parts.forEach((part, at) => {
    if (reached[at] === 1 && isWild(part)) reached[at + 1] = 1;
  });
}

function isWild(part: string): boolean {
  return part === '*' || part === '?';
}

/** `*`, `?`, `\x` and single characters. */
export function wildcardParts(pattern: string): readonly string[] {
  return pattern.match(/\\.|./gsu) ?? [];
}

/** The character that a part other than `*` and `?` stands for. */
export function wildcardLiteral(part: string): string {
  return part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
}
