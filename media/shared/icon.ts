import type { TemplateResult } from 'lit';
import { html } from './html.ts';

export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}
