import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { nothing, type TemplateResult } from 'lit';
import { html } from './html.ts';

/** The bar at the top of a page that is loading; it takes its room also without `loadingText`, when nothing is loaded. */
export function progress(loadingText: string | undefined): TemplateResult {
  return html`<div class="progress">
    ${loadingText === undefined ? nothing : html`<vscode-progress-bar indeterminate aria-label=${loadingText}></vscode-progress-bar>`}
  </div>`;
}
