import type { WatchRecord } from './watchRecord.ts';

/** A watch; `progress` is percent, undefined where EC2 has not said. */
export interface Watched<S = unknown> {
  readonly record: WatchRecord<S>;
  readonly progress: number | undefined;
}

export type WatchEvent =
  /** The watches, or their progress, have changed. */
  | { readonly kind: 'changed' }
  /** A watch is over. Fired in one window alone. */
  | { readonly kind: 'over'; readonly record: WatchRecord; readonly outcome: unknown };
