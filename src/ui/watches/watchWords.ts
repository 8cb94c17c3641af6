import type { Watched } from '../../images/watches/watchEvent.ts';
import type { AnyWatchKind, WatchKind } from '../../images/watches/watchKind.ts';
import type { WatchRecord } from '../../images/watches/watchRecord.ts';

/** What users read of one kind of what is watched, and what they can do with it. */
export interface WatchWords<S, O> {
  readonly kind: WatchKind<S, O>;
  /** What the status bar says of those that are not quiet, of which there is one at least. */
  status(watched: readonly Watched<S>[]): string;
  row(watched: Watched<S>): WatchRow;
  /** Says what has become of one, and offers what one does next. Resolves when that is done. */
  notify(record: WatchRecord<S>, outcome: O): Promise<void>;
}

/** One in the list. */
export interface WatchRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** It is listed only: the status bar says nothing of it. */
  readonly quiet: boolean;
  readonly onAccept: WatchAction & { readonly closesList: boolean };
  readonly buttons: readonly (WatchAction & { readonly icon: string; readonly tooltip: string })[];
  readonly stopTooltip: string;
  /** What the status bar says once it is no longer watched. */
  readonly stoppedText: string | undefined;
}

interface WatchAction {
  run(): Promise<unknown>;
}

/** The words of a kind among others: what is handed to them is what the kind has read. */
export type AnyWatchWords = WatchWords<unknown, unknown> & { readonly kind: AnyWatchKind };
