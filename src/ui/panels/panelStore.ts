import { isCancelled } from '../../core/errors.ts';
import type { PanelStatus } from '../../protocol/panel.ts';
import type { ErrorButton } from '../shared/presentError.ts';

export interface PanelStoreDeps<Model> {
  /**
   * Asks for what the panel shows. Rejects with what `describeError` can put into words.
   *
   * @param arrived takes a model whose rest is not answered yet
   * @param options `fresh`: an answer from a moment ago is not enough
   */
  load(signal: AbortSignal, arrived: (model: Model) => void, options: { readonly fresh: boolean }): Promise<Model>;
  describeError(error: unknown): { readonly message: string; readonly buttons: readonly ErrorButton[] };
}

/** The last answer to what one panel asks, and the state of the asking. An answer to an earlier question is dropped. */
export class PanelStore<Model> {
  readonly #deps: PanelStoreDeps<Model>;
  readonly #changed: () => void;
  #status: PanelStatus = { kind: 'loading' };
  #errorButtons: readonly ErrorButton[] = [];
  #model: Model | undefined;
  #asking: AbortController | undefined;
  #connectionChanged = false;

  constructor(deps: PanelStoreDeps<Model>, changed: () => void) {
    this.#deps = deps;
    this.#changed = changed;
  }

  get status(): PanelStatus {
    return this.#status;
  }

  /** The last answer on this connection. It stays during a refresh, and after a failed one. */
  get model(): Model | undefined {
    return this.#model;
  }

  /** The buttons of the error that is shown. */
  get errorButtons(): readonly ErrorButton[] {
    return this.#status.kind === 'failed' ? this.#errorButtons : [];
  }

  /** Whether nothing has been asked since the question or the connection changed. */
  get needsAnswer(): boolean {
    return this.#status.kind === 'loading' && this.#asking === undefined;
  }

  async ask({ fresh = false } = {}): Promise<void> {
    this.stop();
    const asking = new AbortController();
    this.#asking = asking;
    this.#set({ kind: 'loading' });
    try {
      const arrived = (part: Model) => {
        if (this.#asking === asking) this.#set({ kind: 'loading' }, part);
      };
      const model = await this.#deps.load(asking.signal, arrived, { fresh });
      if (this.#asking !== asking) return;
      this.#asking = undefined;
      this.#connectionChanged = false;
      this.#set({ kind: 'ready' }, model);
    } catch (error) {
      if (this.#asking !== asking) return;
      this.#asking = undefined;
      // A closed connection cancels its calls; the next connection makes the panel ask again.
      if (isCancelled(error)) this.#set({ kind: this.#model ? 'ready' : 'loading' });
      else this.#fail(error);
    }
  }

  /** Gives up what is being asked. */
  stop(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }

  /** Drops the answer, since the panel shows something else now. Nothing is asked yet. */
  forget(): void {
    this.stop();
    this.#connectionChanged = false;
    this.#model = undefined;
    this.#set({ kind: 'loading' });
  }

  /** Drops the answer at once: another account may not see it. Nothing is asked yet. */
  connectionChanged(): void {
    this.forget();
    this.#connectionChanged = true;
  }

  #fail(error: unknown): void {
    const { message, buttons } = this.#deps.describeError(error);
    this.#errorButtons = buttons;
    this.#set({
      kind: 'failed',
      message,
      errorButtons: buttons.map(({ title }) => title),
      connectionChanged: this.#connectionChanged,
    });
  }

  #set(status: PanelStatus, model = this.#model): void {
    this.#status = status;
    this.#model = model;
    this.#changed();
  }
}
