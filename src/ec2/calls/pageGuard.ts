import { AmiError } from '../../core/errors.ts';

export interface PageGuardOptions {
  readonly operation: string;
  readonly region: string;
  /** How many pages in a row may have no items. */
  readonly barrenPages?: number | undefined;
}

/**
 * EC2 may answer pages without items that carry a token, while it searches; and what changes meanwhile may come twice. So
 * many in a row are none of that.
 */
const usualBarrenPages = 200;

/** A page of items that have all been there weighs as much as so many without any: a listing may overlap, not go round. */
const weightOfRepetition = 20;

/** Whatever they bring: all public images of a region are some hundred pages. */
const mostPages = 5_000;

/** Follows a listing from page to page, and ends it where its endpoint would let it go on for ever. */
export class PageGuard {
  readonly #operation: string;
  readonly #region: string;
  readonly #barrenPages: number;
  readonly #used = new Set<string>();
  #previous: string | undefined;
  #barrenInARow = 0;
  #barren = 0;

  constructor({ operation, region, barrenPages = usualBarrenPages }: PageGuardOptions) {
    this.#operation = operation;
    this.#region = region;
    this.#barrenPages = barrenPages;
  }

  /**
   * The token to ask for the next page with; undefined at the end of the listing.
   *
   * @param token what the page that has arrived says comes next
   * @param newItems how many of its items no earlier page of the listing had
   * @param items how many it has
   * @throws AmiError `listing-broken` where the listing does not get on: what has arrived is right, but not all
   */
  next(token: string | undefined, newItems: number, items = newItems): string | undefined {
    if (!token?.trim()) {
      return undefined;
    }
    if (this.#used.has(token)) {
      throw this.#broken(
        token === this.#previous
          ? 'The answer names its own page as the next one.'
          : 'The answer leads back to a page that has been there already.',
      );
    }
    this.#barrenInARow = newItems > 0 ? 0 : this.#barrenInARow + 1;
    this.#barren = newItems > 0 ? 0 : this.#barren + (items > 0 ? weightOfRepetition : 1);
    if (this.#barren >= this.#barrenPages) {
      throw this.#broken(`${this.#barrenInARow} pages in a row have brought nothing new.`);
    }
    this.#used.add(token);
    if (this.#used.size > mostPages) {
      throw this.#broken(`${mostPages} pages have not led to an end.`);
    }
    this.#previous = token;
    return token;
  }

  #broken(message: string): AmiError {
    return new AmiError(message, { kind: 'listing-broken', operation: this.#operation, region: this.#region });
  }
}
