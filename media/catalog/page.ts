import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { catalogColumns } from '../../src/protocol/catalog.ts';
import { cssVariable } from '../shared/cssVariable.ts';
import { failure } from '../shared/failure.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { visible } from '../shared/visible.ts';
import { chips, facets } from './facets.ts';
import { grid } from './grid.ts';
import type { ImageAction, View } from './view.ts';
import { columnTitle, imagesText, numberText, percentText, statusText } from './wording.ts';

export function page(view: View): TemplateResult {
  const { state, arrangement, answer } = view;
  const nothingThere = state.status.kind === 'empty' && (answer?.total ?? 0) === 0;
  return html`
    <main class="catalog" aria-busy=${state.status.kind === 'downloading' || state.status.kind === 'opening'}>
      ${bar(view)} ${download(view)} ${notices(view)}
      ${
        nothingThere
          ? welcome(view)
          : html`
            ${searchRow(view)} ${chips(view)}
            <div class="body ${arrangement.facetsShown ? 'with-facets' : ''}">
              ${arrangement.facetsShown ? facets(view) : nothing}
              <div class="table">${grid(view)} ${noMatch(view)}</div>
            </div>
            ${footer(view)}
          `
      }
      ${menu(view)}
    </main>
  `;
}

function bar({ state, handlers }: View): TemplateResult {
  const { status } = state;
  const loading = status.kind === 'downloading';
  return html`
    <header class="bar">
      <h1><button type="button" class="region" title=${l10n.t('Choose another region')} @click=${handlers.selectRegion}>
        ${icon('globe')}<span>${state.region}</span>${state.place ? html`<span class="dim">${state.place}</span>` : nothing}${icon('chevron-down')}
      </button></h1>
      <span class="status ${status.kind}">${status.kind === 'failed' ? nothing : statusText(status)}</span>
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

function notices({ state, handlers, answer, problem }: View): TemplateResult {
  const { status, notice } = state;
  const problems = answer?.problems ?? [];
  return html`
    ${status.kind === 'failed' ? failure(status, handlers) : nothing}
    ${notice ? html`<p class="notice" role="status">${icon('info')}<bdi>${notice}</bdi></p>` : nothing}
    ${problem === undefined ? nothing : html`<p class="notice problem" role="alert">${icon('error')}<bdi>${problem}</bdi></p>`}
    ${problems.map(({ message }) => html`<p class="notice problem">${icon('warning')}<bdi>${message}</bdi></p>`)}
  `;
}

function welcome({ state, handlers }: View): TemplateResult {
  return html`<section class="welcome">
    <h2>${l10n.t('Every public image of {0}', state.region)}</h2>
    <p>${l10n.t('The list of all public images of the region is downloaded once, in seconds to a few minutes, and saved on this computer. Then every search is instant, even offline, and a refresh downloads only what has changed.')}</p>
    <vscode-button @click=${handlers.refresh}>${l10n.t('Download')}</vscode-button>
  </section>`;
}

function searchRow(view: View): TemplateResult {
  const { arrangement, handlers, suggestions, suggested } = view;
  const items = suggestions?.items ?? [];
  return html`
    <div class="search-row" role="search">
      <button
        type="button"
        class="tool"
        aria-pressed=${arrangement.facetsShown}
        title=${l10n.t('Filters')}
        aria-label=${l10n.t('Filters')}
        @click=${() => handlers.showFacets(!arrangement.facetsShown)}
      >${icon('filter')}</button>
      <div class="search">
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
          aria-activedescendant=${items.length > 0 && suggested >= 0 ? `suggestion-${suggested}` : nothing}
          placeholder=${l10n.t('Words of name, id, description or owner; -word excludes; owner: arch: before: …')}
          .value=${arrangement.query.text}
          @input=${(event: InputEvent) => event.target instanceof HTMLInputElement && handlers.type(event.target.value)}
          @keydown=${handlers.searchKey}
          @blur=${handlers.leaveSearch}
        />
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
      </div>
      <label class="choice" title=${l10n.t('Show only the newest image of each family, publisher and architecture')}>
        <input type="checkbox" .checked=${arrangement.query.newestOnly} @change=${handlers.toggleNewest} />
        <span>${l10n.t('Only the newest of each family')}</span>
      </label>
      <label class="choice" title=${l10n.t('Also download deprecated images, several times as many, which EC2 hides by default')}>
        <input type="checkbox" .checked=${view.state.includeDeprecated} @change=${handlers.toggleDeprecated} />
        <span>${l10n.t('Include deprecated')}</span>
      </label>
      <button type="button" class="tool" aria-haspopup="menu" title=${l10n.t('Columns')} aria-label=${l10n.t('Columns')} @click=${(event: MouseEvent) => handlers.openMenu(event, 'columns')}>${icon('settings-gear')}</button>
    </div>
  `;
}

function noMatch({ answer, state, handlers }: View): TemplateResult | typeof nothing {
  if (!answer || answer.matches > 0 || state.status.kind === 'opening') return nothing;
  if (answer.total === 0) {
    return html`<div class="no-match"><p>${state.status.kind === 'downloading' ? l10n.t('The first images are on their way…') : l10n.t('There are no images yet.')}</p></div>`;
  }
  return html`<div class="no-match">
    <p>${l10n.t('No image matches.')}</p>
    <vscode-button secondary @click=${handlers.clearSearch}>${l10n.t('Clear search and filters')}</vscode-button>
  </div>`;
}

/** How many images match; `12+` while the download is incomplete. */
export function countText({ answer, state }: Pick<View, 'answer' | 'state'>): string {
  if (!answer) return '';
  const number = (count: number) =>
    state.isWhole || answer.total === 0 ? numberText(count) : l10n.t('{0}+', numberText(count));
  return answer.matches === answer.total
    ? imagesText(answer.total, number(answer.total))
    : l10n.t('{0} of {1}', number(answer.matches), imagesText(answer.total, number(answer.total)));
}

const footerActions: readonly ImageAction[] = ['copyIds', 'copyAs', 'insertIds', 'pinImages', 'pinFamilies'];

function footer(view: View): TemplateResult {
  const { selection, handlers } = view;
  const count = selection.ids.size;
  return html`<footer class="footer">
    <span>${countText(view)}</span>
    ${
      count === 0
        ? nothing
        : html`<span class="selected-count">${l10n.t('{0} selected', numberText(count))}</span>
          ${footerActions.map((action) => html`<button type="button" class="tool" @click=${() => handlers.act(action)}>${icon(actionIcon(action))}<span>${actionTitle(action)}</span></button>`)}`
    }
  </footer>`;
}

function actionTitle(action: ImageAction): string {
  switch (action) {
    case 'show':
      return l10n.t('Show Image Details');
    case 'copyIds':
      return l10n.t('Copy AMI ID');
    case 'copyAs':
      return l10n.t('Copy As…');
    case 'insertIds':
      return l10n.t('Insert AMI ID at Cursor');
    case 'insertAs':
      return l10n.t('Insert As…');
    case 'pinImages':
      return l10n.t('Pin Image');
    case 'pinFamilies':
      return l10n.t('Pin Family');
  }
}

function actionIcon(action: ImageAction): string {
  const icons: Record<ImageAction, string> = {
    show: 'open-preview',
    copyIds: 'copy',
    copyAs: 'copy',
    insertIds: 'code',
    insertAs: 'code',
    pinImages: 'pin',
    pinFamilies: 'pinned',
  };
  return icons[action];
}

const menuActions: readonly ImageAction[] = [
  'show',
  'copyIds',
  'copyAs',
  'insertIds',
  'insertAs',
  'pinImages',
  'pinFamilies',
];

function menu({ menu: open, handlers, arrangement }: View): TemplateResult | typeof nothing {
  if (!open) return nothing;
  const items =
    open.kind === 'images'
      ? menuActions.map(
          (action) =>
            html`<button type="button" role="menuitem" @click=${() => handlers.act(action)}>${icon(actionIcon(action))}<span>${actionTitle(action)}</span></button>`,
        )
      : catalogColumns.map((column) => {
          const shown = arrangement.columns.includes(column);
          return html`<button type="button" role="menuitemcheckbox" aria-checked=${shown} @click=${() => handlers.toggleColumn(column)}>${icon(shown ? 'check' : 'blank')}<span>${columnTitle(column)}</span></button>`;
        });
  return html`
    <div class="menu-backdrop" @pointerdown=${handlers.closeMenu} @contextmenu=${(event: MouseEvent) => event.preventDefault()}></div>
    <div class="menu" role="menu" aria-label=${open.kind === 'images' ? l10n.t('Image') : l10n.t('Columns')} @keydown=${handlers.menuKey} ${cssVariable('--x', `${open.x}px`)} ${cssVariable('--y', `${open.y}px`)}>${items}</div>
  `;
}
