import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { CatalogColumn, CatalogRow } from '../../src/protocol/catalog.ts';
import { icon } from '../shared/icon.ts';
import { dayText, momentText, sizeText } from './wording.ts';

type Cell = TemplateResult | string | typeof nothing;

/** CSS pixels, until the user chooses another width. */
export const defaultWidths: Readonly<Record<CatalogColumn, number>> = {
  name: 420,
  id: 186,
  publisher: 170,
  family: 240,
  architecture: 100,
  platform: 150,
  rootDeviceType: 100,
  size: 80,
  virtualizationType: 105,
  bootMode: 110,
  created: 115,
  deprecated: 125,
};

/** The text of a cell, to be seen whole when the pointer rests on it, and read out. */
export function cellTitle(column: CatalogColumn, row: CatalogRow, now: number): string {
  switch (column) {
    case 'name':
      return row.description ? `${row.name || row.id}\n${row.description}` : row.name || row.id;
    case 'publisher':
      return row.publisher
        ? row.publisher.verified
          ? l10n.t('{0}: verified publisher, owner {1}', row.publisher.name, row.ownerId)
          : l10n.t('{0}: publisher from your settings, owner {1}', row.publisher.name, row.ownerId)
        : l10n.t('Unverified owner {0}', row.ownerId);
    case 'created':
      return row.created === undefined ? '' : momentText(row.created);
    case 'deprecated':
      return row.deprecated === undefined
        ? ''
        : row.deprecated <= now
          ? l10n.t('Deprecated since {0}', momentText(row.deprecated))
          : l10n.t('To be deprecated on {0}', momentText(row.deprecated));
    case 'size':
      return row.size === undefined ? '' : sizeText(row.size);
    default:
      return row[column];
  }
}

export function cell(column: CatalogColumn, row: CatalogRow, now: number): Cell {
  switch (column) {
    case 'name':
      return html`${deprecation(row, now)}<bdi>${visible(row.name) || row.id}</bdi>`;
    case 'publisher':
      return row.publisher
        ? html`${icon(row.publisher.verified ? 'verified-filled' : 'account')}<bdi>${row.publisher.name}</bdi>`
        : html`${icon('question')}<bdi class="unverified">${row.ownerId}</bdi>`;
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

function deprecation(row: CatalogRow, now: number): Cell {
  return row.deprecated !== undefined && row.deprecated <= now
    ? html`<span class="deprecated">${icon('warning')}${l10n.t('deprecated')}</span>`
    : nothing;
}

/** Control characters and those that turn the direction of what follows are not drawn; here they are seen. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
