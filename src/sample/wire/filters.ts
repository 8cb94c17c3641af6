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
 * The test that a request's `Filter.N` ask for: AND across filters, OR within the values of one, case-sensitive, `*`
 * for any run, `?` for one character, `\` before a character that stands for itself.
 *
 * @throws ServiceError InvalidParameterValue, FilterLimitExceeded
 */
export function filterOf<T>(params: QueryParameters, { fields, tags }: FilterFields<T>): (resource: T) => boolean {
  const tests = params.structs('Filter').map((filter) => {
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
    const matches = valueTest(values);
    if (name.startsWith('tag:')) {
      const key = name.slice('tag:'.length);
      return (resource: T) => {
        const value = tags(resource)?.get(key);
        return value !== undefined && matches(value);
      };
    }
    if (name === 'tag-key') {
      return (resource: T) => [...(tags(resource)?.keys() ?? [])].some(matches);
    }
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      throw new ServiceError('InvalidParameterValue', `The filter '${name}' is invalid`);
    }
    return (resource: T) => field(resource).some((value) => value !== undefined && matches(String(value)));
  });
  return (resource) => tests.every((test) => test(resource));
}

function valueTest(values: readonly string[]): (value: string) => boolean {
  const exact = new Set<string>();
  const patterns: (readonly string[])[] = [];
  for (const value of values) {
    if (/[*?\\]/.test(value)) {
      patterns.push(value.match(/\\.|./gs) ?? []);
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
