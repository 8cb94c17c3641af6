import * as l10n from '@vscode/l10n';
import type { CatalogRow } from '../../src/protocol/catalog.ts';
import { numberText } from '../shared/wording.ts';
import type { CatalogAnswers } from './catalogAnswers.ts';
import { extended, maxSelected, moveWith, nothingSelected, rangeTo, type Selection, select } from './selection.ts';

export interface TableCursorParts {
  readonly answers: CatalogAnswers;
  readonly changed: () => void;
  readonly announce: (text: string) => void;
}

/** The selection and the focus of the table, in rows that may not be loaded yet. */
export class TableCursor {
  readonly #parts: TableCursorParts;
  #selection: Selection = nothingSelected;
  /** The row to select once it is loaded. */
  #awaited: number | undefined;

  constructor(parts: TableCursorParts) {
    this.#parts = parts;
  }

  get selection(): Selection {
    return this.#selection;
  }

  /** Sets the selection without calling `changed`: the caller draws the page. */
  set(selection: Selection): void {
    this.#selection = selection;
    this.#awaited = undefined;
  }

  /** Follows the images to their places in a new answer to the same query. */
  moveWith(before: ReadonlyMap<number, CatalogRow>): void {
    this.#selection = moveWith(this.#selection, before, this.#parts.answers.rows);
  }

  choose(place: number, id: string, toggle: boolean): void {
    this.#change(select(this.#selection, { row: place, id, toggle }));
  }

  /** Selects or unselects the row with the focus. */
  toggle(): void {
    const { focus } = this.#selection;
    const row = this.#parts.answers.rows.get(focus);
    if (row) this.choose(focus, row.id, true);
  }

  /** Selects nothing; the focus stays. */
  unselect(): void {
    const { focus } = this.#selection;
    this.#change({ ids: new Set(), anchor: focus, focus });
  }

  /** Moves the focus; the selection stays. */
  moveTo(place: number): void {
    this.#change({ ...this.#selection, focus: place });
  }

  selectAt(place: number): void {
    const known = this.#parts.answers.rows.get(place);
    if (known) {
      this.choose(place, known.id, false);
    } else {
      this.#change({ ids: new Set(), anchor: place, focus: place });
      this.#awaited = place;
    }
  }

  /** Selects the row that had the focus before it was loaded. */
  settle(): void {
    const place = this.#awaited;
    const known = place === undefined ? undefined : this.#parts.answers.rows.get(place);
    if (place !== undefined && known) this.choose(place, known.id, false);
  }

  /** Selects the range from the anchor to a row, and loads its rows first where they are missing. */
  async extendTo(place: number): Promise<void> {
    const before = this.#selection;
    const { from, to } = rangeTo(before, place);
    const there = this.#idsBetween(from, to);
    if (there) {
      this.#change(extended(before, place, there));
    } else {
      const moving: Selection = { ...before, anchor: before.anchor < 0 ? place : before.anchor, focus: place };
      this.#change(moving);
      const rows = await this.#parts.answers.rowsFrom(from, to - from + 1);
      if (!rows || this.#selection !== moving) return;
      this.#change(extended(moving, place, idsOf(rows)));
    }
    if (Math.abs(place - before.anchor) >= maxSelected) {
      this.#parts.announce(l10n.t('More than {0} images cannot be selected at once.', numberText(maxSelected)));
    }
  }

  async selectAll(): Promise<void> {
    const { answers, announce } = this.#parts;
    const rows = await answers.rowsFrom(0, maxSelected);
    if (!rows) return;
    this.#change({ ids: new Set(idsOf(rows)), anchor: 0, focus: this.#selection.focus });
    announce(
      answers.total > rows.length
        ? l10n.t('The first {0} of {1} images are selected.', numberText(rows.length), numberText(answers.total))
        : l10n.t('{0} selected', numberText(rows.length)),
    );
  }

  /** Undefined if not all of the rows are loaded. */
  #idsBetween(from: number, to: number): readonly string[] | undefined {
    const ids: string[] = [];
    for (let place = from; place <= to; place += 1) {
      const known = this.#parts.answers.rows.get(place);
      if (!known) return undefined;
      ids.push(known.id);
    }
    return ids;
  }

  #change(selection: Selection): void {
    this.set(selection);
    this.#parts.changed();
  }
}

function idsOf(rows: readonly CatalogRow[]): readonly string[] {
  return rows.map(({ id }) => id);
}
