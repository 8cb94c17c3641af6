import { wildcardLiteral, wildcardParts, wildcardTest } from '../../core/wildcard.ts';
import { ServiceError } from './errors.ts';
import type { QueryParameters } from './query.ts';

/** The values that a resource has for a filter's name; none of them matching means that the filter does not match. */
export type FilterField<T> = (resource: T) => readonly (string | number | boolean | undefined)[];

/** What a resource may be filtered by: fields by name, and `tag:KEY` where it has `tags`. */
export interface FilterFields<T> {
  readonly fields: Readonly<Record<string, FilterField<T>>>;
  readonly tags?: ((resource: T) => ReadonlyMap<string, string> | undefined) | undefined;
}

/** The filters of a resource that has tags: also by `tag-key`, and by `tag-value`, which EC2 has but documents no more. */
export function taggedFields<T>(
  fields: Readonly<Record<string, FilterField<T>>>,
  tags: (resource: T) => ReadonlyMap<string, string> | undefined,
): FilterFields<T> {
  const ofTags: Readonly<Record<string, FilterField<T>>> = {
    'tag-key': (resource) => [...(tags(resource)?.keys() ?? [])],
    'tag-value': (resource) => [...(tags(resource)?.values() ?? [])],
  };
  return { fields: { ...fields, ...ofTags }, tags };
}

/** Filters that EC2 documents for what no resource of the account has: they find nothing. */
export function unusedFilters(names: readonly string[]): Readonly<Record<string, FilterField<unknown>>> {
  return Object.fromEntries(names.map((name) => [name, () => []]));
}

/** "List and filter using the CLI and API" of the EC2 user guide. */
const MAX_FILTERS = 50;
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
 * A request's `Filter.N`: AND across filters, OR within the values of one, case-sensitive, with wildcards. A filter
 * without values finds nothing.
 *
 * @throws ServiceError InvalidParameterValue, FilterLimitExceeded
 */
export function readFilters<T>(params: QueryParameters, fields: FilterFields<T>): Filter<T>[] {
  const filters = params.structs('Filter');
  if (filters.length > MAX_FILTERS) {
    throw new ServiceError(
      'FilterLimitExceeded',
      `The maximum number of filters specified on a single call is ${MAX_FILTERS}`,
    );
  }
  return filters.map((filter) => {
    const name = filter.get('Name') ?? 'null';
    const values = filter.list('Value');
    if (values.length > MAX_FILTER_VALUES) {
      throw new ServiceError(
        'FilterLimitExceeded',
        `The maximum number of filter values specified on a single call is ${MAX_FILTER_VALUES}`,
      );
    }
    return { name, test: resourceTest(name, valueTest(values), fields), prefixes: values.map(prefixOf) };
  });
}

function resourceTest<T>(
  name: string,
  matches: (value: string) => boolean,
  { fields, tags }: FilterFields<T>,
): (resource: T) => boolean {
  if (tags && name.startsWith('tag:')) {
    const key = name.slice('tag:'.length);
    return (resource) => {
      const value = tags(resource)?.get(key);
      return value !== undefined && matches(value);
    };
  }
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) {
    throw new ServiceError('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
  return (resource) => field(resource).some((value) => value !== undefined && matches(String(value)));
}

function prefixOf(value: string): FilterPrefix {
  const parts = wildcardParts(value);
  const wild = parts.findIndex((part) => part === '*' || part === '?');
  const prefix = parts
    .slice(0, wild < 0 ? parts.length : wild)
    .map(wildcardLiteral)
    .join('');
  const rest = wild < 0 ? [] : parts.slice(wild);
  return { prefix, rest: wild < 0 ? 'none' : rest.every((part) => part === '*') ? 'any' : 'pattern' };
}

/** Values without wildcards are looked up, however many there are. */
function valueTest(values: readonly string[]): (value: string) => boolean {
  const exact = new Set(values.filter((value) => !/[*?\\]/.test(value)));
  const patterns = values.filter((value) => !exact.has(value)).map(wildcardTest);
  return (value) => exact.has(value) || patterns.some((matches) => matches(value));
}
