import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { ImageRef } from '../../src/core/imageRef.ts';
import { imageRef } from '../../src/core/imageRefSchema.ts';
import { read } from '../../src/core/schemas.ts';
import type { DetailsRequests, DetailsState, SavedDetails } from '../../src/protocol/details.ts';
import { CopiedMark } from '../shared/copiedMark.ts';
import { type Host, PageFrame } from '../shared/pageFrame.ts';
import { renderPage } from '../shared/renderPage.ts';
import type { DeviceColumn } from './deviceColumns.ts';
import { focusIn } from './gridKeys.ts';
import { page } from './page.ts';
import { type Arrangement, arrangement, type Handlers, initialArrangement, type SectionId } from './view.ts';

/** The state that this page saves, maybe in another version. */
const savedPage = v.object({ ref: imageRef, arrangement });

/** The page of the details: saves its state, draws it, and sends the host what the user wants. */
export class DetailsPage {
  readonly #root: HTMLElement;
  readonly #frame: PageFrame<DetailsRequests, DetailsState>;
  readonly #copiedMark: CopiedMark;
  #state: DetailsState | undefined;
  #arrangement: Arrangement = initialArrangement;
  #scrollTo: number | undefined;

  constructor(root: HTMLElement, host: Host) {
    this.#root = root;
    this.#frame = new PageFrame(host);
    this.#copiedMark = new CopiedMark(() => this.#draw(), this.#frame);
  }

  start(): void {
    const saved = read(savedPage, this.#frame.saved);
    if (saved) {
      this.#arrangement = saved.arrangement;
      this.#scrollTo = saved.arrangement.scroll;
    }
    this.#frame.listen((state) => this.#receive(state, saved?.ref));
    window.addEventListener('scroll', () => this.#saveScroll(), { passive: true });
    void this.#frame.send('ready');
  }

  readonly #handlers: Handlers = {
    copy: async (text, what) => {
      if (await this.#frame.send('copy', { text })) this.#copiedMark.set(what);
    },
    copyId: async () => {
      const sent = await this.#frame.send('run', { command: 'copyImageId' });
      if (sent?.result) this.#copiedMark.set(l10n.t('AMI ID'));
    },
    run: (command) => void this.#frame.send('run', { command }),
    refresh: () => void this.#frame.send('refresh'),
    setPinned: (pinned) => void this.#frame.send('setPinned', { pinned }),
    keepOpen: () => void this.#frame.send('keepOpen'),
    showImage: (ref) => void this.#frame.send('showImage', ref),
    showInstance: (ref) => void this.#frame.send('showInstance', ref),
    openUse: (place) => void this.#frame.send('openUse', { place }),
    pressErrorButton: (index) => void this.#frame.send('pressErrorButton', { index }),
    toggle: (section, open) => this.#toggle(section, open),
    sortBy: (column) => this.#sortBy(column),
    goToDevice: (place) => this.#goToDevice(place),
    goToRoot: () => this.#goToSection('root'),
  };

  #receive(state: DetailsState, saved: ImageRef | undefined): void {
    const previous = this.#state?.ref ?? saved;
    this.#state = state;
    // Another image in the same panel begins at the top.
    if (previous && (previous.id !== state.ref.id || previous.region !== state.ref.region)) this.#scrollTo = 0;
    this.#save();
    this.#draw();
    if (this.#scrollTo !== undefined && state.model) {
      window.scrollTo(0, this.#scrollTo);
      this.#scrollTo = undefined;
    }
  }

  #toggle(section: SectionId, open: boolean): void {
    const others = this.#arrangement.closed.filter((id) => id !== section);
    this.#arrangement = { ...this.#arrangement, closed: open ? others : [...others, section] };
    this.#save();
  }

  /** Sorts ascending, then descending, then in the image's own order. */
  #sortBy(column: DeviceColumn): void {
    const { sort } = this.#arrangement;
    const next =
      sort?.column !== column
        ? { column, descending: false }
        : sort.descending
          ? undefined
          : { column, descending: true };
    this.#arrangement = { ...this.#arrangement, sort: next };
    this.#save();
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
    // Reading the width restarts the animation of a row that was found before.
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

  #saveScroll(): void {
    if (!this.#state?.model || this.#scrollTo !== undefined) return;
    this.#arrangement = { ...this.#arrangement, scroll: window.scrollY };
    this.#save();
  }

  #save(): void {
    if (!this.#state) return;
    const { ref, preview } = this.#state;
    const saved: SavedDetails = { ref, preview };
    this.#frame.save({ ...saved, arrangement: this.#arrangement });
  }

  #draw(): void {
    if (!this.#state) return;
    renderPage(
      page({
        state: this.#state,
        arrangement: this.#arrangement,
        handlers: this.#handlers,
        copied: this.#copiedMark.copied,
      }),
      this.#root,
    );
  }
}
