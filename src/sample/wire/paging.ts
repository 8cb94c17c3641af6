import { createHash } from 'node:crypto';
import { ServiceError } from './errors.ts';
import type { QueryParameters } from './query.ts';

/** How many listings are kept, the last used ones; the token of another is answered from a new listing. */
const KEPT_LISTINGS = 200;

export interface PageLimits {
  readonly min: number;
  readonly max: number;
}

/** What pages are cut from: an array, or something that makes the items of a page when it is asked. */
export interface Listing<T> {
  readonly length: number;
  slice(start: number, end: number): readonly T[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts listings into pages. What a listing consists of is settled with its first page, so that every item is answered
 * once however many images come or go in between. A token is good for the same request only.
 */
export class Pages {
  readonly #listings = new Map<string, Listing<unknown>>();

  /** @throws ServiceError InvalidParameterValue, InvalidPaginationToken */
  async page<T>(
    region: string,
    params: QueryParameters,
    limits: PageLimits,
    list: () => Promise<Listing<T>> | Listing<T>,
  ): Promise<Page<T>> {
    const maxResults = pageSize(params, limits);
    const token = params.get('NextToken');
    const query = fingerprint(region, params);
    const offset = token === undefined || token === '' ? 0 : offsetOf(token, query);
    const kept = offset === 0 ? undefined : this.#listings.get(query);
    // The query's fingerprint names the action: a listing of its own kind is all that can be found under it.
    const items = (kept as Listing<T> | undefined) ?? (await list());
    if (offset > items.length) {
      throw invalidToken();
    }
    const end = maxResults === undefined ? items.length : offset + maxResults;
    this.#listings.delete(query);
    if (end < items.length) {
      this.#keep(query, items);
    }
    return { items: items.slice(offset, end), nextToken: end < items.length ? tokenOf(query, end) : undefined };
  }

  #keep(query: string, listing: Listing<unknown>): void {
    this.#listings.set(query, listing);
    const oldest = this.#listings.keys().next().value;
    if (this.#listings.size > KEPT_LISTINGS && oldest !== undefined) {
      this.#listings.delete(oldest);
    }
  }
}

function pageSize(params: QueryParameters, { min, max }: PageLimits): number | undefined {
  const text = params.get('MaxResults');
  if (text === undefined) {
    return undefined;
  }
  const size = Number(text);
  if (!/^\d+$/.test(text) || size < min || size > max) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ( ${text} ) for parameter maxResults is invalid. Expecting a value between ${min} and ${max}.`,
    );
  }
  return size;
}

const NOT_PART_OF_THE_QUERY: ReadonlySet<string> = new Set(['MaxResults', 'NextToken', 'DryRun', 'Version']);

function fingerprint(region: string, params: QueryParameters): string {
  const parts = params.entries().filter(([key]) => !NOT_PART_OF_THE_QUERY.has(key));
  return createHash('sha256')
    .update(JSON.stringify([region, parts]))
    .digest('base64url')
    .slice(0, 32);
}

function tokenOf(query: string, offset: number): string {
  const checked = createHash('sha256').update(`${query}/${offset}`).digest('base64url').slice(0, 20);
  return Buffer.from(`${offset}/${query}/${checked}`).toString('base64');
}

function offsetOf(token: string, query: string): number {
  const offset = Number.parseInt(Buffer.from(token, 'base64').toString('utf8'), 10);
  if (!(offset > 0) || tokenOf(query, offset) !== token) {
    throw invalidToken();
  }
  return offset;
}

function invalidToken(): ServiceError {
  return new ServiceError('InvalidPaginationToken', 'The pagination token is invalid or has expired.');
}
