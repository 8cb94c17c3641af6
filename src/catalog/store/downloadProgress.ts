/** What a window that downloads tells the others. */
export interface DownloadProgress {
  readonly images: number;
  readonly share: number;
  readonly rate: number;
  readonly throttled: boolean;
  readonly refreshing: boolean;
}

export const nothingYet: DownloadProgress = { images: 0, share: 0, rate: 0, throttled: false, refreshing: false };
