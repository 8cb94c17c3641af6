import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CatalogColumn, CatalogRow } from '../../src/protocol/catalog.ts';
import { cssVariable } from '../shared/cssVariable.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { cell, cellTitle, defaultWidths } from './cells.ts';
import { rowHeight } from './rowWindow.ts';
import { maxWidth, minWidth } from './savedPage.ts';
import type { View } from './view.ts';
import { columnTitle } from './wording.ts';

/** How far (CSS pixels) a key press moves a column's edge. */
const resizeStep = 16;

export function grid(view: View): TemplateResult {
  const { answer, arrangement, window: shown, handlers, selection } = view;
  const { columns } = arrangement;
  const widths = columns.map((column) => arrangement.widths[column] ?? defaultWidths[column]);
  const template = widths.map((width) => (width === undefined ? 'minmax(var(--least), 1fr)' : `${width}px`)).join(' ');
  const fixed = widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  const focused = selection.focus >= 0 && view.rows.has(selection.focus) ? `row-${selection.focus}` : undefined;
  return html`
    <div
      class="grid ${widths.includes(undefined) ? 'flexible' : ''}"
      id="grid"
      role="grid"
      tabindex="0"
      aria-label=${l10n.t('Public images')}
      aria-rowcount=${(answer?.matches ?? 0) + 1}
      aria-colcount=${columns.length}
      aria-multiselectable="true"
      aria-activedescendant=${focused ?? nothing}
      @scroll=${handlers.scroll}
      @keydown=${handlers.gridKey}
      ${cssVariable('--columns', template)}
      ${cssVariable('--fixed', `${fixed}px`)}
    >
      <div class="head" role="row" aria-rowindex="1">
        ${repeat(
          columns,
          (column) => column,
          (column) => header(view, column),
        )}
      </div>
      <div class="rows" role="presentation" ${cssVariable('--height', `${shown.height}px`)}>
        ${repeat(
          Array.from({ length: shown.count }, (_, index) => shown.start + index),
          (place) => place,
          (place) => gridRow(view, place, shown.top + (place - shown.start) * rowHeight),
        )}
      </div>
    </div>
  `;
}

function header(view: View, column: CatalogColumn): TemplateResult {
  const { arrangement, handlers } = view;
  const { sort } = arrangement.query;
  const sorted = sort.column === column;
  const title = columnTitle(column);
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -resizeStep : event.key === 'ArrowRight' ? resizeStep : 0;
    if (event.shiftKey && step !== 0) {
      event.preventDefault();
      handlers.resize(column, clamp(shownWidth(event) + step));
    }
  };
  return html`
    <div
      class="cell ${column}"
      role="columnheader"
      aria-sort=${sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      @contextmenu=${(event: MouseEvent) => handlers.openMenu(event, 'columns')}
    >
      <button
        type="button"
        title=${l10n.t('Sort by {0} (Shift+Left and Shift+Right change the width of the column)', title)}
        @click=${() => handlers.sort(column)}
        @keydown=${keys}
      >
        <span>${title}</span>${sorted ? icon(sort.descending ? 'arrow-down' : 'arrow-up') : nothing}
      </button>
      <span class="edge" @pointerdown=${(event: PointerEvent) => drag(event, view, column)} @dblclick=${() => handlers.resize(column, undefined)}></span>
    </div>
  `;
}

/** The width (CSS pixels) of the column whose head has got an event. */
function shownWidth({ currentTarget }: Event): number {
  const head = currentTarget instanceof Element ? currentTarget.closest('.cell') : null;
  return head?.getBoundingClientRect().width ?? 0;
}

function clamp(width: number): number {
  return Math.min(maxWidth, Math.max(minWidth, width));
}

function drag(event: PointerEvent, view: View, column: CatalogColumn): void {
  const edge = event.currentTarget;
  if (!(edge instanceof HTMLElement)) return;
  event.preventDefault();
  const from = event.clientX;
  const width = shownWidth(event);
  edge.setPointerCapture(event.pointerId);
  const move = (moved: PointerEvent) => view.handlers.resize(column, clamp(width + moved.clientX - from));
  edge.addEventListener('pointermove', move);
  edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
}

function gridRow(view: View, place: number, top: number): TemplateResult {
  const row = view.rows.get(place);
  const { arrangement, selection, handlers } = view;
  if (!row) {
    return html`<div class="row waiting" role="row" aria-rowindex=${place + 2} aria-busy="true" ${cssVariable('--top', `${top}px`)}>
      ${arrangement.columns.map((column) => html`<div class="cell ${column}" role="gridcell"></div>`)}
    </div>`;
  }
  const selected = selection.ids.has(row.id);
  return html`
    <div
      class="row ${selected ? 'selected' : ''} ${selection.focus === place ? 'focused' : ''}"
      id="row-${place}"
      role="row"
      aria-rowindex=${place + 2}
      aria-selected=${selected}
      draggable="true"
      @click=${(event: MouseEvent) => handlers.click(event, place, row)}
      @dragstart=${(event: DragEvent) => handlers.drag(event, row)}
      @contextmenu=${(event: MouseEvent) => handlers.openMenu(event, 'images', place, row)}
      ${cssVariable('--top', `${top}px`)}
    >
      ${arrangement.columns.map((column, index) => gridCell(view, column, row, index === 0))}
    </div>
  `;
}

function gridCell(view: View, column: CatalogColumn, row: CatalogRow, first: boolean): TemplateResult {
  return html`<div class="cell ${column}" role="gridcell" title=${cellTitle(column, row, view.now)}>
    <span class="text">${cell(column, row, view.now)}</span>${first ? buttons(view, row) : nothing}
  </div>`;
}

/** The Tab key skips these buttons: the keyboard has Ctrl+C and the menu. */
function buttons({ handlers }: View, row: CatalogRow): TemplateResult {
  const press = (action: 'copyIds' | 'insertIds') => (event: MouseEvent) => {
    event.stopPropagation();
    handlers.act(action, [row.id]);
  };
  return html`<span class="row-buttons">
    <button type="button" tabindex="-1" title=${l10n.t('Copy AMI ID')} aria-label=${l10n.t('Copy AMI ID')} @click=${press('copyIds')}>${icon('copy')}</button>
    <button type="button" tabindex="-1" title=${l10n.t('Insert AMI ID at Cursor')} aria-label=${l10n.t('Insert AMI ID at Cursor')} @click=${press('insertIds')}>${icon('insert')}</button>
  </span>`;
}
