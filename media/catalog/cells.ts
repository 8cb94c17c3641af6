import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import type { CatalogColumn, CatalogRow } from '../../src/protocol/catalog.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { visible } from '../shared/visible.ts';
import { dateText, dayText, sizeText } from '../shared/wording.ts';

type Cell = TemplateResult | string | typeof nothing;

/** The widths of the columns (CSS pixels) until the user changes them; undefined: what is left by the others. */
export const defaultWidths: Readonly<Record<CatalogColumn, number | undefined>> = {
  name: undefined,
  id: 178,
  publisher: 170,
  family: 240,
  architecture: 112,
  platform: 150,
  rootDeviceType: 100,
  size: 80,
  virtualizationType: 105,
  bootMode: 110,
  created: 110,
  deprecated: 125,
};

/** The tooltip of a cell: its whole text. */
export function cellTitle(column: CatalogColumn, row: CatalogRow, now: number): string {
  switch (column) {
    case 'name':
      return [visible(row.name) || visible(row.id), visible(row.description)].filter((text) => text !== '').join('\n');
    case 'publisher':
      return row.publisher
        ? row.publisher.verified
          ? l10n.t('{0}: verified publisher, owner {1}', visible(row.publisher.name), visible(row.ownerId))
          : l10n.t('{0}: publisher from your settings, owner {1}', visible(row.publisher.name), visible(row.ownerId))
        : l10n.t('Unverified owner {0}', visible(row.ownerId));
    case 'created':
      return row.created === undefined ? '' : dateText(row.created);
    case 'deprecated':
      return row.deprecated === undefined
        ? ''
        : row.deprecated <= now
          ? l10n.t('Deprecated since {0}', dateText(row.deprecated))
          : l10n.t('Will be deprecated on {0}', dateText(row.deprecated));
    case 'size':
      return row.size === undefined ? '' : sizeText(row.size);
    default:
      return visible(row[column]);
  }
}

export function cell(column: CatalogColumn, row: CatalogRow, now: number): Cell {
  switch (column) {
    case 'name':
      return html`${deprecation(row, now)}${nameParts(visible(row.name) || visible(row.id))}`;
    case 'publisher':
      return row.publisher
        ? html`${icon(row.publisher.verified ? 'verified-filled' : 'account')}<bdi>${visible(row.publisher.name)}</bdi>`
        : html`${icon('question')}<bdi class="unverified">${visible(row.ownerId)}</bdi>`;
    case 'created':
      return row.created === undefined ? nothing : dayText(row.created);
    case 'deprecated':
      return row.deprecated === undefined ? nothing : dayText(row.deprecated);
    case 'size':
      return row.size === undefined ? nothing : sizeText(row.size);
    default:
      return html`<bdi>${visible(row[column])}</bdi>`;
  }
}

/** A name whose path, which many images have in common, gives way first where there is little room. */
function nameParts(name: string): TemplateResult {
  const [, path, rest] = /^(.*\/)?(.*)$/s.exec(name) ?? [];
  return html`<bdi>${path ? html`<span class="path">${path}</span>` : nothing}<span>${rest}</span></bdi>`;
}

function deprecation(row: CatalogRow, now: number): Cell {
  return row.deprecated !== undefined && row.deprecated <= now
    ? html`<span class="deprecated">${icon('warning')}${l10n.t('deprecated')}</span>`
    : nothing;
}
