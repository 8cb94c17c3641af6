import * as l10n from '@vscode/l10n';
import { render } from 'lit';
import type {
  CatalogAnswer,
  CatalogColumn,
  CatalogNotifications,
  CatalogQuery,
  CatalogRequests,
  CatalogRow,
  CatalogState,
  FacetId,
  Suggestions,
} from '../../src/protocol/catalog.ts';
import { listen, type Post, Requests } from '../../src/protocol/rpc.ts';
import { type Arrangement, initialArrangement, type Kept, readArrangement } from './kept.ts';
import { countText, page } from './page.ts';
import { rowHeight, rowWindow, scrollTo } from './rowWindow.ts';
import { extend, maxSelected, moved, nothingSelected, type Selection, select } from './selection.ts';
import type { Actions, ImageAction, Menu, View } from './view.ts';

/** The part of VS Code's web view API that the page uses. */
export interface Host {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** Rows that are asked for at once. */
const pageRows = 100;

/** Rows that are kept although they are not on screen. */
const keptRows = 3_000;

/** Waits (ms) after the last scrolling before rows are asked for, and after the last answer before it is read out. */
const scrollPause = 40;
const announcePause = 900;

/** Two clicks within this time (ms) keep the details open. */
const doubleClick = 500;

/** While a download brings images, the answer is asked for again so often (ms). */
const refreshInterval = 500;

/** The height (CSS pixels) of the table's head, which covers the first row. */
const headHeight = 26;

/** The page: keeps its state, draws it, tells the host what the user wants. */
export class CatalogPage {
  readonly #root: HTMLElement;
  readonly #host: Host;
  readonly #requests: Requests<CatalogRequests>;
  readonly #status = document.createElement('div');
  #state: CatalogState | undefined;
  #arrangement: Arrangement = initialArrangement;
  #answer: CatalogAnswer | undefined;
  #rows = new Map<number, CatalogRow>();
  #selection: Selection = nothingSelected;
  #suggestions: Suggestions | undefined;
  #suggested = -1;
  #menu: Menu | undefined;
  #scroll = 0;
  #height = 600;
  /** One question at a time; the newest waits for the one under way. */
  #asking = false;
  #askAgain = false;
  #asked = '';
  #version = -1;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #rowsTimer: ReturnType<typeof setTimeout> | undefined;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  #lastClick = { id: '', at: 0 };
  #drawing = false;

  constructor(root: HTMLElement, host: Host) {
    const post: Post = (message) => host.postMessage(message);
    this.#root = root;
    this.#host = host;
    this.#requests = new Requests<CatalogRequests>(post);
  }

  start(): void {
    // Outside of what is drawn anew: a screen reader hears changes of a region that is there already.
    this.#status.className = 'announcer';
    this.#status.setAttribute('role', 'status');
    document.body.append(this.#status);
    this.#arrangement = readArrangement(this.#host.getState());
    const notified = listen<CatalogNotifications>({ state: (state) => this.#receive(state) });
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.#requests.receive(data);
      notified(data);
    });
    new ResizeObserver(() => this.#draw()).observe(this.#root);
    this.#send('ready');
  }

  readonly #actions: Actions = {
    type: (text) => {
      this.#setQuery({ text });
      void this.#suggest();
    },
    searchKey: (event) => this.#searchKey(event),
    accept: (index) => this.#accept(index),
    toggleNewest: () => this.#setQuery({ newestOnly: !this.#arrangement.query.newestOnly }),
    toggleFacet: (id, key) => this.#toggleFacet(id, key),
    clearFacet: (id) => this.#setQuery({ facets: { ...this.#arrangement.query.facets, [id]: [] } }),
    openFacet: (id, open) => {
      const { openFacets } = this.#arrangement;
      if (openFacets.includes(id) !== open) {
        this.#arrange({ openFacets: open ? [...openFacets, id] : openFacets.filter((other) => other !== id) });
      }
    },
    showFacets: (facetsShown) => this.#arrange({ facetsShown }),
    clearSearch: () => {
      this.#suggestions = undefined;
      this.#setQuery({ text: '', facets: {}, newestOnly: false });
      this.#search()?.focus();
    },
    sort: (column) => this.#sort(column),
    resize: (column, width) => this.#arrange({ widths: { ...this.#arrangement.widths, [column]: width } }),
    toggleColumn: (column) => this.#toggleColumn(column),
    scroll: () => this.#scrolled(),
    gridKey: (event) => this.#gridKey(event),
    click: (event, place, row) => this.#click(event, place, row),
    openMenu: (event, kind, place, row) => this.#openMenu(event, kind, place, row),
    closeMenu: () => this.#closeMenu(),
    menuKey: (event) => this.#menuKey(event),
    act: (action, ids) => this.#act(action, ids),
    selectRegion: () => this.#send('selectRegion'),
    download: () => this.#send('download'),
    cancel: () => this.#send('cancel'),
    runAction: (index) => this.#send('runAction', { index }),
  };

  #receive(state: CatalogState): void {
    const first = this.#state === undefined;
    // Another region, account or endpoint: nothing of the one before is to be taken for its own.
    const other = this.#state?.region !== state.region || state.version === 0;
    this.#state = state;
    if (other) {
      this.#answer = undefined;
      this.#rows.clear();
      this.#selection = nothingSelected;
      this.#version = -1;
      this.#keep();
    }
    if (state.version !== this.#version && state.version > 0 && state.status.kind !== 'opening') {
      if (this.#answer === undefined || state.status.kind !== 'downloading') {
        void this.#ask();
      } else {
        this.#refreshTimer ??= setTimeout(() => {
          this.#refreshTimer = undefined;
          void this.#ask();
        }, refreshInterval);
      }
    }
    this.#draw();
    if (first) {
      requestAnimationFrame(() => this.#search()?.focus());
    }
  }

  #setQuery(change: Partial<CatalogQuery>): void {
    this.#arrangement = { ...this.#arrangement, query: { ...this.#arrangement.query, ...change } };
    this.#keep();
    this.#draw();
    void this.#ask();
  }

  #arrange(change: Partial<Arrangement>): void {
    this.#arrangement = { ...this.#arrangement, ...change };
    this.#keep();
    this.#draw();
  }

  async #ask(): Promise<void> {
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#askAgain = false;
        const { query } = this.#arrangement;
        const key = JSON.stringify(query);
        const same = key === this.#asked;
        const version = this.#state?.version ?? -1;
        const { start } = same ? rowWindow(this.#answer?.matches ?? 0, this.#scroll, this.#height) : { start: 0 };
        const answer = await this.#requests.send('query', { query, start, count: pageRows });
        // What has been typed since is asked for next; what was asked is shown all the same, so that something moves.
        this.#asked = key;
        this.#version = version;
        this.#answer = answer;
        this.#rows = new Map(answer.rows.map((row, index) => [start + index, row]));
        if (!same) {
          this.#selection = { ...this.#selection, anchor: -1, focus: -1 };
          this.#scrollTo(0);
        }
        this.#draw();
        this.#announceSoon();
      } while (this.#askAgain);
    } catch (error) {
      this.#announce(error instanceof Error ? error.message : String(error));
    } finally {
      this.#asking = false;
    }
    this.#loadRows();
  }

  /** Asks for the rows on screen that are not there yet. */
  #loadRows(): void {
    clearTimeout(this.#rowsTimer);
    this.#rowsTimer = setTimeout(() => {
      const total = this.#answer?.matches ?? 0;
      const { start, count } = rowWindow(total, this.#scroll, this.#height);
      let missing = -1;
      for (let place = start; place < start + count && missing < 0; place += 1) {
        if (!this.#rows.has(place)) missing = place;
      }
      if (missing >= 0 && !this.#asking) void this.#fetch(missing);
    }, scrollPause);
  }

  async #fetch(start: number): Promise<void> {
    const answer = this.#answer;
    const { rows } = await this.#requests.send('rows', { start, count: pageRows });
    if (answer !== this.#answer) return;
    if (this.#rows.size > keptRows) this.#rows.clear();
    for (const [index, row] of rows.entries()) this.#rows.set(start + index, row);
    this.#draw();
    if (rows.length > 0) this.#loadRows();
  }

  async #suggest(): Promise<void> {
    const input = this.#search();
    if (!input) return;
    const { value: text } = input;
    const suggestions = await this.#requests.send('suggest', { text, cursor: input.selectionStart ?? text.length });
    if (text === this.#arrangement.query.text) {
      this.#suggestions = suggestions.items.length > 0 ? suggestions : undefined;
      this.#suggested = -1;
      this.#draw();
    }
  }

  #searchKey(event: KeyboardEvent): void {
    const items = this.#suggestions?.items ?? [];
    if (items.length > 0) {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        const from = this.#suggested < 0 && step < 0 ? 0 : this.#suggested;
        this.#suggested = (from + step + items.length) % items.length;
        event.preventDefault();
        this.#draw();
        return;
      }
      if ((event.key === 'Enter' && this.#suggested >= 0) || event.key === 'Tab') {
        event.preventDefault();
        this.#accept(Math.max(0, this.#suggested));
        return;
      }
    }
    if (event.key === 'Escape') {
      if (this.#suggestions) {
        this.#suggestions = undefined;
        this.#draw();
      } else if (this.#arrangement.query.text !== '') {
        this.#setQuery({ text: '' });
      }
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      this.#suggestions = undefined;
      this.#grid()?.focus();
      this.#focusRow(Math.max(0, this.#selection.focus), false);
    }
  }

  #accept(index: number): void {
    const suggestions = this.#suggestions;
    const item = suggestions?.items[index];
    const input = this.#search();
    if (!suggestions || !item || !input) return;
    const { text } = this.#arrangement.query;
    const complete = !item.insert.endsWith(':');
    const next =
      text.slice(0, suggestions.start) + item.insert + (complete ? ' ' : '') + text.slice(suggestions.end).trimStart();
    const cursor = suggestions.start + item.insert.length + (complete ? 1 : 0);
    this.#suggestions = undefined;
    this.#setQuery({ text: next });
    input.value = next;
    input.focus();
    input.setSelectionRange(cursor, cursor);
    if (!complete) void this.#suggest();
  }

  #toggleFacet(id: FacetId, key: string): void {
    const { facets } = this.#arrangement.query;
    const chosen = facets[id] ?? [];
    const next = chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key];
    this.#setQuery({ facets: { ...facets, [id]: next } });
  }

  #sort(column: CatalogColumn): void {
    const { sort } = this.#arrangement.query;
    const newestFirst = column === 'created' || column === 'deprecated' || column === 'size';
    const descending = sort.column === column ? !sort.descending : newestFirst;
    this.#setQuery({ sort: { column, descending } });
  }

  #toggleColumn(column: CatalogColumn): void {
    const { columns } = this.#arrangement;
    const next = columns.includes(column) ? columns.filter((other) => other !== column) : [...columns, column];
    // One has to stay: by its head the others come back.
    if (next.length > 0) this.#arrange({ columns: next });
  }

  #scrolled(): void {
    const grid = this.#grid();
    if (!grid) return;
    this.#scroll = grid.scrollTop;
    this.#drawSoon();
    this.#loadRows();
  }

  #gridKey(event: KeyboardEvent): void {
    const total = this.#answer?.matches ?? 0;
    const control = event.ctrlKey || event.metaKey;
    const visible = Math.max(1, Math.floor((this.#height - headHeight) / rowHeight) - 1);
    const to = total === 0 ? undefined : moved(event.key, this.#selection.focus, total, visible);
    if (to !== undefined) {
      event.preventDefault();
      this.#focusRow(to, event.shiftKey);
    } else if (event.key === 'Enter') {
      this.#act('show');
    } else if (event.key === ' ') {
      event.preventDefault();
      const row = this.#rows.get(this.#selection.focus);
      if (row) {
        this.#selection = select(this.#selection, { row: this.#selection.focus, id: row.id, toggle: true });
        this.#draw();
      }
    } else if (control && event.key.toLowerCase() === 'c') {
      event.preventDefault();
      this.#act('copyIds');
    } else if (control && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      void this.#selectAll();
    } else if (event.key === 'Escape') {
      this.#selection = nothingSelected;
      this.#draw();
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault();
      const row = document.getElementById(`row-${this.#selection.focus}`)?.getBoundingClientRect();
      this.#showMenu({ kind: 'images', x: (row?.left ?? 0) + 40, y: row?.bottom ?? 100 });
    } else if (control && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      this.#search()?.focus();
    }
  }

  async #selectAll(): Promise<void> {
    const total = this.#answer?.matches ?? 0;
    const { rows } = await this.#requests.send('rows', { start: 0, count: maxSelected });
    this.#selection = { ids: new Set(rows.map(({ id }) => id)), anchor: 0, focus: this.#selection.focus };
    this.#draw();
    this.#announce(
      total > rows.length
        ? l10n.t('The first {0} of {1} images are selected.', rows.length, total)
        : l10n.t('{0} images are selected.', rows.length),
    );
  }

  #focusRow(row: number, extending: boolean): void {
    this.#scrollIntoView(row);
    const known = this.#rows.get(row);
    if (extending) {
      this.#selection = extend(this.#selection, row, (from, to) => this.#idsBetween(from, to));
    } else {
      this.#selection = known
        ? select(this.#selection, { row, id: known.id, toggle: false })
        : { ids: new Set(), anchor: row, focus: row };
    }
    this.#draw();
    this.#loadRows();
  }

  #idsBetween(from: number, to: number): readonly string[] {
    const ids: string[] = [];
    for (let row = from; row <= to; row += 1) {
      const known = this.#rows.get(row);
      if (known) ids.push(known.id);
    }
    return ids;
  }

  #click(event: MouseEvent, place: number, row: CatalogRow): void {
    this.#grid()?.focus({ preventScroll: true });
    if (event.shiftKey) {
      this.#selection = extend(this.#selection, place, (from, to) => this.#idsBetween(from, to));
    } else {
      const toggle = event.ctrlKey || event.metaKey;
      this.#selection = select(this.#selection, { row: place, id: row.id, toggle });
      if (!toggle) {
        const now = performance.now();
        const twice = this.#lastClick.id === row.id && now - this.#lastClick.at < doubleClick;
        this.#lastClick = { id: row.id, at: now };
        if (twice) this.#send('showImage', { id: row.id, keep: true });
      }
    }
    this.#draw();
  }

  #openMenu(event: MouseEvent, kind: Menu['kind'], place?: number, row?: CatalogRow): void {
    event.preventDefault();
    if (row && place !== undefined && !this.#selection.ids.has(row.id)) {
      this.#selection = select(this.#selection, { row: place, id: row.id, toggle: false });
    }
    this.#showMenu({ kind, x: event.clientX, y: event.clientY });
  }

  #showMenu(menu: Menu): void {
    if (menu.kind === 'images' && this.#selection.ids.size === 0) return;
    this.#menu = menu;
    this.#draw();
    const element = this.#root.querySelector<HTMLElement>('.menu');
    if (element) {
      const { width, height } = element.getBoundingClientRect();
      const x = Math.max(0, Math.min(menu.x, window.innerWidth - width - 4));
      const y = Math.max(0, Math.min(menu.y, window.innerHeight - height - 4));
      if (x !== menu.x || y !== menu.y) {
        this.#menu = { ...menu, x, y };
        this.#draw();
      }
      element.querySelector('button')?.focus();
    }
  }

  #closeMenu(): void {
    const { kind } = this.#menu ?? {};
    this.#menu = undefined;
    this.#draw();
    if (kind === 'images') this.#grid()?.focus({ preventScroll: true });
  }

  #menuKey(event: KeyboardEvent): void {
    const buttons = [...this.#root.querySelectorAll<HTMLElement>('.menu button')];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      buttons[(at + step + buttons.length) % buttons.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      this.#closeMenu();
    }
  }

  #act(action: ImageAction, given?: readonly string[]): void {
    const ids = given ?? [...this.#selection.ids];
    if (this.#menu) this.#closeMenu();
    const [first] = ids;
    if (first === undefined) return;
    if (action === 'show') {
      const focused = this.#rows.get(this.#selection.focus)?.id;
      this.#send('showImage', { id: focused !== undefined && ids.includes(focused) ? focused : first, keep: true });
    } else {
      this.#send(action, { ids });
    }
  }

  #scrollIntoView(row: number): void {
    const next = scrollTo(row, this.#answer?.matches ?? 0, this.#scroll, this.#height - headHeight);
    if (next !== undefined) this.#scrollTo(next);
  }

  #scrollTo(scroll: number): void {
    const grid = this.#grid();
    if (grid) grid.scrollTop = scroll;
    this.#scroll = scroll;
  }

  #drawSoon(): void {
    if (!this.#drawing) {
      this.#drawing = true;
      requestAnimationFrame(() => {
        this.#drawing = false;
        this.#draw();
      });
    }
  }

  #draw(): void {
    if (!this.#state) return;
    this.#height = this.#grid()?.clientHeight ?? this.#height;
    const view: View = {
      state: this.#state,
      arrangement: this.#arrangement,
      answer: this.#answer,
      rows: this.#rows,
      window: rowWindow(this.#answer?.matches ?? 0, this.#scroll, this.#height),
      selection: this.#selection,
      suggestions: this.#suggestions,
      suggested: this.#suggested,
      menu: this.#menu,
      now: Date.now(),
      actions: this.#actions,
    };
    render(page(view), this.#root);
    const height = this.#grid()?.clientHeight;
    // The table has its height only once it was drawn.
    if (height !== undefined && height !== this.#height) this.#drawSoon();
  }

  #announceSoon(): void {
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => this.#announce(countText({ answer: this.#answer })), announcePause);
  }

  #announce(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  #keep(): void {
    if (this.#state) {
      const kept: Kept = { region: this.#state.region, arrangement: this.#arrangement };
      this.#host.setState(kept);
    }
  }

  #search(): HTMLInputElement | null {
    return this.#root.querySelector<HTMLInputElement>('#search');
  }

  #grid(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('#grid');
  }

  #send<K extends keyof CatalogRequests & string>(method: K, ...params: Parameters<CatalogRequests[K]>): void {
    this.#requests
      .send(method, ...params)
      .catch((error: unknown) => this.#announce(error instanceof Error ? error.message : String(error)));
  }
}
