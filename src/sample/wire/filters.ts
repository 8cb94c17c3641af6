import { wildcardLiteral, wildcardParts, wildcardTest } from '../../core/wildcard.ts';
import { ServiceError } from './errors.ts';
import type { QueryParameters } from './query.ts';

/** A resource's values for a filter; the filter matches where one of them does. */
export type FilterField<T> = (resource: T) => readonly (string | number | boolean | undefined)[];

/** The filters of a resource: fields by name, and `tag:KEY` where it has `tags`. */
export interface FilterFields<T> {
  readonly fields: Readonly<Record<string, FilterField<T>>>;
  readonly tags?: ((resource: T) => ReadonlyMap<string, string> | undefined) | undefined;
}

/**
 * The filters of a resource with tags, including `tag-key` and `tag-value`, which EC2 still has but no longer
 * documents.
 */
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

/** Documented filters for fields that no resource of the account has; they find nothing. */
export function unusedFilters(names: readonly string[]): Readonly<Record<string, FilterField<unknown>>> {
  return Object.fromEntries(names.map((name) => [name, () => []]));
}

/** "List and filter using the CLI and API" of the EC2 user guide. */
const MAX_FILTERS = 50;
const MAX_FILTER_VALUES = 200;

/**
 * The beginning of a filter's value, for an index. All matching texts start with `prefix`; of those, all match (`any`),
 * only the prefix itself (`none`), or the pattern must be tested (`pattern`).
 */
export interface FilterPrefix {
  readonly prefix: string;
  readonly rest: 'any' | 'none' | 'pattern';
}

/** One `Filter.N` of a request. */
export interface Filter<T> {
  readonly name: string;
  readonly test: (resource: T) => boolean;
  /** Its values, one of which must match. */
  readonly prefixes: readonly FilterPrefix[];
}

/** The test for a request's `Filter.N`, all of which must match. @throws as `readFilters` */
export function filterOf<T>(params: QueryParameters, fields: FilterFields<T>): (resource: T) => boolean {
  const filters = readFilters(params, fields);
  return (resource) => filters.every(({ test }) => test(resource));
}

/**
 * A request's `Filter.N`: AND across filters, OR within one filter's values, case-sensitive, with wildcards. A filter
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

/** Values without wildcards are looked up in a set, however many there are. */
function valueTest(values: readonly string[]): (value: string) => boolean {
  const exact = new Set(values.filter((value) => !/[*?\\]/.test(value)));
  const patterns = values.filter((value) => !exact.has(value)).map(wildcardTest);
  return (value) => exact.has(value) || patterns.some((matches) => matches(value));
}
