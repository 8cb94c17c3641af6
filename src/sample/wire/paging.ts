import { createHash } from 'node:crypto';
import { ServiceError } from './errors.ts';
import type { QueryParameters } from './query.ts';

/** How many listings are cached, the most recently used ones. Other tokens are answered from a new listing. */
const CACHED_LISTINGS = 200;
/** How many items all cached listings have together. Items that are numbers take four bytes each. */
const CACHED_ITEMS = 10_000_000;

/** The largest page, even where a request asks for more. */
const MAX_PAGE = 1000;
const MAX_INTEGER = 2 ** 31 - 1;

/** The part of a request that identifies its listing. */
interface PagedRequest {
  readonly action: string;
  readonly region: string;
  readonly params: QueryParameters;
}

/** The source of pages: an array, or an object that makes items on demand. */
export interface Listing<T> {
  readonly length: number;
  slice(start: number, end: number): readonly T[];
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts listings into pages. The first page fixes a listing, so each item is answered once even if images are added or
 * removed meanwhile, and a repeated request gets the same page. A token is valid only for its own request.
 */
export class Pages {
  readonly #listings = new Map<string, Listing<unknown>>();
  /** How many items the cached listings have together. */
  #cachedItems = 0;
  #count = 0;

  /** `min` is the smallest page size. @throws ServiceError InvalidParameterValue, InvalidPaginationToken */
  async page<T>(request: PagedRequest, min: number, list: () => Promise<Listing<T>> | Listing<T>): Promise<Page<T>> {
    const maxResults = pageSize(request.params, min);
    const token = request.params.get('NextToken');
    const query = fingerprint(request);
    const { offset, key } = token === undefined || token === '' ? this.#start(query) : offsetOf(token, query);
    // The key contains the operation, so the listing has the operation's item type.
    const items = (this.#listings.get(key) as Listing<T> | undefined) ?? (await list());
    if (offset > items.length) {
      throw invalidToken();
    }
    const end = maxResults === undefined ? items.length : offset + maxResults;
    const more = end < items.length;
    if (more || offset > 0) {
      this.#cache(key, items);
    }
    return { items: items.slice(offset, end), nextToken: more ? tokenOf(key, end) : undefined };
  }

  /** Each request for a first page starts a new listing. */
  #start(query: string): Position {
    return { offset: 0, key: `${query}/${this.#count++}` };
  }

  #cache(key: string, listing: Listing<unknown>): void {
    if (!this.#listings.delete(key)) {
      this.#cachedItems += listing.length;
    }
    this.#listings.set(key, listing);
    for (const [oldest, { length }] of this.#listings) {
      if (this.#listings.size <= CACHED_LISTINGS && (this.#cachedItems <= CACHED_ITEMS || oldest === key)) {
        break;
      }
      this.#listings.delete(oldest);
      this.#cachedItems -= length;
    }
  }
}

/** A place in one listing. */
interface Position {
  readonly offset: number;
  /** The fingerprint of the request, and the listing's number. */
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
