import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { visible } from '../shared/visible.ts';
import { chips } from './facets.ts';
import type { View } from './view.ts';
import { chosenCount } from './wording.ts';

/** The search box with what belongs to it, and below it the choices and the filters that are on. */
export function searchRow(view: View): TemplateResult {
  const { arrangement, handlers } = view;
  return html`
    <div class="search-row" role="search">
      ${filtersButton(view)} ${box(view)}
      <button type="button" class="tool" aria-haspopup="menu" title=${l10n.t('Columns')} aria-label=${l10n.t('Columns')} @click=${(event: MouseEvent) => handlers.openMenu(event, 'columns')}>${icon('settings-gear')}</button>
    </div>
    <div class="choices">
      <label class="choice" title=${l10n.t('Show only the newest image of each family, publisher and architecture')}>
        <input type="checkbox" .checked=${arrangement.query.newestOnly} @change=${handlers.toggleNewest} />
        <span>${l10n.t('Only the newest of each family')}</span>
      </label>
      <label class="choice" title=${l10n.t('Download deprecated images, too: EC2 hides them by default, and there are several times as many')}>
        <input type="checkbox" .checked=${view.state.includeDeprecated} @change=${handlers.toggleDeprecated} />
        <span>${l10n.t('Include deprecated')}</span>
      </label>
      ${chips(view)}
    </div>
  `;
}

function filtersButton({ arrangement, filtersShown, handlers }: View): TemplateResult {
  const count = chosenCount(arrangement.query);
  return html`<button
    type="button"
    class="tool filters"
    aria-expanded=${filtersShown}
    aria-label=${count === 0 ? l10n.t('Filters') : l10n.t('Filters {0}', count)}
    title=${filtersShown ? l10n.t('Hide Filters') : l10n.t('Show Filters')}
    @click=${() => handlers.showFilters(!filtersShown)}
  >${icon(count === 0 ? 'filter' : 'filter-filled')}<span>${l10n.t('Filters')}</span> <span class="badge ${count === 0 ? 'none' : ''}">${count}</span></button>`;
}

function box(view: View): TemplateResult {
  const { arrangement, answer, handlers, suggestions, suggested } = view;
  const items = suggestions?.items ?? [];
  const problems = answer?.problems ?? [];
  const hint = problems.map(({ message }) => message).join('\n');
  return html`<div class="search ${hint === '' ? '' : 'doubtful'}">
    ${icon('search')}
    <input
      id="search"
      type="text"
      role="combobox"
      spellcheck="false"
      autocomplete="off"
      aria-label=${l10n.t('Search public images')}
      aria-expanded=${items.length > 0}
      aria-controls="suggestions"
      aria-autocomplete="list"
      aria-activedescendant=${items.length > 0 ? `suggestion-${suggested}` : nothing}
      aria-describedby=${hint === '' ? nothing : 'hint'}
      placeholder=${l10n.t('Search names, IDs, descriptions and owners, for example: ubuntu 24.04 arch:arm64 -daily')}
      .value=${arrangement.query.text}
      @input=${(event: InputEvent) => event.target instanceof HTMLInputElement && handlers.type(event.target.value)}
      @keydown=${handlers.searchKey}
      @blur=${handlers.leaveSearch}
    />
    ${hint === '' ? nothing : html`<span class="codicon codicon-warning" title=${hint} aria-hidden="true"></span>`}
    ${arrangement.query.text === '' ? nothing : html`<button type="button" class="clear" title=${l10n.t('Clear search')} aria-label=${l10n.t('Clear search')} @click=${handlers.clearText}>${icon('close')}</button>`}
    <ul id="suggestions" role="listbox" aria-label=${l10n.t('Suggestions')} ?hidden=${items.length === 0}>
      ${items.map(
        ({ label, detail }, index) => html`<li
          id="suggestion-${index}"
          role="option"
          aria-selected=${index === suggested}
          class=${index === suggested ? 'active' : ''}
          @mousedown=${(event: MouseEvent) => event.preventDefault()}
          @click=${() => handlers.accept(index)}
        ><bdi>${visible(label)}</bdi><span class="dim">${detail}</span></li>`,
      )}
    </ul>
    <div id="hint" ?hidden=${hint === '' || items.length > 0}>${problems.map(({ message }) => html`<p><bdi>${message}</bdi></p>`)}</div>
  </div>`;
}
