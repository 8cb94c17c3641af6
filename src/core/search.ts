import { isImageId } from './imageId.ts';
import { escapeWildcards } from './wildcard.ts';

/** EC2's limit for the values of one filter. */
export const maxFilterValues = 200;

/**
 * Values of the filter `name` that find names with all the words. EC2's filters depend on case and order, so each order
 * of the words is asked for as typed, in lower case, Capitalised and in UPPER CASE.
 *
 * The values may find too much, since short words are dropped beyond EC2's limit: check results with an `ImageSearch`.
 * Names in another case are missed, such as `CloudWatch` for `cloudwatch`. Empty for no words.
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

/** A search by id: `id` where the word is a whole EC2 id, and values of the filter `image-id`. */
export interface IdQuery {
  readonly id: string | undefined;
  readonly patterns: readonly string[];
}

/**
 * The search by id, where a word is an id or begins one with at least three digits. Fewer digits would find a large
 * part of the region.
 */
export function idQuery(words: readonly string[]): IdQuery | undefined {
  const typed = words.find((word) => idBeginning.test(word));
  if (typed === undefined) return undefined;
  const word = typed.toLowerCase();
  if (isWholeId(word)) return { id: word, patterns: [word] };
  // Some endpoints' ids have capitals, and some endpoints know no wildcards.
  const patterns = new Set([`${word}*`, `${typed}*`, typed]);
  return { id: isImageId(word) ? word : undefined, patterns: [...patterns] };
}

/** Whether an id has 17 digits: an id of eight digits may be the beginning of a longer one. */
export function isWholeId(id: string): boolean {
  return id.length === wholeIdLength && isImageId(id);
}

/** `ami-` and the prefixes of EC2-compatible endpoints: `emi-`, `cmi-`. */
const idBeginning = /^[a-z]mi-[0-9a-f]{3,64}$/i;

const wholeIdLength = 'ami-'.length + 17;

/** Drops words that are part of another word: with both, EC2 would only find names that have the word twice. */
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
 * `?` for the first letter finds a word in lower case and Capitalised with one value, which leaves room for more words.
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
