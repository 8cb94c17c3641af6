import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { catalogColumns } from '../../src/protocol/catalog.ts';
import { cssVariable } from '../shared/cssVariable.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { actionIcon, actionTitle } from './imageActions.ts';
import type { ImageAction, View } from './view.ts';
import { columnTitle } from './wording.ts';

const menuActions: readonly ImageAction[] = [
  'show',
  'copyIds',
  'copyAs',
  'copyLinks',
  'insertIds',
  'insertAs',
  'pinImages',
  'pinFamilies',
];

/** The open menu: of images, or of the table's columns. */
export function menu({ menu: open, handlers, arrangement }: View): TemplateResult | typeof nothing {
  if (!open) return nothing;
  const items =
    open.kind === 'images'
      ? menuActions.map(
          (action) =>
            html`<button type="button" role="menuitem" @click=${() => handlers.act(action)}>${icon(actionIcon(action))}<span>${actionTitle(action)}</span></button>`,
        )
      : catalogColumns.map((column) => {
          const shown = arrangement.columns.includes(column);
          return html`<button type="button" role="menuitemcheckbox" aria-checked=${shown} @click=${() => handlers.toggleColumn(column)}>${icon(shown ? 'check' : 'blank')}<span>${columnTitle(column)}</span></button>`;
        });
  return html`
    <div class="menu-backdrop" @pointerdown=${handlers.closeMenu} @contextmenu=${(event: MouseEvent) => event.preventDefault()}></div>
    <div class="menu" role="menu" aria-label=${open.kind === 'images' ? l10n.t('Image') : l10n.t('Columns')} @keydown=${handlers.menuKey} ${cssVariable('--x', `${open.x}px`)} ${cssVariable('--y', `${open.y}px`)}>${items}</div>
  `;
}
