import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { html } from '../shared/html.ts';
import { visible } from '../shared/visible.ts';
import { section } from './parts.ts';
import type { View } from './view.ts';

/** Where files of the workspace name the image; nothing where none have been searched. */
export function uses(view: View): TemplateResult | typeof nothing {
  const places = view.state.uses;
  if (!places) return nothing;
  return section(
    view,
    'uses',
    l10n.t('Used by This Workspace'),
    places.length === 0 ? nothing : String(places.length),
    places.length === 0
      ? html`<p class="dim">${l10n.t('No file of this workspace names it.')}</p>`
      : html`<ul class="uses">
          ${places.map(
            ({ path, line, text }, index) => html`<li>
              <button type="button" class="link" @click=${() => view.handlers.openUse(index)}>${visible(`${path}:${line}`)}</button>
              <code><bdi>${visible(text)}</bdi></code>
            </li>`,
          )}
        </ul>`,
  );
}
