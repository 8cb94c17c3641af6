import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { nothing, type TemplateResult } from 'lit';
import { html } from './html.ts';

/** The bar at the top of a page that is loading. Without `loadingText` it is hidden, and leaves its room empty. */
export function progress(loadingText: string | undefined): TemplateResult {
  return html`<div class="progress">
    ${loadingText === undefined ? nothing : html`<vscode-progress-bar indeterminate aria-label=${loadingText}></vscode-progress-bar>`}
  </div>`;
}
