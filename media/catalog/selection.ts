/** The selected images, and the row with the keyboard focus. Immutable. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The row where a range begins, and the row with the focus; -1 for none. */
  readonly anchor: number;
  readonly focus: number;
}

export const nothingSelected: Selection = { ids: new Set(), anchor: -1, focus: -1 };

/** The most images that can be selected at once: nobody looks through more. */
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

/** The rows from the anchor to a row; of more than `maxSelected`, those next to the anchor. */
export function rangeTo({ anchor }: Selection, row: number): { readonly from: number; readonly to: number } {
  if (anchor < 0) {
    return { from: row, to: row };
  }
  return anchor <= row
    ? { from: anchor, to: Math.min(row, anchor + maxSelected - 1) }
    : { from: Math.max(row, anchor - maxSelected + 1), to: anchor };
}

/** Selects the range from the anchor to a row; `ids` are the ids of its rows. */
export function extended({ anchor }: Selection, row: number, ids: Iterable<string>): Selection {
  return { ids: new Set(ids), anchor: anchor < 0 ? row : anchor, focus: row };
}

/** Moves anchor and focus to the new places of their images: newer images may have been added before them. */
export function moveWith(
  selection: Selection,
  before: ReadonlyMap<number, { readonly id: string }>,
  after: ReadonlyMap<number, { readonly id: string }>,
): Selection {
  const places = new Map([...after].map(([place, { id }]) => [id, place]));
  const move = (place: number) => places.get(before.get(place)?.id ?? '') ?? place;
  return { ...selection, anchor: move(selection.anchor), focus: move(selection.focus) };
}

/** The row that a key moves the focus to; undefined for other keys. */
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
