import { type NameWord, wordsOfName } from './nameWords.ts';

/** EC2's limit, which other endpoints may not keep: what is behind it does not count. */
const maxNameLength = 128;

/**
 * The part of each name in which it differs from the others: `20260923` for `ubuntu-noble-24.04-amd64-server-20260923`
 * among its builds. A name that cannot be told from another by that part stays whole. Parts that are apart in the name
 * are separated by a dot in the middle: `9.6.0 · 20250910`.
 *
 * @param names of images that stand below a row with their family
 */
export function differingParts(names: readonly string[]): ReadonlyMap<string, string> {
  const words = new Map(names.map((name) => [name, wordsOfName(name.slice(0, maxNameLength))]));
  const [first = [], ...others] = words.values();
  const shared = others.reduce((common, next) => common.filter(inBoth(common, next)), first);
  const parts = new Map([...words].map(([name, own]) => [name, partsOf(name, own, shared)]));
  const counts = new Map<string, number>();
  for (const part of parts.values()) counts.set(part, (counts.get(part) ?? 0) + 1);
  const isLabel = (part: string) => part !== '' && counts.get(part) === 1 && !parts.has(part);
  return new Map([...parts].map(([name, part]) => [name, isLabel(part) ? part : name]));
}

/**
 * The labels without the words that all of them begin with: `15 SP7 arm64` for `SUSE Linux Enterprise Server 15 SP7 arm64`
 * among SUSE's. The last two words stay, and so does the name of another product: `Amazon Linux 2023 arm64` for
 * `ECS on Amazon Linux 2023 arm64`.
 *
 * @param labels of families that stand below a row with their publisher
 */
export function withoutSharedStart(labels: readonly string[]): ReadonlyMap<string, string> {
  const words = labels.map((label) => label.split(' '));
  const [first = []] = words;
  const isShared = (word: string, index: number) =>
    words.length > 1 &&
    !/^(?:for|on)$/.test(first[index - 1] ?? '') &&
    words.every((own) => own[index] === word && own.length > index + 2);
  const differs = first.findIndex((word, index) => !isShared(word, index));
  return new Map(words.map((own) => [own.join(' '), own.slice(differs).join(' ')]));
}

/** The words that are not among the shared ones, with the separators between those that stand together. */
function partsOf(name: string, words: readonly NameWord[], shared: readonly NameWord[]): string {
  const isShared = inBoth(words, shared);
  const differs = words.map((word, index) => !isShared(word, index));
  const runs: { start: number; end: number }[] = [];
  for (const [index, word] of words.entries()) {
    const last = runs.at(-1);
    if (differs[index]) {
      if (last && differs[index - 1] && !/[()[\]]/.test(word.before)) last.end = word.end;
      else runs.push({ start: word.start, end: word.end });
    } else if (differs[index + 1] && words[index + 1]?.role === 'patch') {
      // A patch number says nothing without its release.
      runs.push({ start: word.start, end: word.end });
      differs[index] = true;
    }
  }
  return runs.map(({ start, end }) => name.slice(start, end)).join(' · ');
}

/** Whether the word at an index is part of the longest sequence of words that two names have in common. */
function inBoth(words: readonly NameWord[], others: readonly NameWord[]): (word: NameWord, index: number) => boolean {
  const [own, theirs] = [words, others].map((list) => list.map(({ text }) => text.toLowerCase()));
  const found = commonWords(own ?? [], theirs ?? []);
  return (_, index) => found.has(index);
}

/** The indices in `own` of the longest common subsequence. */
function commonWords(own: readonly string[], theirs: readonly string[]): ReadonlySet<number> {
  const width = theirs.length + 1;
  const lengths = new Uint8Array((own.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = own.length - 1; row >= 0; row--) {
    for (let column = theirs.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        own[row] === theirs[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found = new Set<number>();
  for (let row = 0, column = 0; row < own.length && column < theirs.length; ) {
    if (own[row] === theirs[column]) {
      found.add(row);
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return found;
}
