import * as l10n from '@vscode/l10n';
import { render } from 'lit';
import {
  type CatalogAnswer,
  type CatalogColumn,
  type CatalogNotifications,
  type CatalogQuery,
  type CatalogRequests,
  type CatalogRow,
  type CatalogState,
  catalogColumns,
  type FacetId,
  type Suggestions,
} from '../../src/protocol/catalog.ts';
import { listen, type Post, Requests } from '../../src/protocol/rpc.ts';
import { type Arrangement, initialArrangement, type Kept, type Place, readArrangement, readPlace } from './kept.ts';
import { countText, page } from './page.ts';
import { rowHeight, rowWindow, scrollTo } from './rowWindow.ts';
import { extended, maxSelected, moved, nothingSelected, rangeTo, type Selection, select } from './selection.ts';
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

/** Where the user is in the table is kept so soon (ms) after it has changed. */
const keepPause = 150;

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
  /** What had the keyboard before the menu. */
  #menuOpener: Element | null = null;
  #problem: string | undefined;
  /** The row to go to when the answer to what was typed last is there. */
  #goTo: number | undefined;
  /** The row that is to be selected when it is there. */
  #awaited: number | undefined;
  /** Where an earlier page was. */
  #restore: (Place & { readonly region: string }) | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #scroll = 0;
  #height = 600;
  /** One question at a time; the newest waits for the one under way. */
  #asking = false;
  #askAgain = false;
  /** What the answer is to: the whole question, and without the order of the rows. */
  #asked = '';
  #askedFor = '';
  /** Grows with every region, account or endpoint: answers about another one are not for this. */
  #epoch = 0;
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
    const kept = this.#host.getState();
    this.#arrangement = readArrangement(kept);
    this.#restore = readPlace(kept);
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
    leaveSearch: () => this.#suggestNothing(),
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
    clearText: () => {
      this.#suggestions = undefined;
      this.#setQuery({ text: '' });
      this.#search()?.focus();
    },
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
      this.#epoch += 1;
      this.#asked = '';
      this.#askedFor = '';
      this.#problem = undefined;
      if (this.#restore?.region !== state.region) this.#restore = undefined;
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
    if (first && !this.#restore?.inTable) {
      requestAnimationFrame(() => this.#search()?.focus());
    }
  }

  #setQuery(change: Partial<CatalogQuery>): void {
    this.#arrangement = { ...this.#arrangement, query: { ...this.#arrangement.query, ...change } };
    this.#goTo = undefined;
    this.#restore = undefined;
    // What is selected may not be found any more: nothing is to be done to what nobody sees.
    if (contentOf(this.#arrangement.query) !== this.#askedFor) this.#selection = nothingSelected;
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
    do {
      this.#askAgain = false;
      try {
        await this.#askOnce();
        this.#problem = undefined;
      } catch (error) {
        this.#fail(error);
      }
    } while (this.#askAgain);
    this.#asking = false;
    this.#loadRows();
  }

  async #askOnce(): Promise<void> {
    const epoch = this.#epoch;
    const { query } = this.#arrangement;
    const key = JSON.stringify(query);
    const same = key === this.#asked;
    const version = this.#state?.version ?? -1;
    const { start } = same ? rowWindow(this.#answer?.matches ?? 0, this.#scroll, this.#height) : { start: 0 };
    const answer = await this.#requests.send('query', { query, start, count: pageRows });
    if (epoch !== this.#epoch) return;
    // What has been typed since is asked for next; what was asked is shown all the same, so that something moves.
    const content = contentOf(query);
    const rows = new Map(answer.rows.map((row, index) => [start + index, row]));
    if (same) {
      this.#selection = moveWith(this.#selection, this.#rows, rows);
    } else if (content !== this.#askedFor) {
      this.#selection = nothingSelected;
    } else {
      this.#selection = { ...this.#selection, anchor: -1, focus: -1 };
    }
    this.#asked = key;
    this.#askedFor = content;
    this.#version = version;
    this.#answer = answer;
    this.#rows = rows;
    if (!same) this.#scrollTo(0);
    this.#draw();
    this.#goBack();
    if (this.#goTo !== undefined && !this.#askAgain) {
      const row = this.#goTo;
      this.#goTo = undefined;
      if (answer.matches > 0) this.#focusRow(row, false);
    }
    this.#settle();
    this.#announceSoon();
  }

  /** Goes to where an earlier page was, once there are rows. */
  #goBack(): void {
    const place = this.#restore;
    if (!place || !this.#answer || this.#answer.matches === 0) return;
    this.#restore = undefined;
    const last = this.#answer.matches - 1;
    this.#selection = {
      ids: new Set(place.ids),
      anchor: Math.min(place.anchor, last),
      focus: Math.min(place.focus, last),
    };
    this.#scrollTo(place.scroll);
    this.#draw();
    if (place.inTable) this.#grid()?.focus({ preventScroll: true });
    this.#loadRows();
  }

  /** Selects the row that the keyboard has gone to before it was there. */
  #settle(): void {
    const row = this.#awaited;
    const known = row === undefined ? undefined : this.#rows.get(row);
    if (row === undefined || !known) return;
    this.#awaited = undefined;
    if (this.#selection.focus === row && this.#selection.ids.size === 0) {
      this.#selection = select(this.#selection, { row, id: known.id, toggle: false });
      this.#draw();
    }
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
    const rows = await this.#rowsFrom(start, pageRows);
    if (!rows) return;
    if (this.#rows.size > keptRows) this.#rows.clear();
    for (const [index, row] of rows.entries()) this.#rows.set(start + index, row);
    this.#draw();
    this.#settle();
    if (rows.length > 0) this.#loadRows();
  }

  /** Undefined where they are no longer what is asked for, or could not be had. */
  async #rowsFrom(start: number, count: number): Promise<readonly CatalogRow[] | undefined> {
    const answer = this.#answer;
    try {
      const { rows } = await this.#requests.send('rows', { start, count });
      return answer === this.#answer ? rows : undefined;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  async #suggest(): Promise<void> {
    const input = this.#search();
    if (!input) return;
    const { value: text, selectionStart } = input;
    const cursor = selectionStart ?? text.length;
    // Without suggestions one can type on.
    const suggestions = await this.#requests.send('suggest', { text, cursor }).catch(() => undefined);
    const isThere = document.activeElement === input && input.value === text && input.selectionStart === selectionStart;
    if (suggestions && isThere) {
      this.#suggestions = suggestions.items.length > 0 ? suggestions : undefined;
      this.#suggested = -1;
      this.#draw();
    }
  }

  #suggestNothing(): void {
    if (this.#suggestions) {
      this.#suggestions = undefined;
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
      if ((event.key === 'Enter' && this.#suggested >= 0) || (event.key === 'Tab' && !event.shiftKey)) {
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
      if (JSON.stringify(this.#arrangement.query) === this.#asked) {
        this.#focusRow(Math.max(0, this.#selection.focus), false);
      } else {
        // The rows that are there are not those that were asked for.
        this.#goTo = 0;
        this.#draw();
      }
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
    const next = columns.includes(column) ? columns.filter((other) => other !== column) : withColumn(columns, column);
    // One has to stay: by its head the others come back.
    if (next.length > 0) this.#arrange({ columns: next });
  }

  #scrolled(): void {
    const grid = this.#grid();
    if (!grid) return;
    this.#scroll = grid.scrollTop;
    this.#drawSoon();
    this.#loadRows();
    this.#keepSoon();
  }

  #gridKey(event: KeyboardEvent): void {
    // A column's head has keys of its own.
    if (event.target instanceof Element && event.target.closest('.head')) return;
    const total = this.#answer?.matches ?? 0;
    const control = event.ctrlKey || event.metaKey;
    const visible = Math.max(1, Math.floor((this.#height - headHeight) / rowHeight) - 1);
    const to = total === 0 ? undefined : moved(event.key, this.#selection.focus, total, visible);
    if (to !== undefined) {
      event.preventDefault();
      if (control && !event.shiftKey) {
        this.#moveFocus(to);
      } else {
        this.#focusRow(to, event.shiftKey);
      }
    } else if (event.key === 'Enter') {
      this.#act('show');
    } else if (event.key === ' ') {
      event.preventDefault();
      const row = this.#rows.get(this.#selection.focus);
      if (row) this.#choose(select(this.#selection, { row: this.#selection.focus, id: row.id, toggle: true }));
    } else if (control && event.key.toLowerCase() === 'c') {
      event.preventDefault();
      this.#act('copyIds');
    } else if (control && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      void this.#selectAll();
    } else if (event.key === 'Escape') {
      const { focus } = this.#selection;
      this.#choose({ ids: new Set(), anchor: focus, focus });
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
    const rows = await this.#rowsFrom(0, maxSelected);
    if (!rows) return;
    this.#choose({ ids: new Set(rows.map(({ id }) => id)), anchor: 0, focus: this.#selection.focus });
    this.#announce(
      total > rows.length
        ? l10n.t('The first {0} of {1} images are selected.', rows.length, total)
        : l10n.t('{0} images are selected.', rows.length),
    );
  }

  #choose(selection: Selection): void {
    this.#selection = selection;
    this.#awaited = undefined;
    this.#draw();
    this.#keepSoon();
  }

  /** Leaves what is selected as it is. */
  #moveFocus(row: number): void {
    this.#scrollIntoView(row);
    this.#choose({ ...this.#selection, focus: row });
    this.#loadRows();
  }

  #focusRow(row: number, extending: boolean): void {
    this.#scrollIntoView(row);
    if (extending) {
      void this.#extendTo(row);
    } else {
      const known = this.#rows.get(row);
      this.#choose(
        known
          ? select(this.#selection, { row, id: known.id, toggle: false })
          : { ids: new Set(), anchor: row, focus: row },
      );
      this.#awaited = known ? undefined : row;
    }
    this.#loadRows();
  }

  /** The rows between are asked for where they are not there: nothing of a range is left out. */
  async #extendTo(row: number): Promise<void> {
    const before = this.#selection;
    const { from, to } = rangeTo(before, row);
    const there = this.#idsBetween(from, to);
    if (there) {
      this.#choose(extended(before, row, there));
    } else {
      const moving: Selection = { ...before, anchor: before.anchor < 0 ? row : before.anchor, focus: row };
      this.#choose(moving);
      const rows = await this.#rowsFrom(from, to - from + 1);
      if (!rows || this.#selection !== moving) return;
      this.#choose(
        extended(
          moving,
          row,
          rows.map(({ id }) => id),
        ),
      );
    }
    if (to - from + 1 === maxSelected && Math.abs(row - before.anchor) >= maxSelected) {
      this.#announce(l10n.t('More than {0} images cannot be selected at once.', maxSelected));
    }
  }

  /** Undefined where not all of them are loaded. */
  #idsBetween(from: number, to: number): readonly string[] | undefined {
    const ids: string[] = [];
    for (let row = from; row <= to; row += 1) {
      const known = this.#rows.get(row);
      if (!known) return undefined;
      ids.push(known.id);
    }
    return ids;
  }

  #click(event: MouseEvent, place: number, row: CatalogRow): void {
    this.#grid()?.focus({ preventScroll: true });
    if (event.shiftKey) {
      void this.#extendTo(place);
    } else {
      const toggle = event.ctrlKey || event.metaKey;
      this.#choose(select(this.#selection, { row: place, id: row.id, toggle }));
      if (!toggle) {
        const now = performance.now();
        const twice = this.#lastClick.id === row.id && now - this.#lastClick.at < doubleClick;
        this.#lastClick = { id: row.id, at: now };
        if (twice) this.#send('showImage', { id: row.id, keep: true });
      }
    }
  }

  #openMenu(event: MouseEvent, kind: Menu['kind'], place?: number, row?: CatalogRow): void {
    event.preventDefault();
    if (row && place !== undefined && !this.#selection.ids.has(row.id)) {
      this.#choose(select(this.#selection, { row: place, id: row.id, toggle: false }));
    }
    // A button that is pressed by a key tells no place.
    const byKey = event.type === 'click' && event.detail === 0 && event.currentTarget instanceof Element;
    const button = byKey ? (event.currentTarget as Element).getBoundingClientRect() : undefined;
    this.#showMenu({ kind, x: button?.left ?? event.clientX, y: button?.bottom ?? event.clientY });
  }

  #showMenu(menu: Menu): void {
    if (menu.kind === 'images' && this.#selection.ids.size === 0) return;
    this.#menu = menu;
    this.#menuOpener = document.activeElement;
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
    const opener = this.#menuOpener;
    this.#menu = undefined;
    this.#menuOpener = null;
    this.#draw();
    if (kind === 'images' || !(opener instanceof HTMLElement) || !opener.isConnected || opener === document.body) {
      this.#grid()?.focus({ preventScroll: true });
    } else {
      opener.focus({ preventScroll: true });
    }
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
    // Whatever the style sheet says: no more is seen at once than the window has room for.
    this.#height = Math.min(this.#grid()?.clientHeight ?? this.#height, window.innerHeight);
    const focused = document.activeElement;
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
      problem: this.#problem,
      now: Date.now(),
      actions: this.#actions,
    };
    render(page(view), this.#root);
    // What had the keyboard may have gone: Cancel when the download has ended, a chip with its filter.
    if (focused && focused !== document.body && !focused.isConnected && document.activeElement === document.body) {
      (this.#search() ?? this.#root.querySelector<HTMLElement>('vscode-button, button'))?.focus({
        preventScroll: true,
      });
    }
    const height = this.#grid()?.clientHeight;
    // The table has its height only once it was drawn.
    if (height !== undefined && Math.min(height, window.innerHeight) !== this.#height) this.#drawSoon();
  }

  #announceSoon(): void {
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => this.#announce(countText({ answer: this.#answer })), announcePause);
  }

  #announce(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  #keepSoon(): void {
    this.#keepTimer ??= setTimeout(() => {
      this.#keepTimer = undefined;
      this.#keep();
    }, keepPause);
  }

  #keep(): void {
    if (this.#state) {
      // Until the page is where it was before, that is what is kept.
      const kept: Kept = {
        region: this.#state.region,
        arrangement: this.#arrangement,
        place: this.#restore ?? this.#place(),
      };
      this.#host.setState(kept);
    }
  }

  #place(): Place {
    const { ids, anchor, focus } = this.#selection;
    const inTable = document.activeElement === this.#grid();
    return { scroll: this.#scroll, ids: [...ids].slice(0, maxSelected), anchor, focus, inTable };
  }

  #fail(error: unknown): void {
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#draw();
  }

  #search(): HTMLInputElement | null {
    return this.#root.querySelector<HTMLInputElement>('#search');
  }

  #grid(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('#grid');
  }

  #send<K extends keyof CatalogRequests & string>(method: K, ...params: Parameters<CatalogRequests[K]>): void {
    this.#problem = undefined;
    this.#requests.send(method, ...params).catch((error: unknown) => this.#fail(error));
  }
}

/** A question without the order of the rows: what it finds. */
function contentOf({ text, facets, newestOnly }: CatalogQuery): string {
  return JSON.stringify([text, facets, newestOnly]);
}

/** Where the rows of the selection are among others, if there they are: newer images may have come in front of them. */
function moveWith(
  selection: Selection,
  before: ReadonlyMap<number, CatalogRow>,
  after: ReadonlyMap<number, CatalogRow>,
): Selection {
  const places = new Map([...after].map(([place, { id }]) => [id, place]));
  const move = (place: number) => places.get(before.get(place)?.id ?? '') ?? place;
  return { ...selection, anchor: move(selection.anchor), focus: move(selection.focus) };
}

/** A column comes where it is in the list of all, as far as the others are in that order. */
function withColumn(columns: readonly CatalogColumn[], column: CatalogColumn): readonly CatalogColumn[] {
  const later = catalogColumns.slice(catalogColumns.indexOf(column) + 1);
  const place = columns.findIndex((other) => later.includes(other));
  return place < 0 ? [...columns, column] : columns.toSpliced(place, 0, column);
}
