import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { cssVariable } from '../shared/cssVariable.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { percentText } from '../shared/wording.ts';
import { emptyState } from './emptyState.ts';
import { facets } from './facets.ts';
import { footer } from './footer.ts';
import { grid } from './grid.ts';
import { menu } from './menu.ts';
import { messages } from './messages.ts';
import { searchRow } from './searchRow.ts';
import type { View } from './view.ts';
import { statusText } from './wording.ts';

/** What comes and goes has a place of its own or lies below the table: the search box and the rows stay where they are. */
export function page(view: View): TemplateResult {
  const { state, filtersShown } = view;
  return html`
    <main class="catalog" aria-busy=${state.status.kind === 'downloading' || state.status.kind === 'opening'}>
      ${bar(view)} ${download(view)} ${searchRow(view)}
      <div class="body">
        ${filtersShown ? facets(view) : nothing}
        <div class="table">${grid(view)} ${emptyState(view)}</div>
      </div>
      ${messages(view)} ${footer(view)} ${menu(view)}
    </main>
  `;
}

function bar({ state, handlers }: View): TemplateResult {
  const { status } = state;
  const loading = status.kind === 'downloading';
  const text = status.kind === 'failed' ? '' : statusText(status);
  return html`
    <header class="bar">
      <h1><button type="button" class="region" title=${l10n.t('Choose another region')} @click=${handlers.selectRegion}>
        ${icon('location')}<span>${state.region}</span>${state.place ? html`<span class="dim">${state.place}</span>` : nothing}${icon('chevron-down')}
      </button></h1>
      <span class="status ${status.kind}" title=${text}>${text}</span>
      <span class="actions">
        ${
          loading && !status.elsewhere
            ? html`<button type="button" class="tool" title=${l10n.t('Cancel the download')} @click=${handlers.cancel}>${icon('debug-stop')}<span>${l10n.t('Cancel')}</span></button>`
            : nothing
        }
        ${
          status.kind === 'paused'
            ? html`<button type="button" class="tool" @click=${handlers.refresh}>${icon('debug-continue')}<span>${l10n.t('Resume')}</span></button>`
            : nothing
        }
        ${
          status.kind === 'complete'
            ? html`<button type="button" class="tool" title=${l10n.t('Download what has changed')} aria-label=${l10n.t('Refresh')} @click=${handlers.refresh}>${icon('refresh')}</button>`
            : nothing
        }
      </span>
    </header>
  `;
}

function download({ state: { status } }: View): TemplateResult {
  if (status.kind !== 'downloading') return html`<div class="download"></div>`;
  const known = status.share > 0;
  return html`<div class="download">
    <div
      class="done ${known ? '' : 'unknown'}"
      role="progressbar"
      aria-label=${l10n.t('Download')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${known ? Math.round(status.share * 100) : nothing}
      aria-valuetext=${known ? percentText(status.share) : statusText(status)}
      ${cssVariable('--share', `${Math.round(status.share * 1000) / 10}%`)}
    ></div>
  </div>`;
}
