import type { ImageSummary } from './image.ts';
import { isImageId } from './imageId.ts';
import { escapeWildcards } from './wildcard.ts';

/** EC2 takes no more values than this for one filter. */
export const maxFilterValues = 200;

/** The words of what a user has typed: each once, whatever its case, in the order typed. */
export function splitWords(text: string): readonly string[] {
  const words = new Map<string, string>();
  for (const word of text.split(/\s+/)) {
    if (word !== '' && !words.has(word.toLowerCase())) words.set(word.toLowerCase(), word);
  }
  return [...words.values()];
}

/** Whether every word occurs in the image's name or in its id, whatever the case. True for no words. */
export function matchesWords(words: readonly string[], image: Pick<ImageSummary, 'id' | 'name'>): boolean {
  return occurIn(words, [image.name, image.id]);
}

/** Whether every word occurs in one of the texts, whatever the case. True for no words. */
export function occurIn(words: readonly string[], texts: readonly string[]): boolean {
  const lower = texts.map((text) => text.toLowerCase());
  return words.every((word) => lower.some((text) => text.includes(word.toLowerCase())));
}

/**
 * Values of the server-side filter `name` that find names in which all the words occur, although EC2 minds case and
 * order: every order of the words, each as typed, in lower case, Capitalised and in UPPER CASE. They find more than asked
 * for (where that would take more values than EC2 allows, the shortest words are left to the check), so what they find is
 * to be checked by `matchesWords`; they miss names in a case of their own, `CloudWatch` for `cloudwatch`. Empty for no
 * words: the caller decides whether to list everything.
 */
export function serverNamePatterns(words: readonly string[]): readonly string[] {
  let asked = withoutContained(words).map((word) => ({ word, variants: caseVariants(word) }));
  while (asked.length > 1 && count(asked) > maxFilterValues) {
    const shortest = Math.min(...asked.map(({ word }) => word.length));
    const dropped = asked.findLastIndex(({ word }) => word.length === shortest);
    asked = asked.filter((_, index) => index !== dropped);
  }
  const patterns = permutations(asked.map(({ variants }) => variants)).flatMap((order) =>
    combinations(order).map((parts) => `*${parts.join('*')}*`),
  );
  return [...new Set(patterns)].filter((pattern) => pattern !== '**');
}

/** A search by id: `id` when the word can be a whole id of EC2's, and values of the server-side filter `image-id`. */
export interface IdQuery {
  readonly id: string | undefined;
  readonly patterns: readonly string[];
}

/**
 * The search by id that the words ask for, if one of them is an id or begins one with at least three digits; fewer would
 * find a large part of the region.
 */
export function idQuery(words: readonly string[]): IdQuery | undefined {
  const typed = words.find((word) => idBeginning.test(word));
  if (typed === undefined) return undefined;
  const word = typed.toLowerCase();
  if (word.length === wholeIdLength && isImageId(word)) return { id: word, patterns: [word] };
  // EC2's ids are in lower case, some endpoints' are not; and an endpoint may know the filter, but no wildcards.
  const patterns = new Set([`${word}*`, `${typed}*`, typed]);
  return { id: isImageId(word) ? word : undefined, patterns: [...patterns] };
}

/** `ami-` and the names of other makes of EC2: `emi-`, `cmi-`. */
const idBeginning = /^[a-z]mi-[0-9a-f]{3,64}$/i;

/** `ami-` and 17 digits: an id that begins no other. */
const wholeIdLength = 21;

/** A word that is part of another one is found wherever that one is; asked for beside it, it would have to occur twice. */
function withoutContained(words: readonly string[]): readonly string[] {
  const lower = words.map((word) => word.toLowerCase());
  return words.filter((_, index) => {
    const word = lower[index] ?? '';
    return !lower.some(
      (other, at) => other.includes(word) && (other.length > word.length || (other === word && at < index)),
    );
  });
}

/**
 * `?` in the place of the first letter finds a word in lower case and Capitalised by one value, which leaves room for more
 * words.
 */
function caseVariants(word: string): readonly string[] {
  const lower = word.toLowerCase();
  const first = [...lower][0] ?? '';
  const rest = lower.slice(first.length);
  const either =
    first.toUpperCase() === first || lower.length < 3
      ? [escapeWildcards(lower), escapeWildcards(first.toUpperCase() + rest)]
      : [`?${escapeWildcards(rest)}`];
  const covered = [lower, first.toUpperCase() + rest];
  const typed = covered.includes(word) ? [] : [escapeWildcards(word)];
  return [...new Set([...typed, ...either, escapeWildcards(word.toUpperCase())])];
}

function count(asked: readonly { readonly variants: readonly string[] }[]): number {
  return asked.reduce((product, { variants }, index) => product * variants.length * (index + 1), 1);
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, at) => at !== index)).map((others) => [item, ...others]),
  );
}

function combinations(choices: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return choices.reduce<readonly (readonly string[])[]>(
    (sofar, variants) => sofar.flatMap((parts) => variants.map((variant) => [...parts, variant])),
    [[]],
  );
}
