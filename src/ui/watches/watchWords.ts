import type { Ended, Watched } from '../../images/watches/watchEvent.ts';
import type { AnyWatchKind, WatchKind } from '../../images/watches/watchKind.ts';

/** The texts and commands of one kind of watch. */
export interface WatchWords<S, O> {
  readonly kind: WatchKind<S, O>;
  /** The status bar's text for watches that are not quiet, at least one of which goes on. */
  status(watched: readonly Watched<S>[]): string;
  row(watched: Watched<S>): WatchRow;
  /** Notifies the user of what is over at once, with buttons. Resolves when the pressed button's command is done. */
  notify(ended: readonly Ended<S, O>[]): Promise<void>;
}

/** A line of the list. */
export interface WatchRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Left out of the status bar. */
  readonly quiet: boolean;
  readonly onAccept: WatchAction & { readonly closesList: boolean };
  readonly buttons: readonly (WatchAction & { readonly icon: string; readonly tooltip: string })[];
  /** Absent where nothing is watched. */
  readonly stop?: {
    readonly tooltip: string;
    /** The status bar's text afterwards. */
    readonly text?: string;
  };
}

interface WatchAction {
  run(): Promise<unknown>;
}

/** The words of any kind. They are given the subjects and outcomes of their own kind only. */
export type AnyWatchWords = WatchWords<unknown, unknown> & { readonly kind: AnyWatchKind };
