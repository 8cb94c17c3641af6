import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { html } from '../shared/html.ts';
import { section } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import type { View } from './view.ts';

/** Where files of the workspace name the image; nothing where none have been searched. */
export function uses(view: View): TemplateResult | typeof nothing {
  const { uses: found } = view.state;
  if (!found) return nothing;
  const { places, count } = found;
  return section(
    view,
    'uses',
    l10n.t('Used by This Workspace'),
    count === 0 ? nothing : String(count),
    count === 0
      ? html`<p class="dim">${l10n.t('No file in this workspace uses this image.')}</p>`
      : html`<ul class="uses">
          ${places.map(
            ({ path, line, text, place }) => html`<li>
              <button type="button" class="link" @click=${() => view.handlers.openUse(place)}>${visible(`${path}:${line}`)}</button>
              <code><bdi>${visible(text)}</bdi></code>
            </li>`,
          )}
        </ul>
        ${count > places.length ? html`<p class="dim">${l10n.t('and {0} more', count - places.length)}</p>` : nothing}`,
  );
}
