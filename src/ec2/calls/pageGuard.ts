import type { ErrorReason } from '../../core/errorReason.ts';
import { AmiError } from '../../core/errors.ts';

export interface PageGuardOptions {
  readonly operation: string;
  readonly region: string;
  /** How many pages in a row without new items end the listing. */
  readonly maxPagesWithoutNews?: number | undefined;
}

/** While EC2 searches, pages may have a token but no items, or repeat items that change; but never this many. */
const usualPagesWithoutNews = 200;

/** A page with only repeated items counts as this many empty ones: it shows a listing that goes in a circle. */
const weightOfRepetition = 20;

/** The most pages of any listing: all public images of a region are some hundred pages. */
const mostPages = 5_000;

/** Follows the tokens of a listing, and ends one that would go on for ever. */
export class PageGuard {
  readonly #operation: string;
  readonly #region: string;
  readonly #maxPagesWithoutNews: number;
  readonly #used = new Set<string>();
  #pagesWithoutNews = 0;
  #weightWithoutNews = 0;

  constructor({ operation, region, maxPagesWithoutNews = usualPagesWithoutNews }: PageGuardOptions) {
    this.#operation = operation;
    this.#region = region;
    this.#maxPagesWithoutNews = maxPagesWithoutNews;
  }

  /**
   * The token of the next page; undefined at the end of the listing.
   *
   * @param token the `nextToken` of the page that has arrived
   * @param newItems how many items of the page no earlier one had
   * @param items how many items the page has
   * @throws AmiError `listing-broken` if the listing makes no progress: the items are right, but incomplete
   */
  next(token: string | undefined, newItems: number, items = newItems): string | undefined {
    if (!token?.trim()) {
      return undefined;
    }
    if (this.#used.has(token)) {
      throw this.#broken({ kind: 'page-repeated' });
    }
    this.#pagesWithoutNews = newItems > 0 ? 0 : this.#pagesWithoutNews + 1;
    this.#weightWithoutNews = newItems > 0 ? 0 : this.#weightWithoutNews + (items > 0 ? weightOfRepetition : 1);
    if (this.#weightWithoutNews >= this.#maxPagesWithoutNews) {
      throw this.#broken({ kind: 'pages-without-news', pages: this.#pagesWithoutNews });
    }
    this.#used.add(token);
    if (this.#used.size > mostPages) {
      throw this.#broken({ kind: 'pages-without-end', pages: mostPages });
    }
    return token;
  }

  #broken(reason: ErrorReason): AmiError {
    return new AmiError(reason, { kind: 'listing-broken', operation: this.#operation, region: this.#region });
  }
}
