import * as l10n from '@vscode/l10n';
import { render } from 'lit';
import * as v from 'valibot';
import type { ImageRef } from '../../src/core/imageRef.ts';
import { imageRef } from '../../src/core/imageRefSchema.ts';
import { read } from '../../src/core/schemas.ts';
import type { DetailsNotifications, DetailsRequests, DetailsState, KeptState } from '../../src/protocol/details.ts';
import { type Host, PageFrame } from '../shared/pageFrame.ts';
import type { DeviceColumn } from './deviceColumns.ts';
import { focusIn } from './gridKeys.ts';
import { page } from './page.ts';
import { type Actions, type Arrangement, arrangement, initialArrangement, type SectionId } from './view.ts';

/** Kept by this page itself, though maybe by an older version of it. */
const keptPage = v.object({ ref: imageRef, arrangement });

/** How long (ms) a button shows that its value was copied. */
const copiedShown = 1500;

/** The page: keeps its state, draws it, tells the host what the user wants. */
export class DetailsPage {
  readonly #root: HTMLElement;
  readonly #frame: PageFrame<DetailsRequests, DetailsNotifications>;
  #state: DetailsState | undefined;
  #arrangement: Arrangement = initialArrangement;
  #copied: string | undefined;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;
  #scrollTo: number | undefined;

  constructor(root: HTMLElement, host: Host) {
    this.#root = root;
    this.#frame = new PageFrame(host);
  }

  start(): void {
    const kept = read(keptPage, this.#frame.kept);
    if (kept) {
      this.#arrangement = kept.arrangement;
      this.#scrollTo = kept.arrangement.scroll;
    }
    this.#frame.listen({ state: (state) => this.#receive(state, kept?.ref) });
    window.addEventListener('scroll', () => this.#keepScroll(), { passive: true });
    this.#send('ready');
  }

  readonly #actions: Actions = {
    copy: (text, what) => {
      this.#send('copy', { text }).then((sent) => sent && this.#markCopied(what));
    },
    copyId: () => {
      this.#send('copyId').then((sent) => sent && this.#markCopied(l10n.t('AMI ID')));
    },
    insertId: () => void this.#send('insertId'),
    openInConsole: () => void this.#send('openInConsole'),
    refresh: () => void this.#send('refresh'),
    keepOpen: () => void this.#send('keepOpen'),
    showImage: (ref) => void this.#send('showImage', ref),
    runAction: (index) => void this.#send('runAction', { index }),
    toggle: (section, open) => this.#toggle(section, open),
    sortBy: (column) => this.#sortBy(column),
    goToDevice: (place) => this.#goToDevice(place),
    goToRoot: () => this.#goToSection('root'),
  };

  #receive(state: DetailsState, kept: ImageRef | undefined): void {
    const previous = this.#state?.ref ?? kept;
    this.#state = state;
    // Another image in the same panel is read from its beginning.
    if (previous && (previous.id !== state.ref.id || previous.region !== state.ref.region)) this.#scrollTo = 0;
    this.#keep();
    this.#draw();
    if (this.#scrollTo !== undefined && state.model) {
      window.scrollTo(0, this.#scrollTo);
      this.#scrollTo = undefined;
    }
  }

  /** Whether the host has done it; what went wrong is said on the page. */
  async #send<K extends keyof DetailsRequests & string>(
    method: K,
    ...params: Parameters<DetailsRequests[K]>
  ): Promise<boolean> {
    try {
      await this.#frame.requests.send(method, ...params);
      return true;
    } catch (error) {
      this.#frame.announce(error instanceof Error ? error.message : String(error), true);
      return false;
    }
  }

  #markCopied(what: string): void {
    this.#copied = what;
    this.#draw();
    this.#frame.announce(l10n.t('Copied {0}', what));
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = setTimeout(() => {
      this.#copied = undefined;
      this.#frame.announce('');
      this.#draw();
    }, copiedShown);
  }

  #toggle(section: SectionId, open: boolean): void {
    const others = this.#arrangement.closed.filter((id) => id !== section);
    this.#arrangement = { ...this.#arrangement, closed: open ? others : [...others, section] };
    this.#keep();
  }

  /** Up, down, then back to the order of the image. */
  #sortBy(column: DeviceColumn): void {
    const { sort } = this.#arrangement;
    const next =
      sort?.column !== column
        ? { column, descending: false }
        : sort.descending
          ? undefined
          : { column, descending: true };
    this.#arrangement = { ...this.#arrangement, sort: next };
    this.#keep();
    this.#draw();
  }

  #goToDevice(place: number): void {
    this.#goToSection('devices');
    const row = [...this.#root.querySelectorAll<HTMLTableRowElement>('tr[data-place]')].find(
      (candidate) => candidate.dataset['place'] === String(place),
    );
    const button = row?.querySelector<HTMLElement>('button.copy');
    const body = row?.closest('tbody');
    if (!row || !button || !body) return;
    focusIn(body, button);
    row.scrollIntoView({ block: 'center' });
    row.classList.remove('found');
    // Read, so that the animation starts again for a row that was found before.
    void row.offsetWidth;
    row.classList.add('found');
  }

  #goToSection(id: SectionId): void {
    const section = this.#root.querySelector(`#section-${id}`);
    const details = section?.querySelector('details');
    if (details) details.open = true;
    section?.querySelector('summary')?.focus();
    section?.scrollIntoView({ block: 'nearest' });
  }

  #keepScroll(): void {
    if (!this.#state?.model || this.#scrollTo !== undefined) return;
    this.#arrangement = { ...this.#arrangement, scroll: window.scrollY };
    this.#keep();
  }

  #keep(): void {
    if (!this.#state) return;
    const { ref, preview } = this.#state;
    const kept: KeptState = { ref, preview };
    this.#frame.keep({ ...kept, arrangement: this.#arrangement });
  }

  #draw(): void {
    if (!this.#state) return;
    render(
      page({ state: this.#state, arrangement: this.#arrangement, actions: this.#actions, copied: this.#copied }),
      this.#root,
    );
  }
}
