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
  /** Another window downloads it already, or has taken it over. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'failed'; readonly failure: CatalogFailure };

/** Host → thread that downloads. */
export interface DownloadRequests {
  download(
    params: Place & {
      readonly access: EndpointAccess;
      readonly owner: string;
      readonly whole: boolean;
      /** As the store of this file has them. */
      readonly includeDeprecated: boolean;
      /** Bytes that the store may take; other regions are dropped for it. */
      readonly maxSize: number;
      readonly network: NetworkAccess;
    },
  ): DownloadOutcome;
  cancel(place: Place): void;
  /** Whether the editor itself waits for EC2: its own calls come first. */
  busy(params: { readonly busy: boolean }): void;
}

/** Thread that downloads → host. */
export interface DownloadQuestions {
  /** `refused`: the id of the key that EC2 has refused. */
  credentials(
    params: Place & { readonly refused?: string | undefined },
  ): Credentials | { readonly failure: CatalogFailure };
}

/** Thread that downloads → host. */
export interface DownloadNotifications {
  progress(params: Place & { readonly progress: DownloadProgress }): void;
}

/** What the store says of a region. */
export interface StoredStatus {
  readonly images: number;
  readonly completed: number | undefined;
  readonly asOf: number | undefined;
  readonly left: { readonly share: number } | undefined;
  /** Of whichever window, this one included. */
  readonly download: (DownloadProgress & { readonly owner: string }) | undefined;
  /** A window that downloaded has died: whoever looks at the region may go on. */
  readonly abandoned: boolean;
  readonly version: number;
  readonly setAside: string | undefined;
}

/** Host → thread that searches. `reader` names who asks: each has a query in force. */
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
  /** `listing` names it among those that go on. */
  list(params: {
    readonly reader: number;
    readonly listing: number;
    readonly question: CatalogQuestion;
    readonly start: number;
    readonly count: number;
  }): ListedPart;
  /** Looks at the store at once: this window knows that it has changed. */
  changed(place: Place): void;
  /** Deletes all that the files hold. */
  clear(params: { readonly files: readonly string[] }): void;
}

/** Thread that searches → host. */
export interface SearchNotifications {
  status(params: { readonly reader: number; readonly status: StoredStatus }): void;
  /** `failure`: undefined once it has passed. */
  failed(params: { readonly reader: number; readonly failure: CatalogFailure | undefined }): void;
}
