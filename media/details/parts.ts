import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { visible } from '../shared/visible.ts';
import type { SectionId, View } from './view.ts';
import { notSet } from './wording.ts';

export type Content = TemplateResult | string | number | typeof nothing;

/** A section that can be closed; `beside` is at the right end of its heading. */
export function section(view: View, id: SectionId, title: string, beside: Content, content: Content): TemplateResult {
  const toggled = (event: Event) => {
    if (event.currentTarget instanceof HTMLDetailsElement) view.handlers.toggle(id, event.currentTarget.open);
  };
  return html`
    <section class="section" id="section-${id}" aria-labelledby="title-${id}">
      <details ?open=${!view.arrangement.closed.includes(id)} @toggle=${toggled}>
        <summary>
          ${icon('chevron-right')}
          <h2 id="title-${id}">${title}</h2>
          ${beside === nothing ? nothing : html`<span class="beside">${beside}</span>`}
        </summary>
        <div class="content">${content}</div>
      </details>
    </section>
  `;
}

export function unset(): TemplateResult {
  return html`<span class="unset">${notSet()}</span>`;
}

/** @param what names the value: "Copy snapshot of /dev/sda1" */
export function copyButton(view: View, text: string, what: string, tabIndex: 0 | -1 = 0): TemplateResult {
  const done = view.copied === what;
  const label = l10n.t('Copy {0}', what);
  return html`<button
    type="button"
    class="copy ${done ? 'done' : ''}"
    aria-label=${label}
    title=${label}
    tabindex=${tabIndex}
    @click=${() => view.handlers.copy(text, what)}
  >${icon(done ? 'check' : 'copy')}</button>`;
}

/** A value from AWS with its Copy button, or "Not set". */
export function copyable(
  view: View,
  text: string | undefined,
  what: string,
  shown: Content = visible(text ?? ''),
): TemplateResult {
  if (text === undefined || text === '') return unset();
  return html`<span class="copyable"><bdi class="value">${shown}</bdi>${copyButton(view, text, what)}</span>`;
}

export interface Field {
  readonly term: string;
  readonly content: Content;
}

export function fields(list: readonly Field[]): TemplateResult {
  return html`<dl class="fields">
    ${list.map(({ term, content }) => html`<div class="field"><dt>${term}</dt><dd>${content}</dd></div>`)}
  </dl>`;
}

/** A field whose value is text from AWS. */
export function textField(view: View, term: string, text: string | undefined): Field {
  return { term, content: copyable(view, text, term) };
}
