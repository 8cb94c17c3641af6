import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit';
import type { FailedStatus } from '../../src/protocol/panel.ts';
import { html } from './html.ts';
import { icon } from './icon.ts';

/** What the buttons of a failure do. */
export interface FailureHandlers {
  refresh(): void;
  pressErrorButton(index: number): void;
}

/** A failure with its buttons, Retry first; `notes` are sentences about what the page still shows. */
export function failure(
  { message, errorButtons }: FailedStatus,
  { refresh, pressErrorButton }: FailureHandlers,
  notes: readonly string[] = [],
): TemplateResult {
  return html`
    <div class="failure" role="alert">
      <p>${icon('error')}<bdi>${message}</bdi></p>
      ${notes.map((note) => html`<p>${note}</p>`)}
      <div class="buttons">
        <vscode-button @click=${refresh}>${l10n.t('Retry')}</vscode-button>
        ${errorButtons.map(
          (title, index) =>
            html`<vscode-button secondary @click=${() => pressErrorButton(index)}>${title}</vscode-button>`,
        )}
      </div>
    </div>
  `;
}
