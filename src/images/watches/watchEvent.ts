import type { WatchRecord } from './watchRecord.ts';

/** One that is watched; `progress` is percent, undefined where EC2 has not said. */
export interface Watched<S = unknown> {
  readonly record: WatchRecord<S>;
  readonly progress: number | undefined;
}

export type WatchEvent =
  /** What is watched, or its progress, has changed. */
  | { readonly kind: 'changed' }
  /** What has become of one, told in one window. */
  | { readonly kind: 'over'; readonly record: WatchRecord; readonly outcome: unknown };
