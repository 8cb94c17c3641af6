import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import type { ImageRef } from '../../src/core/imageRef.ts';
import type { PanelStatus } from '../../src/protocol/panel.ts';
import { type FailureHandlers, failure } from './failure.ts';
import { html } from './html.ts';
import { progress } from './progress.ts';
import { timeText } from './wording.ts';

/** What the page of one thing in a region draws of its state. */
export interface AskedState {
  readonly ref: ImageRef;
  readonly status: PanelStatus;
  /** The last answer. */
  readonly model: { readonly asOf: number } | undefined;
}

export interface AskedPageParts {
  /** What the commands of the editor's context menu know the page by. */
  readonly webviewSection: 'image' | 'instance';
  /** Said beside a failure after the connection has changed. */
  readonly connectionChanged: string;
  readonly header: TemplateResult;
  readonly body: TemplateResult | typeof nothing;
}

/** The page of one thing in a region: its header, how the question to EC2 goes, and the answer. */
export function askedPage(
  state: AskedState,
  handlers: FailureHandlers,
  { webviewSection, connectionChanged, header, body }: AskedPageParts,
): TemplateResult {
  const { region, id } = state.ref;
  const loading = state.status.kind === 'loading';
  return html`
    <main data-vscode-context=${JSON.stringify({ webviewSection, region, id })} aria-busy=${loading}>
      ${progress(loading ? loadingText(state) : undefined)}
      <div class="page">${header} ${status(state, handlers, connectionChanged)} ${body}</div>
    </main>
  `;
}

function loadingText({ ref }: AskedState): string {
  return l10n.t('Loading {1} from {0}…', ref.region, ref.id);
}

function status(
  state: AskedState,
  handlers: FailureHandlers,
  connectionChanged: string,
): TemplateResult | typeof nothing {
  switch (state.status.kind) {
    case 'ready':
      return nothing;
    case 'loading':
      // With an answer on the page, the progress bar is enough.
      return state.model ? nothing : html`<p class="loading">${loadingText(state)}</p>`;
    case 'failed':
      return failure(state.status, handlers, [
        ...(state.status.connectionChanged ? [connectionChanged] : []),
        ...(state.model ? [l10n.t('The details below were last updated at {0}.', timeText(state.model.asOf))] : []),
      ]);
  }
}
