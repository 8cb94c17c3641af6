/**
 * Wildcards of EC2's filters: `*` stands for any run of characters, `?` for one or none, `\` takes the next character
 * as it is (EC2 user guide, "List and filter your resources"). Case matters.
 */

/** A filter value that stands for exactly this text. */
export function escapeWildcards(text: string): string {
  return text.replace(/[*?\\]/g, '\\$&');
}

/** Whether EC2 would find this text by this filter value. Never worse than pattern × text. */
export function matchesWildcard(pattern: string, text: string): boolean {
  return pattern.includes('?') ? matchesWithOptional(pattern, text) : matchesRuns(pattern, text);
}

/** For patterns without `?`: on a mismatch only the last `*` is tried again, one character further on. */
function matchesRuns(pattern: string, text: string): boolean {
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
    if (symbol !== undefined && (escaped ? pattern[p + 1] : symbol) === text[t]) {
      p += escaped ? 2 : 1;
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

/** Follows every way in which the pattern may match at once: `reached[n]` says that its first n parts can. */
function matchesWithOptional(pattern: string, text: string): boolean {
  const parts = wildcardParts(pattern);
  const start = new Uint8Array(parts.length + 1);
  start[0] = 1;
  let reached = skipOptional(start, parts);
  for (const character of text) {
    const next = new Uint8Array(parts.length + 1);
    parts.forEach((part, at) => {
      if (reached[at] === 1) {
        if (part === '*') next[at] = 1;
        else if (part === '?' || wildcardLiteral(part) === character) next[at + 1] = 1;
      }
    });
    reached = skipOptional(next, parts);
  }
  return reached[parts.length] === 1;
}

function skipOptional(reached: Uint8Array, parts: readonly string[]): Uint8Array {
  parts.forEach((part, at) => {
    if (reached[at] === 1 && (part === '*' || part === '?')) reached[at + 1] = 1;
  });
  return reached;
}

/** `*`, `?`, `\x` and plain characters. */
export function wildcardParts(pattern: string): readonly string[] {
  return pattern.match(/\\.|./gsu) ?? [];
}

/** The character that a part other than `*` and `?` stands for. */
export function wildcardLiteral(part: string): string {
  return part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
}

/**
 * The same where `?` may also stand for no character at all, as EC2's user guide has it ("Filter by attributes"): what is to
 * be kept out of a lookup must not match either way.
 */
export function mayMatchWildcard(pattern: string, text: string): boolean {
  const parts = pattern.match(/\\.|./gsu) ?? [];
  let places = afterOptional(parts, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const place of places) {
      const part = parts[place];
      if (part === '*') next.add(place);
      else if (part === '?' || (part?.startsWith('\\') ? part.slice(1) || part : part) === character)
        next.add(place + 1);
    }
    places = afterOptional(parts, next);
  }
  return places.has(parts.length);
}

/** The places of a pattern that are reached from these without a character. */
function afterOptional(parts: readonly string[], places: ReadonlySet<number>): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const start of places) {
    for (let place = start; !reached.has(place); place++) {
      reached.add(place);
      if (parts[place] !== '*' && parts[place] !== '?') break;
    }
  }
  return reached;
}

/** The same for one value and many texts: most of them begin otherwise, which takes no more than a look. */
export function wildcardTest(pattern: string): (text: string) => boolean {
  const beginning = /^[^*?\\]*/.exec(pattern)?.[0] ?? '';
  if (pattern === `${beginning}*`) return (text) => text.startsWith(beginning);
  const within = /^\*([^*?\\]+)\*$/.exec(pattern)?.[1];
  if (within !== undefined) return (text) => text.includes(within);
  return (text) => text.startsWith(beginning) && matchesWildcard(pattern, text);
}
