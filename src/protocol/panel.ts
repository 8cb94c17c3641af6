/** A panel whose question was not answered. */
export interface FailedStatus {
  readonly kind: 'failed';
  /** A sentence: what happened and what to do. */
  readonly message: string;
  /** Titles of the buttons beside the message; `pressErrorButton` refers to them by index. */
  readonly errorButtons: readonly string[];
}

/** Whether what a panel shows has been answered on the current connection. */
export type PanelStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  | (FailedStatus & {
      /** The panel was opened on another connection than the current one. */
      readonly connectionChanged: boolean;
    });

/** View → host: what every page may ask for. */
export interface PanelRequests {
  /** The page is loaded: the host sends the state now and after each change. */
  ready(): void;
  /** Asks again for what the panel shows, also after an error. */
  refresh(): void;
  pressErrorButton(params: { readonly index: number }): void;
}

/** Host → view. */
export interface PanelNotifications<State> {
  state(state: State): void;
}
