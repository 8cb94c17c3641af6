/**
 * The keys of a grid (WAI-ARIA Authoring Practices, "Grid"): all cells are one Tab stop, and the arrow keys, Home and
 * End move between their buttons. Cells without a button are skipped.
 */
export function moveInGrid(event: KeyboardEvent): void {
  const from = event.target;
  if (!(from instanceof HTMLElement) || event.altKey || event.metaKey || event.shiftKey) return;
  const cell = from.closest('tbody td, tbody th');
  const row = cell?.closest('tr');
  const body = row?.closest('tbody');
  if (!(cell instanceof HTMLTableCellElement) || !row || !body) return;
  const rows = [...body.rows];
  const at = rows.indexOf(row);
  const to = target(event, rows, at, cell.cellIndex);
  if (to === undefined) return;
  event.preventDefault();
  focusIn(body, to);
}

/** Makes a button the Tab stop of its grid, and focuses it. */
export function focusIn(body: HTMLElement, button: HTMLElement): void {
  for (const other of body.querySelectorAll<HTMLElement>('button[tabindex="0"]')) other.tabIndex = -1;
  button.tabIndex = 0;
  button.focus();
}

function target(
  { key, ctrlKey }: KeyboardEvent,
  rows: readonly HTMLTableRowElement[],
  at: number,
  column: number,
): HTMLElement | undefined {
  switch (key) {
    case 'ArrowRight':
      return buttons(rows[at]).find(([index]) => index > column)?.[1];
    case 'ArrowLeft':
      return buttons(rows[at]).findLast(([index]) => index < column)?.[1];
    case 'ArrowDown':
      return inColumn(rows.slice(at + 1), column);
    case 'ArrowUp':
      return inColumn(rows.slice(0, at).reverse(), column);
    case 'Home':
      return buttons(ctrlKey ? rows[0] : rows[at])[0]?.[1];
    case 'End':
      return buttons(ctrlKey ? rows.at(-1) : rows[at]).at(-1)?.[1];
    default:
      return undefined;
  }
}

function inColumn(rows: readonly HTMLTableRowElement[], column: number): HTMLElement | undefined {
  return rows.flatMap((row) => buttons(row).filter(([index]) => index === column))[0]?.[1];
}

function buttons(row: HTMLTableRowElement | undefined): readonly (readonly [column: number, button: HTMLElement])[] {
  return [...(row?.cells ?? [])].flatMap((cell) => {
    const button = cell.querySelector('button');
    return button === null ? [] : [[cell.cellIndex, button] as const];
  });
}
