import * as l10n from '@vscode/l10n';
import { visibleSentence } from '../../src/core/visibleText.ts';
import { type Contract, type Handlers, listen, Requests } from '../../src/protocol/rpc.ts';

/** The part of VS Code's web view API that a page uses. */
export interface Host {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** What every page has: requests to the host, its notifications, state that VS Code saves, and announcements. */
export class PageFrame<Requested extends Contract<Requested>, Notified extends Contract<Notified>> {
  readonly requests: Requests<Requested>;
  readonly #host: Host;
  readonly #status = document.createElement('div');

  constructor(host: Host) {
    this.#host = host;
    this.requests = new Requests<Requested>((message) => host.postMessage(message));
  }

  /** The state that VS Code has saved, over a restart too: another version may have written it. */
  get kept(): unknown {
    return this.#host.getState();
  }

  keep(state: unknown): void {
    this.#host.setState(state);
  }

  listen(handlers: Handlers<Notified>): void {
    // Outside of what is drawn: a screen reader reads only changes of an element that stays.
    this.#status.className = 'announcer';
    this.#status.setAttribute('role', 'status');
    document.body.append(this.#status);
    const notified = listen<Notified>(handlers);
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.requests.receive(data);
      notified(data);
    });
  }

  /** Has a screen reader read a text. A failure is shown too, until the next announcement. */
  announce(text: string, failure = false): void {
    const shown = visibleSentence(text);
    if (this.#status.textContent !== shown) this.#status.textContent = shown;
    this.#status.classList.toggle('failed', failure && text !== '');
  }
}

/** Starts a page, with the translations that the host has put into it; there are none in English. */
export function startPage(start: (root: HTMLElement, host: Host) => void): void {
  const bundle = document.querySelector<HTMLMetaElement>('meta[name="l10n"]')?.content;
  if (bundle) l10n.config({ contents: bundle });
  const root = document.getElementById('page');
  if (root) start(root, acquireVsCodeApi());
}
