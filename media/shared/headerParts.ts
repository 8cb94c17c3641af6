import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { placeNameOf } from '../../src/core/regions.ts';
import { html } from './html.ts';
import { icon } from './icon.ts';
import { visible } from './visible.ts';

/** How good what something says is. */
export type Look = 'good' | 'warning' | 'bad' | 'neutral';

/** A button whose label is its tooltip. */
export function iconButton(iconName: string, label: string, run: () => void): TemplateResult {
  return button(iconName, label, run, { look: 'icon' });
}

export function button(
  iconName: string,
  label: string,
  run: () => void,
  { hint = label, look = '' }: { readonly hint?: string; readonly look?: 'icon' | '' } = {},
): TemplateResult {
  return html`<vscode-button secondary class=${look} title=${hint} @click=${run}
    ><span slot="content-before" class="codicon codicon-${iconName} button-icon" aria-hidden="true"></span
    ><span class="label">${label}</span></vscode-button>`;
}

export function badge(iconName: string, look: Look, text: string): TemplateResult {
  return html`<span class="badge ${look}">${icon(iconName)}<bdi>${text}</bdi></span>`;
}

export function notice(look: Look, iconName: string, text: string): TemplateResult {
  return html`<p class="notice ${look}">${icon(iconName)}<bdi>${text}</bdi></p>`;
}

/** The region of an image or an instance among the facts of its header, with the place that it is in. */
export function regionFact(region: string): TemplateResult {
  const place = placeNameOf(region);
  return html`
    <div>
      <dt>${l10n.t('Region')}</dt>
      <dd>${visible(region)}${place === undefined ? nothing : html` <span class="dim">${place}</span>`}</dd>
    </div>
  `;
}
