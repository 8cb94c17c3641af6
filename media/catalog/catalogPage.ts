import type {
  CatalogColumn,
  CatalogQuery,
  CatalogRequests,
  CatalogRow,
  CatalogState,
  FacetId,
} from '../../src/protocol/catalog.ts';
import { type DraggedImages, draggedImagesType } from '../../src/protocol/draggedImages.ts';
import { type Host, PageFrame } from '../shared/pageFrame.ts';
import { renderPage } from '../shared/renderPage.ts';
import { sentencesText } from '../shared/wording.ts';
import { type AnswerKind, CatalogAnswers } from './catalogAnswers.ts';
import { Completion } from './completion.ts';
import { countText } from './footer.ts';
import { OpenMenu } from './openMenu.ts';
import { page } from './page.ts';
import { type RowWindow, rowHeight, rowWindow, scrollTo } from './rowWindow.ts';
import {
  type Arrangement,
  initialArrangement,
  type Place,
  readArrangement,
  readPlace,
  type SavedPage,
  withColumn,
} from './savedPage.ts';
import { maxSelected, moved, nothingSelected } from './selection.ts';
import { TableCursor } from './tableCursor.ts';
import type { Handlers, ImageAction, Menu, View } from './view.ts';
import { statusAnnouncement } from './wording.ts';

/** The delays (ms) after the last scrolling until rows are loaded, and after the last answer until it is announced. */
const scrollDelay = 40;
const announceDelay = 900;

/** The delay (ms) after a change of the user's place in the table until it is saved. */
const saveDelay = 150;

/** The most time (ms) between the clicks of a double-click, which opens the details. */
const doubleClick = 500;

/** The interval (ms) at which the question is asked again while a download brings images. */
const refreshInterval = 500;

/** The least width (CSS pixels) of the page at which the filters are shown beside the table unless the user hides them. */
const roomForFilters = 900;

/** The height (CSS pixels) of the table's head, which covers the first row. */
const headHeight = 26;

/** The page of the catalog: saves its state, draws it, and sends the host what the user wants. */
export class CatalogPage {
  readonly #root: HTMLElement;
  readonly #frame: PageFrame<CatalogRequests, CatalogState>;
  #state: CatalogState | undefined;
  #arrangement: Arrangement = initialArrangement;
  readonly #answers: CatalogAnswers;
  readonly #cursor: TableCursor;
  readonly #completion: Completion;
  readonly #menu: OpenMenu;
  #problem: string | undefined;
  /** The number of the last search that the host asked for. */
  #searched = 0;
  /** The row to go to when the answer to the current query is there. */
  #goTo: number | undefined;
  /** The saved place, until the page is there again. */
  #restore: (Place & { readonly region: string }) | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #scroll = 0;
  #height = 600;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #rowsTimer: ReturnType<typeof setTimeout> | undefined;
  #announceTimer: ReturnType<typeof setTimeout> | undefined;
  #lastClick = { id: '', at: 0 };
  #drawing = false;

  constructor(root: HTMLElement, host: Host) {
    this.#root = root;
    this.#frame = new PageFrame(host, (message) => this.#fail(message));
    const { requests } = this.#frame;
    const draw = () => this.#draw();
    this.#completion = new Completion((text, cursor) => requests.send('suggest', { text, cursor }), draw);
    this.#menu = new OpenMenu(root, draw);
    this.#answers = new CatalogAnswers({
      requests,
      question: () => ({
        query: this.#arrangement.query,
        version: this.#state?.version ?? -1,
        start: this.#window().start,
      }),
      answered: (kind, before, isLast) => this.#answered(kind, before, isLast),
      rowsCame: () => {
        this.#draw();
        this.#cursor.settle();
        this.#loadRows();
      },
      failed: (error) => this.#fail(error instanceof Error ? error.message : String(error)),
    });
    this.#cursor = new TableCursor({
      answers: this.#answers,
      changed: () => {
        this.#draw();
        this.#saveSoon();
      },
      announce: (text) => {
        // The number of images would replace it before it is read.
        clearTimeout(this.#announceTimer);
        this.#frame.announce(text);
      },
    });
  }

  start(): void {
    const { saved } = this.#frame;
    this.#arrangement = readArrangement(saved);
    this.#restore = readPlace(saved);
    this.#frame.listen((state) => this.#receive(state));
    // The editor may give the page the focus before it is drawn, or a while after.
    window.addEventListener('focus', () => this.#focusFirst());
    document.addEventListener('keydown', (event) => this.#pageKey(event));
    new ResizeObserver(() => this.#draw()).observe(this.#root);
    this.#send('ready');
  }

  readonly #handlers: Handlers = {
    type: (text) => {
      this.#setQuery({ text });
      void this.#suggest();
    },
    searchKey: (event) => this.#searchKey(event),
    leaveSearch: () => this.#completion.close(),
    accept: (index) => this.#accept(index),
    toggleNewest: () => this.#setQuery({ newestOnly: !this.#arrangement.query.newestOnly }),
    toggleFacet: (id, key) => this.#toggleFacet(id, key),
    openFacet: (id, open) => {
      const { openFacets } = this.#arrangement;
      if (openFacets.includes(id) !== open) {
        this.#arrange({ openFacets: open ? [...openFacets, id] : openFacets.filter((other) => other !== id) });
      }
    },
    showFilters: (filtersShown) => this.#arrange({ filtersShown }),
    clearText: () => {
      this.#completion.close();
      this.#setQuery({ text: '' });
      this.#search()?.focus();
    },
    clearFilters: () => {
      this.#setQuery({ facets: {}, newestOnly: false });
      this.#search()?.focus();
    },
    sort: (column) => this.#sort(column),
    resize: (column, width) => this.#resize(column, width),
    toggleColumn: (column) => this.#toggleColumn(column),
    scroll: () => this.#scrolled(),
    gridKey: (event) => this.#gridKey(event),
    click: (event, place, row) => this.#click(event, place, row),
    drag: (event, row) => this.#drag(event, row),
    openMenu: (event, kind, place, row) => this.#openMenu(event, kind, place, row),
    closeMenu: () => this.#menu.close(),
    menuKey: (event) => this.#menu.key(event),
    act: (action, ids) => this.#act(action, ids),
    toggleDeprecated: () =>
      this.#send('setIncludeDeprecated', { includeDeprecated: this.#state?.includeDeprecated !== true }),
    selectRegion: () => this.#send('selectRegion'),
    refresh: () => this.#send('refresh'),
    cancel: () => this.#send('cancel'),
    pressErrorButton: (index) => this.#send('pressErrorButton', { index }),
  };

  #receive(state: CatalogState): void {
    const before = this.#state;
    const first = before === undefined;
    // The catalog of another region, account or endpoint.
    const other = this.#state?.region !== state.region || state.version === 0;
    this.#state = state;
    if (other) {
      this.#answers.forget();
      this.#cursor.set(nothingSelected);
      this.#problem = undefined;
      if (this.#restore?.region !== state.region) this.#restore = undefined;
      this.#save();
    }
    if (state.version !== this.#answers.version && state.version > 0 && state.status.kind !== 'opening') {
      if (this.#answers.answer === undefined || state.status.kind !== 'downloading') {
        void this.#ask();
      } else {
        this.#refreshTimer ??= setTimeout(() => {
          this.#refreshTimer = undefined;
          void this.#ask();
        }, refreshInterval);
      }
    }
    if (state.search && state.search.number !== this.#searched) {
      this.#searched = state.search.number;
      this.#completion.close();
      this.#setQuery({ text: state.search.text, facets: {}, newestOnly: false });
    }
    this.#draw();
    const announcement = statusAnnouncement(state.status);
    if (before && before.status.kind !== state.status.kind && announcement) this.#frame.announce(announcement);
    if (first) {
      this.#focusFirst();
    } else if (other && document.activeElement?.closest('.region')) {
      // Another region was chosen, to be searched.
      this.#search()?.focus();
    }
  }

  /**
   * Puts the focus into the search box, or back into the table, where nothing in the page has it. A page without the
   * keyboard leaves it to the rest of the editor.
   */
  #focusFirst(): void {
    if (!document.hasFocus() || document.activeElement !== document.body) return;
    const first = this.#restore?.inTable ? this.#grid() : this.#search();
    first?.focus({ preventScroll: true });
  }

  #pageKey(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (ctrlKey === metaKey || shiftKey || altKey || key.toLowerCase() !== 'f') return;
    event.preventDefault();
    this.#menu.close();
    this.#search()?.focus();
    this.#search()?.select();
  }

  #setQuery(change: Partial<CatalogQuery>): void {
    this.#arrangement = { ...this.#arrangement, query: { ...this.#arrangement.query, ...change } };
    this.#goTo = undefined;
    this.#restore = undefined;
    // The selected images may no longer match, and an action must not reach images that are not shown.
    if (!this.#answers.isAbout(this.#arrangement.query)) this.#cursor.set(nothingSelected);
    this.#save();
    this.#draw();
    void this.#ask();
  }

  #arrange(change: Partial<Arrangement>): void {
    this.#arrangement = { ...this.#arrangement, ...change };
    this.#save();
    this.#draw();
  }

  async #ask(): Promise<void> {
    await this.#answers.ask();
    this.#loadRows();
  }

  #answered(kind: AnswerKind, before: ReadonlyMap<number, CatalogRow>, isLast: boolean): void {
    this.#problem = undefined;
    if (kind === 'same') {
      this.#cursor.moveWith(before);
    } else {
      this.#cursor.set(kind === 'sorted' ? { ...this.#cursor.selection, anchor: -1, focus: -1 } : nothingSelected);
      this.#scrollTo(0);
    }
    this.#draw();
    this.#goBack();
    if (this.#goTo !== undefined && isLast) {
      const row = this.#goTo;
      this.#goTo = undefined;
      if (this.#answers.total > 0) this.#goToRow(row, false);
    }
    this.#cursor.settle();
    this.#announceSoon();
  }

  /** Goes to the saved place, once there are rows. */
  #goBack(): void {
    const place = this.#restore;
    const last = this.#answers.total - 1;
    if (!place || last < 0) return;
    this.#restore = undefined;
    // With other matches by now, the selected images may not be among them.
    if (place.matches === this.#answers.total) {
      const { ids, anchor, focus } = place;
      this.#cursor.set({ ids: new Set(ids), anchor: Math.min(anchor, last), focus: Math.min(focus, last) });
    }
    this.#scrollTo(place.scroll);
    this.#draw();
    if (place.inTable) this.#grid()?.focus({ preventScroll: true });
    this.#loadRows();
  }

  /** Loads the rows on screen that are missing. */
  #loadRows(): void {
    clearTimeout(this.#rowsTimer);
    this.#rowsTimer = setTimeout(() => {
      const { start, count } = this.#window();
      let missing = -1;
      for (let place = start; place < start + count && missing < 0; place += 1) {
        if (!this.#answers.rows.has(place)) missing = place;
      }
      if (missing >= 0 && !this.#answers.isAsking) void this.#answers.load(missing);
    }, scrollDelay);
  }

  #window(): RowWindow {
    return rowWindow(this.#answers.total, this.#scroll, this.#height);
  }

  async #suggest(): Promise<void> {
    const input = this.#search();
    if (input) await this.#completion.suggest(input);
  }

  #searchKey(event: KeyboardEvent): void {
    const done = this.#completion.key(event, this.#arrangement.query.text);
    if (done !== 'not mine') {
      event.preventDefault();
      if (done === 'choose') this.#accept(this.#completion.active);
    } else if (event.key === 'Escape') {
      if (this.#arrangement.query.text !== '') this.#setQuery({ text: '' });
    } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      this.#completion.close();
      this.#grid()?.focus();
      if (this.#answers.isTo(this.#arrangement.query)) {
        this.#goToRow(Math.max(0, this.#cursor.selection.focus), false);
      } else {
        // The rows are still those of the previous query.
        this.#goTo = 0;
      }
    }
  }

  #accept(index: number): void {
    const input = this.#search();
    const taken = this.#completion.take(index, this.#arrangement.query.text);
    if (!taken || !input) return;
    this.#setQuery({ text: taken.text });
    input.value = taken.text;
    input.focus();
    input.setSelectionRange(taken.cursor, taken.cursor);
    if (!taken.ends) void this.#suggest();
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
    // The last column stays: the menu of its head shows the others again.
    if (next.length > 0) this.#arrange({ columns: next });
  }

  #resize(column: CatalogColumn, width: number | undefined): void {
    const { [column]: _, ...others } = this.#arrangement.widths;
    this.#arrange({ widths: width === undefined ? others : { ...others, [column]: width } });
  }

  #scrolled(): void {
    const grid = this.#grid();
    if (!grid) return;
    this.#scroll = grid.scrollTop;
    this.#drawSoon();
    this.#loadRows();
    this.#saveSoon();
  }

  #gridKey(event: KeyboardEvent): void {
    // The columns' heads handle their own keys.
    if (event.target instanceof Element && event.target.closest('.head')) return;
    const { total } = this.#answers;
    const { selection } = this.#cursor;
    const control = event.ctrlKey || event.metaKey;
    const visible = Math.max(1, Math.floor((this.#height - headHeight) / rowHeight) - 1);
    const to = total === 0 ? undefined : moved(event.key, selection.focus, total, visible);
    if (to !== undefined) {
      event.preventDefault();
      if (control && !event.shiftKey) {
        this.#scrollIntoView(to);
        this.#cursor.moveTo(to);
        this.#revealGrid();
        this.#loadRows();
      } else {
        this.#goToRow(to, event.shiftKey);
      }
    } else if (event.key === 'Enter') {
      this.#act('show');
    } else if (event.key === ' ') {
      event.preventDefault();
      this.#cursor.toggle();
    } else if (control && event.key.toLowerCase() === 'c') {
      event.preventDefault();
      this.#act('copyIds');
    } else if (control && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      void this.#cursor.selectAll();
    } else if (event.key === 'Escape') {
      this.#cursor.unselect();
    } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      event.preventDefault();
      const row = document.getElementById(`row-${selection.focus}`)?.getBoundingClientRect();
      if (selection.ids.size > 0) {
        this.#menu.show({ kind: 'images', x: (row?.left ?? 0) + 40, y: row?.bottom ?? 100 });
      }
    }
  }

  #goToRow(row: number, extending: boolean): void {
    this.#scrollIntoView(row);
    if (extending) {
      void this.#cursor.extendTo(row);
    } else {
      this.#cursor.selectAt(row);
    }
    this.#revealGrid();
    this.#loadRows();
  }

  #click(event: MouseEvent, place: number, row: CatalogRow): void {
    this.#grid()?.focus({ preventScroll: true });
    if (event.shiftKey) {
      void this.#cursor.extendTo(place);
    } else {
      const toggle = event.ctrlKey || event.metaKey;
      this.#cursor.choose(place, row.id, toggle);
      if (!toggle) {
        const now = performance.now();
        const twice = this.#lastClick.id === row.id && now - this.#lastClick.at < doubleClick;
        this.#lastClick = { id: row.id, at: now };
        if (twice) this.#send('showImage', { id: row.id });
      }
    }
  }

  /** The selected images where the row is one of them. */
  #drag({ dataTransfer }: DragEvent, { id }: CatalogRow): void {
    const { ids } = this.#cursor.selection;
    const region = this.#state?.region;
    const dragged: DraggedImages = { images: (ids.has(id) ? [...ids] : [id]).map((each) => ({ id: each, region })) };
    dataTransfer?.setData('text/plain', dragged.images.map((image) => image.id).join('\n'));
    dataTransfer?.setData(draggedImagesType, JSON.stringify(dragged));
  }

  #openMenu(event: MouseEvent, kind: Menu['kind'], place?: number, row?: CatalogRow): void {
    event.preventDefault();
    if (row && place !== undefined && !this.#cursor.selection.ids.has(row.id)) {
      this.#cursor.choose(place, row.id, false);
    }
    if (kind === 'columns' || this.#cursor.selection.ids.size > 0) this.#menu.showAt(event, kind);
  }

  #act(action: ImageAction, given?: readonly string[]): void {
    const { selection } = this.#cursor;
    const ids = given ?? [...selection.ids];
    this.#menu.close();
    const [first] = ids;
    if (first === undefined) return;
    if (action === 'show') {
      const focused = this.#answers.rows.get(selection.focus)?.id;
      this.#send('showImage', { id: focused !== undefined && ids.includes(focused) ? focused : first });
    } else {
      this.#send(action, { ids });
    }
  }

  #scrollIntoView(row: number): void {
    const next = scrollTo(row, this.#answers.total, this.#scroll, this.#height - headHeight);
    if (next !== undefined) this.#scrollTo(next);
  }

  /** Where the page itself scrolls, for want of height, what the keys go through may be off the screen. */
  #revealGrid(): void {
    const box = this.#grid()?.getBoundingClientRect();
    if (!box) return;
    const below = Math.max(0, box.bottom - window.innerHeight);
    this.#root.scrollTop += box.top < 0 ? box.top : Math.min(box.top, below);
  }

  #scrollTo(scroll: number): void {
    const grid = this.#grid();
    if (grid) grid.scrollTop = scroll;
    // The grid may not be able to scroll that far.
    this.#scroll = grid?.scrollTop ?? scroll;
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
    // The grid may be higher than the window, which limits what is seen.
    this.#height = Math.min(this.#grid()?.clientHeight ?? this.#height, window.innerHeight);
    const inTable = Boolean(document.activeElement?.closest('#grid'));
    const view: View = {
      state: this.#state,
      arrangement: this.#arrangement,
      filtersShown: this.#arrangement.filtersShown ?? this.#root.clientWidth >= roomForFilters,
      answer: this.#answers.answer,
      rows: this.#answers.rows,
      window: this.#window(),
      selection: this.#cursor.selection,
      suggestions: this.#completion.suggestions,
      suggested: this.#completion.active,
      menu: this.#menu.menu,
      problem: this.#problem,
      now: Date.now(),
      handlers: this.#handlers,
    };
    renderPage(page(view), this.#root, () => (inTable ? this.#grid() : this.#search()));
    const height = this.#grid()?.clientHeight;
    // The grid has its height only after it was drawn.
    if (height !== undefined && Math.min(height, window.innerHeight) !== this.#height) this.#drawSoon();
  }

  #announceSoon(): void {
    clearTimeout(this.#announceTimer);
    this.#announceTimer = setTimeout(() => {
      if (this.#state) {
        const { answer } = this.#answers;
        const hints = answer?.problems.map(({ message }) => message) ?? [];
        this.#frame.announce(sentencesText([...hints, countText({ answer, state: this.#state })]));
      }
    }, announceDelay);
  }

  #saveSoon(): void {
    this.#saveTimer ??= setTimeout(() => {
      this.#saveTimer = undefined;
      this.#save();
    }, saveDelay);
  }

  #save(): void {
    if (this.#state) {
      // Until the page has gone to the saved place, that place stays saved.
      const saved: SavedPage = {
        region: this.#state.region,
        arrangement: this.#arrangement,
        place: this.#restore ?? this.#place(),
      };
      this.#frame.save(saved);
    }
  }

  #place(): Place {
    const { ids, anchor, focus } = this.#cursor.selection;
    const inTable = document.activeElement === this.#grid();
    const matches = this.#answers.total;
    return { scroll: this.#scroll, matches, ids: [...ids].slice(0, maxSelected), anchor, focus, inTable };
  }

  #fail(message: string): void {
    this.#problem = message;
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
    void this.#frame.send(method, ...params);
  }
}
