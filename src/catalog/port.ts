import type { QueryProblemKind } from '../core/catalogQuery.ts';
import type { AmiErrorData } from '../core/errors.ts';
import type { Publisher } from '../core/publishers.ts';
import type { CatalogQuery, CatalogRow, Facet } from '../protocol/catalog.ts';
import type { DownloadProgress } from './store/downloadProgress.ts';

/** What failed about a catalog. `ami`: an AmiError. */
export type CatalogFailure =
  | {
      readonly kind: 'ami';
      readonly error: AmiErrorData;
    }
  /** The disk is full. */
  | { readonly kind: 'full' }
  /**
   * The folder or file of the store cannot be used. `code`: the operating system's, `EACCES` for instance, if it gave
   * one.
   */
  | {
      readonly kind: 'place';
      readonly folder: string;
      readonly code: string | undefined;
      readonly message: string;
    }
  /** Anything else: a thread died. */
  | { readonly kind: 'other'; readonly message: string };

/** What a catalog has of a region, and its download. Times are milliseconds since 1970. */
export interface RegionStatus {
  /** Undefined until the store was read. */
  readonly images: number | undefined;
  /** When the whole region was last listed; undefined if it never was. */
  readonly completed: number | undefined;
  /** When the catalog was last refreshed. */
  readonly asOf: number | undefined;
  /** `share`: the part of an unfinished download that is done, from 0 to 1; undefined if there is none. */
  readonly left: { readonly share: number } | undefined;
  readonly download: (DownloadProgress & { readonly elsewhere: boolean }) | undefined;
  /** The window that downloaded is gone: another one may resume its download. */
  readonly abandoned: boolean;
  readonly failure: CatalogFailure | undefined;
  /** Whether the download that failed is retried after a delay. */
  readonly retrying: boolean;
  /** Where a damaged store was set aside, if one was. */
  readonly setAside: string | undefined;
  /** Changes whenever the images change; 0 until the store was read. */
  readonly version: number;
}

/** The age (ms) from which a complete catalog is refreshed when a panel opens. */
export const staleAfter = 15 * 60_000;

/** A download of this window. */
export interface DownloadUnderWay {
  readonly region: string;
  readonly progress: DownloadProgress;
}

/** The answer to a query. Its problems are data, for which the surfaces have the words. */
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

/** A text that may replace the word at the cursor. */
export interface SearchSuggestion {
  readonly insert: string;
  readonly label: string;
  /** How many images have the value; undefined for a field. */
  readonly images: number | undefined;
}

export interface SearchSuggestions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly SearchSuggestion[];
}

/** One reader's view of a region's catalog, which the reader closes. Questions reject with Error. */
export interface RegionCatalog {
  readonly region: string;
  readonly status: RegionStatus;
  onDidChange(listener: () => void): { dispose(): void };
  query(query: CatalogQuery, start: number, count: number): Promise<SearchAnswer>;
  /** Further rows of the last query. */
  rows(start: number, count: number): Promise<readonly CatalogRow[]>;
  suggest(text: string, cursor: number): Promise<SearchSuggestions>;
  /** The images of these ids that the catalog has. */
  byIds(ids: readonly string[]): Promise<readonly CatalogRow[]>;
  /** Downloads what is missing, or refreshes a complete catalog. `whole`: downloads everything anew. */
  download(options?: { readonly whole?: boolean }): void;
  /** Cancels this window's download. Its pages stay, and the next download resumes it. */
  cancel(): void;
  close(): void;
}

/**
 * The parameters of DescribeImages that find a publisher's family: owners (ids or aliases), and the filters `name` and
 * `architecture`.
 */
export interface FamilyFilter {
  readonly owners: readonly string[];
  readonly namePatterns: readonly string[];
  readonly architecture: string | undefined;
}

/** A question for images of a region, which are listed newest first unless it says otherwise. */
export type CatalogQuestion =
  /** Without deprecated images. */
  | ({ readonly kind: 'family' } & FamilyFilter)
  /** The newest image of each family, owner and architecture that the filters find; without deprecated images. */
  | { readonly kind: 'newest'; readonly families: readonly FamilyFilter[] }
  /**
   * Images that an `ImageSearch` for the text finds (src/core/imageSearch.ts), the best first. `publishers`: those of the
   * user's settings.
   */
  | { readonly kind: 'text'; readonly text: string; readonly publishers: readonly Publisher[] };

export interface CatalogListing {
  /** As of the listing's first page. An image can come twice if the rows were no longer cached in between. */
  readonly pages: AsyncIterable<readonly CatalogRow[]>;
  /** Whether the catalog includes deprecated images; otherwise only EC2 has them. */
  readonly includesDeprecated: boolean;
}

export interface CatalogPort {
  /** The downloads of this window. Those of other windows are in the status of their regions. */
  readonly underWay: readonly DownloadUnderWay[];
  onDidChangeUnderWay(listener: () => void): { dispose(): void };
  /** Lists images of a region's catalog; undefined if the region was never downloaded whole. */
  list(region: string, question: CatalogQuestion): Promise<CatalogListing | undefined>;
  /** The images of these ids that a region's catalog has, complete or not. */
  byIds(region: string, ids: readonly string[]): Promise<readonly CatalogRow[]>;
  /** @param publishers the publishers of the user's settings */
  open(region: string, publishers: readonly Publisher[]): RegionCatalog;
  /** Deletes all catalogs, of every endpoint. */
  clear(): Promise<void>;
}
