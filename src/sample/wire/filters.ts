import { ServiceError } from './errors.ts';
import type { QueryParameters } from './query.ts';

/** The values that a resource has for a filter's name; none of them matching means that the filter does not match. */
export type FilterField<T> = (resource: T) => readonly (string | number | boolean | undefined)[];

/** What a resource may be filtered by: fields by name; `tag:KEY` and `tag-key` are understood everywhere. */
export interface FilterFields<T> {
  readonly fields: Readonly<Record<string, FilterField<T>>>;
  readonly tags: (resource: T) => ReadonlyMap<string, string> | undefined;
}

const MAX_FILTER_VALUES = 200;

/**
 * How a filter's value begins, for an index: all texts that match start with `prefix`, and every text that does matches
 * (`any`), only the prefix itself does (`none`), or the pattern has to be tried (`pattern`).
 */
export interface FilterPrefix {
  readonly prefix: string;
  readonly rest: 'any' | 'none' | 'pattern';
}

/** One `Filter.N` of a request. */
export interface Filter<T> {
  readonly name: string;
  readonly test: (resource: T) => boolean;
  /** Its values, one of which has to match. */
  readonly prefixes: readonly FilterPrefix[];
}

/** The test that a request's `Filter.N` ask for, all of which have to hold. @throws as `readFilters` */
export function filterOf<T>(params: QueryParameters, fields: FilterFields<T>): (resource: T) => boolean {
  const filters = readFilters(params, fields);
  return (resource) => filters.every(({ test }) => test(resource));
}

/**
 * A request's `Filter.N`: AND across filters, OR within the values of one, case-sensitive, `*` for any run, `?` for one
 * character, `\` before a character that stands for itself.
 *
 * @throws ServiceError InvalidParameterValue, FilterLimitExceeded
 */
export function readFilters<T>(params: QueryParameters, fields: FilterFields<T>): Filter<T>[] {
  return params.structs('Filter').map((filter) => {
    const name = filter.required('Name');
    const values = filter.list('Value');
    if (values.length > MAX_FILTER_VALUES) {
      throw new ServiceError(
        'FilterLimitExceeded',
        `The maximum number of filter values specified on a single call is ${MAX_FILTER_VALUES}`,
      );
    }
    if (values.length === 0) {
      throw new ServiceError('InvalidParameterValue', `The filter '${name}' must have at least one value`);
    }
    return { name, test: resourceTest(name, valueTest(values), fields), prefixes: values.map(prefixOf) };
  });
}

function resourceTest<T>(
  name: string,
  matches: (value: string) => boolean,
  { fields, tags }: FilterFields<T>,
): (resource: T) => boolean {
  if (name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (resource) => {
      const value = tags(resource)?.get(key);
      return value !== undefined && matches(value);
    };
  }
  if (name === 'tag-key') {
    return (resource) => [...(tags(resource)?.keys() ?? [])].some(matches);
  }
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) {
    throw new ServiceError('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
  return (resource) => field(resource).some((value) => value !== undefined && matches(String(value)));
}

function prefixOf(value: string): FilterPrefix {
  const parts = partsOf(value);
  const wild = parts.findIndex((part) => part === '*' || part === '?');
  const prefix = parts
    .slice(0, wild < 0 ? parts.length : wild)
    .map(literal)
    .join('');
  const rest = wild < 0 ? [] : parts.slice(wild);
  return { prefix, rest: wild < 0 ? 'none' : rest.every((part) => part === '*') ? 'any' : 'pattern' };
}

/** `*`, `?`, `\x` and plain characters. */
function partsOf(value: string): readonly string[] {
  return value.match(/\\.|./gs) ?? [];
}

function valueTest(values: readonly string[]): (value: string) => boolean {
  const exact = new Set<string>();
  const patterns: (readonly string[])[] = [];
  for (const value of values) {
    if (/[*?\\]/.test(value)) {
      patterns.push(partsOf(value));
    } else {
      exact.add(value);
    }
  }
  return (value) => exact.has(value) || patterns.some((pattern) => matchesWildcards(pattern, value));
}

/**
 * Whether a text matches a pattern of `*`, `?`, `\x` and plain characters. Goes back to the last `*` only, so that a
 * pattern made of many takes no longer than its length times the text's.
 */
function matchesWildcards(pattern: readonly string[], text: string): boolean {
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  for (let index = 0; index < text.length; ) {
    const part = pattern[at];
    if (part === '*') {
      star = at++;
      resumeAt = index;
    } else if (part === '?' || (part !== undefined && literal(part) === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resumeAt;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((part) => part === '*');
}

function literal(part: string): string {
  return part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
}
