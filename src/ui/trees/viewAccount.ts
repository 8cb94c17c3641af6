import { Emitter } from '../../core/emitter.ts';
import type { Connection } from '../../ec2/port.ts';
import { openedSoon, type Session, type SessionState } from '../session/session.ts';

/**
 * Whose rows a view shows, and whose name its title may have. The editor draws a title at once, but rows only when all those
 * below them have been answered: so the rows of one account go before the title of the next one comes, and that before its
 * rows.
 */
export class ViewAccount {
  readonly #session: Session;
  readonly #redraw: () => void;
  readonly #changed = new Emitter();
  readonly #subscription: { dispose(): void };
  #shown: Connection | undefined;
  #hasOldRows = false;

  /** Another title, or none, is to be shown, or what is wrong. */
  readonly onDidChange = this.#changed.event;

  /** @param askAnew has the editor ask for the first rows anew, when it has drawn those that it is asking for */
  constructor(session: Session, askAnew: () => void) {
    this.#session = session;
    this.#redraw = askAnew;
    this.#subscription = session.onDidChangeConnection(() => this.#leave());
  }

  /** The connection whose rows are shown; undefined where there are none, or may be others still. */
  get shown(): Connection | undefined {
    return this.#shown;
  }

  /** Whether the editor may still show rows of an account that is no longer in force. */
  get hasOldRows(): boolean {
    return this.#hasOldRows;
  }

  /** For the first rows, which go with it: the session's state, after `patience` (ms) at the latest. */
  async state(patience: number): Promise<SessionState> {
    const state = this.#hasOldRows ? undefined : await openedSoon(this.#session, patience);
    if (state === undefined || this.#hasOldRows) {
      // What is answered now empties the view.
      this.#hasOldRows = false;
      this.#redraw();
      return { kind: 'opening' };
    }
    if (state.kind !== 'open') {
      // What is wrong may be said now that no row of another account stands below it.
      this.#changed.fire();
    } else if (state.connection !== this.#shown) {
      this.#shown = state.connection;
      this.#changed.fire();
    }
    return state;
  }

  #leave(): void {
    if (this.#shown) {
      this.#shown = undefined;
      this.#hasOldRows = true;
    }
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
