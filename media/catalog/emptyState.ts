import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { failure } from '../shared/failure.ts';
import { html } from '../shared/html.ts';
import type { View } from './view.ts';
import { chosenCount } from './wording.ts';

/** Why there are no rows, and what to do next, in their place. */
export function emptyState(view: View): TemplateResult | typeof nothing {
  const content = contentOf(view);
  return content === undefined ? nothing : html`<div class="empty"><div>${content}</div></div>`;
}

function contentOf(view: View): TemplateResult | undefined {
  const { answer, state, handlers } = view;
  const { status } = state;
  if (answer && answer.matches > 0) return undefined;
  if (answer && answer.total > 0) return noMatch(view);
  switch (status.kind) {
    case 'failed':
      return failure(status, handlers);
    case 'empty':
      return html`
        <h2>${l10n.t('All public images in {0}', state.region)}</h2>
        <p>${l10n.t('Download the list once, which takes from seconds to a few minutes. It is saved on this computer, so that you can search it instantly, even offline. A refresh downloads only what has changed.')}</p>
        <vscode-button @click=${handlers.refresh}>${l10n.t('Download')}</vscode-button>
      `;
    case 'downloading':
      return html`<p>${l10n.t('Waiting for the first images…')}</p>`;
    case 'paused':
      return html`
        <p>${l10n.t('The download was canceled before the first images arrived.')}</p>
        <vscode-button @click=${handlers.refresh}>${l10n.t('Resume')}</vscode-button>
      `;
    case 'complete':
      return answer && html`<p>${l10n.t('There are no public images in {0}.', state.region)}</p>`;
    case 'opening':
      return undefined;
  }
}

function noMatch({ arrangement, state, handlers }: View): TemplateResult {
  const { query } = arrangement;
  const hasText = query.text.trim() !== '';
  const hasFilters = query.newestOnly || chosenCount(query) > 0;
  return html`
    <p>${
      !hasFilters
        ? l10n.t('No image matches.')
        : hasText
          ? l10n.t('No image matches the search with these filters.')
          : l10n.t('No image matches these filters.')
    }</p>
    ${state.isWhole ? nothing : html`<p>${l10n.t('The catalog is not complete yet: more images may follow.')}</p>`}
    ${state.includeDeprecated ? nothing : html`<p>${l10n.t('Deprecated images are not in this catalog.')}</p>`}
    <div class="buttons">
      ${hasFilters ? html`<vscode-button @click=${handlers.clearFilters}>${l10n.t('Clear Filters')}</vscode-button>` : nothing}
      ${hasText ? html`<vscode-button secondary @click=${handlers.clearText}>${l10n.t('Clear Search')}</vscode-button>` : nothing}
      ${state.includeDeprecated ? nothing : html`<vscode-button secondary title=${l10n.t('Download deprecated images, too: EC2 hides them by default, and there are several times as many')} @click=${handlers.toggleDeprecated}>${l10n.t('Include Deprecated')}</vscode-button>`}
    </div>
  `;
}
