/** The height of a row in CSS pixels; catalog.css has the same. */
export const rowHeight = 24;

/** Rows that are drawn above and below what is on screen, so that scrolling by a little shows no gap. */
const overscan = 8;

/** Browsers draw no element higher than this (CSS pixels, Chromium): beyond it the scroll bar's steps grow. */
export const maxHeight = 12_000_000;

export interface RowWindow {
  /** Place of the first row that is drawn. */
  readonly start: number;
  readonly count: number;
  /** Height of all rows as far as the scroll bar is concerned. */
  readonly height: number;
  /** Where the first row that is drawn stands in that height. */
  readonly top: number;
}

/** Which of `total` rows to draw, for a view of `height` pixels that is scrolled to `scroll`. */
export function rowWindow(total: number, scroll: number, height: number): RowWindow {
  const full = total * rowHeight;
  const drawn = Math.min(full, maxHeight);
  // Beyond the highest element a pixel of the scroll bar is more than one of the table.
  const scale = full <= maxHeight ? 1 : (full - height) / Math.max(1, drawn - height);
  const offset = scroll * scale;
  const first = Math.max(0, Math.floor(offset / rowHeight) - overscan);
  const start = Math.min(first, Math.max(0, total - 1));
  const count = Math.min(total - start, Math.ceil(height / rowHeight) + 2 * overscan);
  return { start, count, height: drawn, top: scroll - (offset - start * rowHeight) };
}

/** Where to scroll to (pixels) so that a row is seen; undefined where it is already. `header` covers the top. */
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
