import type { Watched } from '../../images/watches/watchEvent.ts';
import type { AnyWatchKind, WatchKind } from '../../images/watches/watchKind.ts';
import type { WatchRecord } from '../../images/watches/watchRecord.ts';

/** The texts and commands of one kind of watch. */
export interface WatchWords<S, O> {
  readonly kind: WatchKind<S, O>;
  /** The status bar's text for watches that are not quiet, at least one. */
  status(watched: readonly Watched<S>[]): string;
  row(watched: Watched<S>): WatchRow;
  /** Notifies the user of an outcome, with buttons. Resolves when the pressed button's command is done. */
  notify(record: WatchRecord<S>, outcome: O): Promise<void>;
}

/** A watch in the list. */
export interface WatchRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Left out of the status bar. */
  readonly quiet: boolean;
  readonly onAccept: WatchAction & { readonly closesList: boolean };
  readonly buttons: readonly (WatchAction & { readonly icon: string; readonly tooltip: string })[];
  readonly stopTooltip: string;
  /** The status bar's text after a stop. */
  readonly stoppedText: string | undefined;
}

interface WatchAction {
  run(): Promise<unknown>;
}

/** The words of any kind. They are given the subjects and outcomes of their own kind only. */
export type AnyWatchWords = WatchWords<unknown, unknown> & { readonly kind: AnyWatchKind };
