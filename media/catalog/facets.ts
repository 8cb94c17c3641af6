import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Facet, facetIds } from '../../src/protocol/catalog.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { visible } from '../shared/visible.ts';
import { numberText } from '../shared/wording.ts';
import type { View } from './view.ts';
import { facetTitle, valueText } from './wording.ts';

/** The column beside the table: the values of the matching images, and how many have each. */
export function facets(view: View): TemplateResult {
  return html`
    <aside class="facets" aria-label=${l10n.t('Filters')}>
      ${(view.answer?.facets ?? []).map((facet) => section(view, facet))}
    </aside>
  `;
}

function section({ arrangement, handlers }: View, facet: Facet): TemplateResult {
  const { id, values, more } = facet;
  const chosen = arrangement.query.facets[id] ?? [];
  const toggled = (event: Event) => {
    if (event.currentTarget instanceof HTMLDetailsElement) handlers.openFacet(id, event.currentTarget.open);
  };
  return html`
    <details class="facet" ?open=${arrangement.openFacets.includes(id)} @toggle=${toggled}>
      <summary>
        ${icon('chevron-right')}<span>${facetTitle(id)}</span>
        ${chosen.length > 0 ? html`<span class="badge">${numberText(chosen.length)}</span>` : nothing}
      </summary>
      <div class="values" role="group" aria-label=${facetTitle(id)}>
        ${repeat(
          values,
          ({ key }) => key,
          (value) => html`
            <label class="value" title=${visible(valueText(id, value))}>
              <input
                type="checkbox"
                .checked=${chosen.includes(value.key)}
                @change=${() => handlers.toggleFacet(id, value.key)}
              />
              <span class="label">${value.verified ? icon('verified-filled') : nothing}<bdi>${visible(valueText(id, value))}</bdi></span>
              <span class="count">${numberText(value.count)}</span>
            </label>
          `,
        )}
        ${more > 0 ? html`<p class="more">${l10n.t('{0} more: search to find them', numberText(more))}</p>` : nothing}
      </div>
    </details>
  `;
}

/** The chosen values, each a button that removes it, and a button that removes all. */
export function chips(view: View): TemplateResult | typeof nothing {
  const { arrangement, answer, handlers } = view;
  const chosen = facetIds.flatMap((id) =>
    (arrangement.query.facets[id] ?? []).map((key) => {
      const value = answer?.facets.find((facet) => facet.id === id)?.values.find((one) => one.key === key);
      return { id, key, text: visible(valueText(id, value ?? { key, label: key })) };
    }),
  );
  if (chosen.length === 0) return nothing;
  return html`<div class="chips">
    <div class="scroller">${chosen.map(
      ({ id, key, text }) => html`
        <button
          type="button"
          class="chip"
          aria-label=${l10n.t('Remove filter {0}: {1}', facetTitle(id), text)}
          @click=${() => handlers.toggleFacet(id, key)}
        ><bdi>${l10n.t('{0}: {1}', facetTitle(id), text)}</bdi>${icon('close')}</button>
      `,
    )}</div>
    <button type="button" class="tool" title=${l10n.t('Clear Filters')} aria-label=${l10n.t('Clear Filters')} @click=${handlers.clearFilters}>${icon('clear-all')}</button>
  </div>`;
}
