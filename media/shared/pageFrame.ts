import * as l10n from '@vscode/l10n';
import { visibleSentence } from '../../src/core/visibleText.ts';
import type { PanelNotifications, PanelRequests } from '../../src/protocol/panel.ts';
import { type Contract, listen, Requests } from '../../src/protocol/rpc.ts';

/** The part of VS Code's web view API that a page uses. */
export interface Host {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** What every page has: requests to the host, its state, state that VS Code saves, and announcements. */
export class PageFrame<Requested extends PanelRequests & Contract<Requested>, State> {
  readonly requests: Requests<Requested>;
  readonly #host: Host;
  readonly #showFailure: (message: string) => void;
  readonly #status = document.createElement('div');

  /** @param showFailure shows why a request failed; announces it unless the page has a place for it */
  constructor(host: Host, showFailure?: (message: string) => void) {
    this.#host = host;
    this.#showFailure = showFailure ?? ((message) => this.announce(message, true));
    this.requests = new Requests<Requested>((message) => host.postMessage(message));
  }

  /** The state that VS Code has saved, over a restart too: another version may have written it. */
  get saved(): unknown {
    return this.#host.getState();
  }

  save(state: unknown): void {
    this.#host.setState(state);
  }

  /** Receives the host's state after each change, and at first as the answer to `ready`. */
  listen(receive: (state: State) => void): void {
    // Outside of what is drawn: a screen reader reads only changes of an element that stays.
    this.#status.className = 'announcer';
    this.#status.setAttribute('role', 'status');
    document.body.append(this.#status);
    const notified = listen<PanelNotifications<State>>({ state: receive });
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.requests.receive(data);
      notified(data);
    });
  }

  /** Sends a request to the host; shows its failure, and resolves with undefined then. */
  async send<K extends keyof Requested & string>(
    method: K,
    ...params: Parameters<Requested[K]>
  ): Promise<{ readonly result: ReturnType<Requested[K]> } | undefined> {
    try {
      return { result: await this.requests.send(method, ...params) };
    } catch (error) {
      this.#showFailure(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** Has a screen reader read a text. A failure is shown too, until the next announcement. */
  announce(text: string, failure = false): void {
    const shown = visibleSentence(text);
    if (this.#status.textContent !== shown) this.#status.textContent = shown;
    this.#status.classList.toggle('failed', failure && text !== '');
  }

  /** Takes an announced text back, unless something else was announced since. */
  unsay(text: string): void {
    if (this.#status.textContent === visibleSentence(text)) this.announce('');
  }
}

/** Starts a page, with the translations that the host has put into it; there are none in English. */
export function startPage(start: (root: HTMLElement, host: Host) => void): void {
  const bundle = document.querySelector<HTMLMetaElement>('meta[name="l10n"]')?.content;
  if (bundle) l10n.config({ contents: bundle });
  const root = document.getElementById('page');
  if (root) start(root, acquireVsCodeApi());
}
