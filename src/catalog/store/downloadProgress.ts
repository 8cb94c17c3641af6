/** The progress of a download, which its window writes to the store for the other windows. */
export interface DownloadProgress {
  readonly images: number;
  /** The part of the shards that is done, from 0 to 1. */
  readonly share: number;
  /** Images a second. */
  readonly rate: number;
  readonly throttled: boolean;
  /** Whether a complete catalog is refreshed. */
  readonly refreshing: boolean;
}

export const noProgress: DownloadProgress = { images: 0, share: 0, rate: 0, throttled: false, refreshing: false };
