/** What is selected, by id, and the row that the keyboard is at. Never changed: every step gives a new one. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The row at which a range begins, and the row that has the focus; -1 for none. */
  readonly anchor: number;
  readonly focus: number;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: -1, focus: -1 };

/** Selecting more at once than this would select what nobody has looked at. */
export const maxSelected = 1_000;

export interface Click {
  readonly row: number;
  readonly id: string;
  /** Adds the row, or takes it out. */
  readonly toggle: boolean;
}

export function select({ ids }: Selection, { row, id, toggle }: Click): Selection {
  if (!toggle) {
    return { ids: new Set([id]), anchor: row, focus: row };
  }
  const next = new Set(ids);
  if (!next.delete(id)) {
    next.add(id);
  }
  return { ids: next, anchor: row, focus: row };
}

/** From the anchor to a row; `idsOf` has the ids of the rows between, as far as they are loaded. */
export function extend(
  selection: Selection,
  row: number,
  idsOf: (from: number, to: number) => readonly string[],
): Selection {
  const anchor = selection.anchor < 0 ? row : selection.anchor;
  const from = Math.min(anchor, row);
  const to = Math.min(Math.max(anchor, row), from + maxSelected - 1);
  return { ids: new Set(idsOf(from, to)), anchor, focus: row };
}

/** The row that a key leads to, or undefined where the key is no movement. */
export function moved(key: string, focus: number, total: number, page: number): number | undefined {
  const at = Math.max(focus, 0);
  const last = total - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, focus + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(last, at + page);
    case 'PageUp':
      return Math.max(0, at - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
