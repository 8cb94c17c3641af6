import type { Publisher } from '../../core/publishers.ts';
import type { Partition } from '../../core/regions.ts';
import type { Credentials, EndpointAccess, NetworkAccess } from '../../ec2/port.ts';
import type { CatalogQuery, CatalogRow } from '../../protocol/catalog.ts';
import type { CatalogFailure, CatalogQuestion, SearchAnswer, SearchSuggestions } from '../port.ts';
import type { ListedPart } from '../search/regionSearch.ts';
import type { DownloadProgress } from '../store/downloadProgress.ts';

/** One region of one store. */
export interface Place {
  /** Path of the store's file. */
  readonly file: string;
  readonly region: string;
}

export type DownloadOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  /** Another window downloads the region, or has taken the download over. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'failed'; readonly failure: CatalogFailure };

/** Host → thread that downloads. */
export interface DownloadRequests {
  download(
    params: Place & {
      readonly access: EndpointAccess;
      readonly owner: string;
      readonly whole: boolean;
      /** Whether the store of this file has deprecated images. */
      readonly includeDeprecated: boolean;
      /** The most bytes that the store may take. Regions that were not used for longest are dropped to make room. */
      readonly maxSize: number;
      readonly network: NetworkAccess;
    },
  ): DownloadOutcome;
  cancel(place: Place): void;
  /** Whether the editor waits for a call of its own, which comes before the download's. */
  busy(params: { readonly busy: boolean }): void;
}

/** Thread that downloads → host. */
export interface DownloadQuestions {
  /** @param params `refused`: the id of an access key that EC2 has refused */
  credentials(
    params: Place & { readonly refused?: string | undefined },
  ): Credentials | { readonly failure: CatalogFailure };
}

/** Thread that downloads → host. */
export interface DownloadNotifications {
  progress(params: Place & { readonly progress: DownloadProgress }): void;
}

/** A region's state in the store. Times are milliseconds since 1970; fields as in `RegionStatus`. */
export interface StoredStatus {
  readonly images: number;
  readonly completed: number | undefined;
  readonly asOf: number | undefined;
  readonly left: { readonly share: number } | undefined;
  /** The download of any window, this one included. */
  readonly download: (DownloadProgress & { readonly owner: string }) | undefined;
  /** The window that downloaded is gone: another one may resume its download. */
  readonly abandoned: boolean;
  readonly version: number;
  readonly setAside: string | undefined;
}

/** Host → thread that searches. `reader` is the number of the one who asks; each reader has its own last query. */
export interface SearchRequests {
  open(
    params: Place & {
      readonly reader: number;
      readonly partition: Partition;
      readonly publishers: readonly Publisher[];
    },
  ): StoredStatus | { readonly failure: CatalogFailure };
  close(params: { readonly reader: number }): void;
  query(params: {
    readonly reader: number;
    readonly query: CatalogQuery;
    readonly start: number;
    readonly count: number;
  }): SearchAnswer;
  rows(params: { readonly reader: number; readonly start: number; readonly count: number }): readonly CatalogRow[];
  suggest(params: { readonly reader: number; readonly text: string; readonly cursor: number }): SearchSuggestions;
  byIds(params: { readonly reader: number; readonly ids: readonly string[] }): readonly CatalogRow[];
  /** @param params `listing`: the number of the listing, since several can be under way */
  list(params: {
    readonly reader: number;
    readonly listing: number;
    readonly question: CatalogQuestion;
    readonly start: number;
    readonly count: number;
  }): ListedPart;
  /** This window has changed the store: the thread looks at it soon, or at once where the download has ended. */
  changed(params: Place & { readonly isEnd: boolean }): void;
  /** Deletes all that the files hold. */
  clear(params: { readonly files: readonly string[] }): void;
}

/** Thread that searches → host. */
export interface SearchNotifications {
  status(params: { readonly reader: number; readonly status: StoredStatus }): void;
  /** @param params `failure`: undefined once reading succeeds again */
  failed(params: { readonly reader: number; readonly failure: CatalogFailure | undefined }): void;
}
