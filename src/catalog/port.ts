import type { QueryProblemKind } from '../core/catalogQuery.ts';
import type { AmiErrorDetails } from '../core/errors.ts';
import type { Publisher } from '../core/publishers.ts';
import type { CatalogQuery, CatalogRow, Facet } from '../protocol/catalog.ts';
import type { DownloadProgress } from './store/downloadProgress.ts';

/** What went wrong with a download; `ami` as AmiError has it. */
export type CatalogFailure =
  | {
      readonly kind: 'ami';
      readonly error: Omit<AmiErrorDetails, 'cause'> & { readonly message: string };
    }
  /** The disk is full. */
  | { readonly kind: 'full' }
  /** The store cannot be kept in its folder; `code` is the operating system's, `EACCES` for instance, where it has one. */
  | {
      readonly kind: 'place';
      readonly folder: string;
      readonly code: string | undefined;
      readonly message: string;
    }
  /** Anything else: a thread died. */
  | { readonly kind: 'other'; readonly message: string };

/** What there is of a region, and what is happening to it. Times are milliseconds since 1970. */
export interface RegionStatus {
  /** Undefined until the store was looked at. */
  readonly images: number | undefined;
  /** When the whole of the region was last listed; undefined until it was. */
  readonly completed: number | undefined;
  /** When it was last brought up to date. */
  readonly asOf: number | undefined;
  /** 0 to 1: how much of a download that is not under way is there; undefined where there is none. */
  readonly left: { readonly share: number } | undefined;
  readonly download: (DownloadProgress & { readonly elsewhere: boolean }) | undefined;
  /** A window that downloaded has died: whoever looks at the region may go on. */
  readonly abandoned: boolean;
  readonly failure: CatalogFailure | undefined;
  /** What failed is tried again by itself after a while. */
  readonly retrying: boolean;
  /** Where a damaged store was set aside, since this window was opened. */
  readonly setAside: string | undefined;
  /** Another one whenever there are other images to be found; 0 until the store was looked at. */
  readonly version: number;
}

/** A download of this window that is under way. */
export interface UnderWay {
  readonly region: string;
  readonly progress: DownloadProgress;
}

/** An answer, but for the wording of what is wrong with the query, which is the surfaces' business. */
export interface SearchAnswer {
  readonly total: number;
  readonly matches: number;
  readonly facets: readonly Facet[];
  readonly problems: readonly {
    readonly kind: QueryProblemKind;
    readonly start: number;
    readonly end: number;
    readonly text: string;
  }[];
  readonly start: number;
  readonly rows: readonly CatalogRow[];
}

/** What may be put in the place of the word at the cursor. */
export interface SearchSuggestion {
  readonly insert: string;
  readonly label: string;
  /** How many images have it; undefined for a field, which has no value yet. */
  readonly images: number | undefined;
}

export interface SearchSuggestions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly SearchSuggestion[];
}

/** A region's catalog for one who looks at it; to be closed. Questions reject with Error. */
export interface RegionCatalog {
  readonly region: string;
  readonly status: RegionStatus;
  onDidChange(listener: () => void): { dispose(): void };
  query(query: CatalogQuery, start: number, count: number): Promise<SearchAnswer>;
  /** Further rows of the last query. */
  rows(start: number, count: number): Promise<readonly CatalogRow[]>;
  suggest(text: string, cursor: number): Promise<SearchSuggestions>;
  /** The images of these ids, as far as they are there. */
  byIds(ids: readonly string[]): Promise<readonly CatalogRow[]>;
  /** Downloads what is missing, or brings up to date what is there; `whole`: all of it, however fresh. */
  download(options?: { readonly whole?: boolean }): void;
  /** Ends a download of this window; what is there stays, and the next one goes on from it. */
  cancel(): void;
  close(): void;
}

/** A publisher's images, as DescribeImages finds them by owners (ids or aliases) and the filters `name` and `architecture`. */
export interface FamilyFilter {
  readonly owners: readonly string[];
  readonly namePatterns: readonly string[];
  readonly architecture: string | undefined;
}

/**
 * What words are looked for in: the name and the id, as `imageMatchesWords` does (src/core/search.ts), or in the description, the
 * owner's id and the publisher's name as well, as what is typed into a catalog is.
 */
export type SearchedTexts = 'names' | 'all';

/** Which images of a region, newest first. */
export type CatalogQuestion =
  /** Without what is deprecated. */
  | ({ readonly kind: 'family' } & FamilyFilter)
  /** The newest of each family, owner and architecture among those of all these; without what is deprecated. */
  | { readonly kind: 'newest'; readonly families: readonly FamilyFilter[] }
  /** Each of the words occurs in one of the texts, whatever the case. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly within: SearchedTexts };

export interface CatalogListing {
  /** What there was when the listing began. An image may come twice where the catalog was given up in between. */
  readonly pages: AsyncIterable<readonly CatalogRow[]>;
  /** Whether the catalog has deprecated images, too; else EC2 has to be asked for them. */
  readonly includesDeprecated: boolean;
}

export interface CatalogPort {
  /** This window's own downloads; the others' are in the status of the region that is looked at. */
  readonly underWay: readonly UnderWay[];
  onDidChangeUnderWay(listener: () => void): { dispose(): void };
  /** What a region's catalog has; undefined where the whole of the region is not there. */
  list(region: string, question: CatalogQuestion): Promise<CatalogListing | undefined>;
  /** The images of these ids, as far as a region's catalog has them, be it whole or not. */
  byIds(region: string, ids: readonly string[]): Promise<readonly CatalogRow[]>;
  /** `publishers`: those of the user's own settings. */
  open(region: string, publishers: readonly Publisher[]): RegionCatalog;
  /** Deletes all that is kept, of every account and endpoint. */
  clear(): Promise<void>;
}
