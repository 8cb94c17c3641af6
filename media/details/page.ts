import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import type { ImageDetailsModel } from '../../src/protocol/details.ts';
import { askedPage } from '../shared/askedPage.ts';
import { html } from '../shared/html.ts';
import { timeText } from '../shared/wording.ts';
import { devices } from './devices.ts';
import { header } from './header.ts';
import { rootVolume } from './rootVolume.ts';
import { dates, fewTags, identity, permissions, raw, tags } from './sections.ts';
import { structure } from './structure.ts';
import { typeSection } from './typeSection.ts';
import { uses } from './uses.ts';
import type { View } from './view.ts';

export function page(view: View): TemplateResult {
  const { state, handlers } = view;
  return askedPage(state, handlers, {
    webviewSection: 'image',
    connectionChanged: l10n.t(
      'The connection has changed since this image was opened. The account that is now connected may not be able to see it.',
    ),
    header: header(view),
    body: state.model ? body(view, state.model) : nothing,
  });
}

function body(view: View, model: ImageDetailsModel): TemplateResult {
  const { image } = model;
  const manyTags = image.tags.length > fewTags;
  return html`
    ${structure(view, image)}
    <div class="columns">${rootVolume(view, image)} ${typeSection(view, image)}</div>
    ${devices(view, image)}
    <div class="columns">
      ${identity(view, image)}
      <div>${permissions(view, model)} ${dates(view, model)} ${manyTags ? nothing : tags(view, image)}</div>
    </div>
    ${uses(view)}
    ${manyTags ? tags(view, image) : nothing}
    ${raw(view, image)}
    <p class="as-of">${l10n.t('Last updated at {0}.', timeText(model.asOf))}</p>
  `;
}
