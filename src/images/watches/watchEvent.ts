import type { WatchRecord } from './watchRecord.ts';

/** A watch; `progress` is percent, undefined where EC2 has not said. */
export interface Watched<S = unknown> {
  readonly record: WatchRecord<S>;
  readonly progress: number | undefined;
  /** Whether it is over, and waits for the others of its batch. */
  readonly hasEnded: boolean;
}

/** A watch that is over. */
export interface Ended<S = unknown, O = unknown> {
  readonly record: WatchRecord<S>;
  readonly outcome: O;
}

export type WatchEvent =
  /** The watches, or their progress, have changed. */
  | { readonly kind: 'changed' }
  /** A watch, or a whole batch of one kind, is over. Fired in one window alone; never empty. */
  | { readonly kind: 'over'; readonly ended: readonly Ended[] };
