import { createHash } from 'node:crypto';
import { ServiceError } from './errors.ts';
import type { QueryParameters } from './query.ts';

/** The listings that are kept, the last used ones; the token of another is answered from a new listing. */
const KEPT_LISTINGS = 200;
/** All kept listings together; an item that is not an object weighs four bytes. */
const KEPT_ITEMS = 10_000_000;

/** More than this is asked for in vain: a page has no more. */
const MAX_PAGE = 1000;
const MAX_INTEGER = 2 ** 31 - 1;

/** What a listing is asked for by. */
interface PagedRequest {
  readonly action: string;
  readonly region: string;
  readonly params: QueryParameters;
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
 * once however many images come or go in between, and a page that is asked for again is the same. A token is good for
 * the same request only.
 */
export class Pages {
  readonly #listings = new Map<string, Listing<unknown>>();
  /** Items of the kept listings together. */
  #kept = 0;
  #count = 0;

  /** `min`: the smallest page that may be asked for. @throws ServiceError InvalidParameterValue, InvalidPaginationToken */
  async page<T>(request: PagedRequest, min: number, list: () => Promise<Listing<T>> | Listing<T>): Promise<Page<T>> {
    const maxResults = pageSize(request.params, min);
    const token = request.params.get('NextToken');
    const query = fingerprint(request);
    const { offset, key } = token === undefined || token === '' ? this.#start(query) : offsetOf(token, query);
    // The query's fingerprint names the action: a listing of its own kind is all that can be found under it.
    const items = (this.#listings.get(key) as Listing<T> | undefined) ?? (await list());
    if (offset > items.length) {
      throw invalidToken();
    }
    const end = maxResults === undefined ? items.length : offset + maxResults;
    const more = end < items.length;
    if (more || offset > 0) {
      this.#keep(key, items);
    }
    return { items: items.slice(offset, end), nextToken: more ? tokenOf(key, end) : undefined };
  }

  /** A listing of its own for everyone who asks for a first page. */
  #start(query: string): Position {
    return { offset: 0, key: `${query}/${this.#count++}` };
  }

  #keep(key: string, listing: Listing<unknown>): void {
    if (!this.#listings.delete(key)) {
      this.#kept += listing.length;
    }
    this.#listings.set(key, listing);
    for (const [oldest, { length }] of this.#listings) {
      if (this.#listings.size <= KEPT_LISTINGS && (this.#kept <= KEPT_ITEMS || oldest === key)) {
        break;
      }
      this.#listings.delete(oldest);
      this.#kept -= length;
    }
  }
}

/** A place in one listing. */
interface Position {
  readonly offset: number;
  /** The fingerprint of the listing's query and the listing's number. */
  readonly key: string;
}

function pageSize(params: QueryParameters, min: number): number | undefined {
  const text = params.get('MaxResults');
  if (text === undefined) {
    return undefined;
  }
  const size = Number(text);
  if (!/^-?\d+$/.test(text) || size > MAX_INTEGER) {
    throw new ServiceError('InvalidParameterValue', `Value ( ${text} ) for parameter maxResults is invalid.`);
  }
  if (size < min) {
    throw new ServiceError(
      'InvalidParameterValue',
      `Value ( ${text} ) for parameter maxResults is invalid. Expecting a value greater than ${min}.`,
    );
  }
  return Math.min(size, MAX_PAGE);
}

const NOT_PART_OF_THE_QUERY: ReadonlySet<string> = new Set(['MaxResults', 'NextToken', 'DryRun']);

function fingerprint({ action, region, params }: PagedRequest): string {
  const parts = params.entries().filter(([key]) => !NOT_PART_OF_THE_QUERY.has(key));
  return createHash('sha256')
    .update(JSON.stringify([action, region, parts]))
    .digest('base64url')
    .slice(0, 32);
}

function tokenOf(key: string, offset: number): string {
  const checked = createHash('sha256').update(`${offset}/${key}`).digest('base64url').slice(0, 20);
  return Buffer.from(`${offset}/${key}/${checked}`).toString('base64');
}

function offsetOf(token: string, query: string): Position {
  const [, offset, asked, number] =
    /^(\d{1,10})\/([\w-]+)\/(\d{1,10})\//.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  const key = `${query}/${number}`;
  if (offset === undefined || asked !== query || tokenOf(key, Number(offset)) !== token) {
    throw invalidToken();
  }
  return { offset: Number(offset), key };
}

function invalidToken(): ServiceError {
  return new ServiceError('InvalidPaginationToken', 'The pagination token is invalid or has expired.');
}
