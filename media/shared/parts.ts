import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { html } from './html.ts';
import { icon } from './icon.ts';
import { visible } from './visible.ts';

/** What a page that lets values be copied draws them from. */
export interface ValuesView {
  /** The name of the value that was just copied: its button is marked. */
  readonly copied: string | undefined;
  readonly handlers: {
    /** `what` names the value for the message that says it was copied. */
    copy(text: string, what: string): void;
  };
}

/** What a page of sections that can be closed draws them from. */
export interface SectionsView<Id extends string> {
  readonly arrangement: { readonly closed: readonly Id[] };
  readonly handlers: { toggle(section: Id, open: boolean): void };
}

export type Content = TemplateResult | string | number | typeof nothing;

/** A section that can be closed; `beside` is at the right end of its heading. */
export function section<Id extends string>(
  view: SectionsView<Id>,
  id: Id,
  title: string,
  beside: Content,
  content: Content,
): TemplateResult {
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

export function notSet(): string {
  return l10n.t('Not set');
}

export function unset(): TemplateResult {
  return html`<span class="unset">${notSet()}</span>`;
}

/** In the place of a value that EC2 was not asked for, or has not answered: it may well be set. */
export function unknown(): TemplateResult {
  const text = l10n.t({ message: 'Not known', comment: ['A value that EC2 has not answered'] });
  return html`<span class="unset">${text}</span>`;
}

export function rootText(): string {
  return l10n.t({ message: 'Root', comment: ['The root volume of an image'] });
}

export function encryptionText(encrypted: boolean): string {
  return encrypted ? l10n.t('Encrypted') : l10n.t('Not encrypted');
}

/** @param deleted whether a volume is deleted when its instance is terminated */
export function terminationText(deleted: boolean): string {
  return deleted
    ? l10n.t({ message: 'Deleted', comment: ['Of a volume, when its instance is terminated'] })
    : l10n.t({ message: 'Kept', comment: ['Of a volume, when its instance is terminated'] });
}

/** The value of a tag that has none. */
export function emptyTag(): TemplateResult {
  const text = l10n.t({ message: 'Empty', comment: ['The value of a tag'] });
  return html`<span class="unset">${text}</span>`;
}

/** @param what names the value: "Copy snapshot of /dev/sda1" */
export function copyButton(view: ValuesView, text: string, what: string, tabIndex: 0 | -1 = 0): TemplateResult {
  const done = view.copied === what;
  const label = l10n.t({
    message: 'Copy {0}',
    args: [what],
    comment: ['{0} is the name of a value, such as “AMI ID”'],
  });
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
  view: ValuesView,
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
export function textField(view: ValuesView, term: string, text: string | undefined): Field {
  return { term, content: copyable(view, text, term) };
}

/** Where the image itself is stored. */
export function storageText(): string {
  return l10n.t({ message: 'Storage', comment: ['Where the image itself is stored'] });
}
