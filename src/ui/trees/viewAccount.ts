import { Emitter } from '../../core/emitter.ts';
import type { Connection } from '../../ec2/port.ts';
import { openedSoon, type Session, type SessionState } from '../session/session.ts';

/**
 * The account that a view shows. The editor draws a title at once, but rows only after the children of all of them have
 * been answered. So the view is emptied first, then gets the title of the next account, then its rows.
 */
export class ViewAccount {
  readonly #session: Session;
  readonly #redraw: () => void;
  readonly #changed = new Emitter();
  readonly #subscription: { dispose(): void };
  #shown: Connection | undefined;
  #hasOldRows = false;

  /** The title or the message of the view is to change. */
  readonly onDidChange = this.#changed.event;

  /** @param redraw makes the editor ask for the first rows again, once it has drawn those that it is asking for */
  constructor(session: Session, redraw: () => void) {
    this.#session = session;
    this.#redraw = redraw;
    this.#subscription = session.onDidChangeConnection(() => this.#leave());
  }

  /** The connection whose rows are shown; undefined while the view is empty or may show rows of another account. */
  get shown(): Connection | undefined {
    return this.#shown;
  }

  /** Whether the editor may still show rows of the former account. */
  get hasOldRows(): boolean {
    return this.#hasOldRows;
  }

  /** The session's state for the first rows, after `timeout` ms at the latest. */
  async state(timeout: number): Promise<SessionState> {
    const state = this.#hasOldRows ? undefined : await openedSoon(this.#session, timeout);
    if (state === undefined || this.#hasOldRows) {
      // The answer to this request empties the view.
      this.#hasOldRows = false;
      this.#redraw();
      return { kind: 'opening' };
    }
    if (state.kind !== 'open') {
      // The view is empty now, so its message can say what is wrong.
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
