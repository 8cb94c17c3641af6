/** The height of a row in CSS pixels; catalog.css has the same. */
export const rowHeight = 24;

/** How many rows are drawn above and below the visible ones, so that scrolling shows no gap. */
const overscan = 8;

/** The highest element (CSS pixels) that Chromium draws: in a longer table, the scroll bar has larger steps. */
export const maxHeight = 12_000_000;

export interface RowWindow {
  /** The place of the first row that is drawn. */
  readonly start: number;
  readonly count: number;
  /** The height of all rows for the scroll bar (CSS pixels). */
  readonly height: number;
  /** The distance of the first row that is drawn from the top of that height. */
  readonly top: number;
}

/** Which of `total` rows to draw, for a view of `height` pixels that is scrolled to `scroll`. */
export function rowWindow(total: number, scroll: number, height: number): RowWindow {
  const full = total * rowHeight;
  const drawn = Math.min(full, maxHeight);
  // How many pixels of the table a pixel of the scroll bar stands for.
  const scale = full <= maxHeight ? 1 : (full - height) / Math.max(1, drawn - height);
  const offset = scroll * scale;
  const first = Math.max(0, Math.floor(offset / rowHeight) - overscan);
  const start = Math.min(first, Math.max(0, total - 1));
  const count = Math.min(total - start, Math.ceil(height / rowHeight) + 2 * overscan);
  return { start, count, height: drawn, top: scroll - (offset - start * rowHeight) };
}

/** Where to scroll to (CSS pixels) to show a row; undefined if it is visible. `height` is that of the view. */
export function scrollTo(row: number, total: number, scroll: number, height: number): number | undefined {
  const full = total * rowHeight;
  const drawn = Math.min(full, maxHeight);
  const scale = full <= maxHeight ? 1 : (full - height) / Math.max(1, drawn - height);
  const top = row * rowHeight;
  if (top < scroll * scale) {
    return top / scale;
  }
  if (top + rowHeight > scroll * scale + height) {
    return (top + rowHeight - height) / scale;
  }
  return undefined;
}
