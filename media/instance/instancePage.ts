import * as l10n from '@vscode/l10n';
import type { InstanceDetailsRequests, InstanceDetailsState, SavedInstance } from '../../src/protocol/instance.ts';
import { CopiedMark } from '../shared/copiedMark.ts';
import { type Host, PageFrame } from '../shared/pageFrame.ts';
import { renderPage } from '../shared/renderPage.ts';
import { page } from './page.ts';
import type { Handlers, SectionId } from './view.ts';

/** The page of an instance: draws its state, and sends the host what the user wants. */
export class InstancePage {
  readonly #root: HTMLElement;
  readonly #frame: PageFrame<InstanceDetailsRequests, InstanceDetailsState>;
  readonly #copiedMark: CopiedMark;
  #state: InstanceDetailsState | undefined;
  #closed: readonly SectionId[] = [];

  constructor(root: HTMLElement, host: Host) {
    this.#root = root;
    this.#frame = new PageFrame(host);
    this.#copiedMark = new CopiedMark(() => this.#draw(), this.#frame);
  }

  start(): void {
    this.#frame.listen((state) => {
      this.#state = state;
      const { ref, preview } = state;
      const saved: SavedInstance = { ref, preview };
      this.#frame.save(saved);
      this.#draw();
    });
    void this.#frame.send('ready');
  }

  readonly #handlers: Handlers = {
    copy: async (text, what) => {
      if (await this.#frame.send('copy', { text })) this.#copiedMark.set(what);
    },
    copyId: async () => {
      const sent = await this.#frame.send('run', { command: 'copyInstanceId' });
      if (sent?.result) this.#copiedMark.set(l10n.t('Instance ID'));
    },
    run: (command) => void this.#frame.send('run', { command }),
    refresh: () => void this.#frame.send('refresh'),
    keepOpen: () => void this.#frame.send('keepOpen'),
    showImage: (ref) => void this.#frame.send('showImage', ref),
    pressErrorButton: (index) => void this.#frame.send('pressErrorButton', { index }),
    toggle: (section, open) => {
      const others = this.#closed.filter((id) => id !== section);
      this.#closed = open ? others : [...others, section];
    },
  };

  #draw(): void {
    if (!this.#state) return;
    const view = {
      state: this.#state,
      arrangement: { closed: this.#closed },
      handlers: this.#handlers,
      copied: this.#copiedMark.copied,
    };
    renderPage(page(view), this.#root);
  }
}
