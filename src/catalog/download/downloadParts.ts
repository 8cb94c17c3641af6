import type { ImagePage } from '../../ec2/answers/readImages.ts';
import type { SegmentBuilder } from '../segmentBuilder.ts';
import type { DownloadProgress } from '../store/downloadProgress.ts';
import type { Shard } from '../store/shard.ts';
import type { CatalogStore } from '../store/store.ts';

export type CatalogPage = ImagePage<SegmentBuilder>;

/** Asks EC2 for a page; rejects with AmiError. */
export type RequestPage = (
  question: { readonly filters: Shard['filters']; readonly token: string | undefined },
  signal: AbortSignal,
) => Promise<CatalogPage>;

export interface DownloadParts {
  readonly store: CatalogStore;
  /** Whether the store's file is still the one that was opened. */
  readonly isStoreInPlace: () => boolean;
  readonly region: string;
  /** Identifies this window to the others. */
  readonly owner: string;
  readonly ask: RequestPage;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called after each stored page; a refresh calls it after each day. */
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Resolves when the editor has no call of its own under way: those come first. */
  readonly idle: () => Promise<void>;
  readonly signal: AbortSignal;
}
