import type { TemplateResult } from 'lit';
import { nothing } from 'lit';
import { failure } from '../shared/failure.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import type { View } from './view.ts';

/** What went wrong while there are rows to see, and what the user should know of the saved catalog. */
export function messages({ state, handlers, answer, problem }: View): TemplateResult {
  const { status, notice } = state;
  return html`<div class="messages">
    ${status.kind === 'failed' && answer !== undefined && answer.total > 0 ? failure(status, handlers) : nothing}
    ${notice ? html`<p class="notice" role="status">${icon('info')}<bdi>${notice}</bdi></p>` : nothing}
    ${problem === undefined ? nothing : html`<p class="notice problem" role="alert">${icon('error')}<bdi>${problem}</bdi></p>`}
  </div>`;
}
