import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import type { DetailsState, ImageDetailsModel } from '../../src/protocol/details.ts';
import { failure } from '../shared/failure.ts';
import { html } from '../shared/html.ts';
import { progress } from '../shared/progress.ts';
import { devices } from './devices.ts';
import { header } from './header.ts';
import { rootVolume } from './rootVolume.ts';
import { dates, fewTags, identity, permissions, raw, tags } from './sections.ts';
import { structure } from './structure.ts';
import { typeSection } from './typeSection.ts';
import { uses } from './uses.ts';
import type { View } from './view.ts';
import { timeText } from './wording.ts';

export function page(view: View): TemplateResult {
  const { state } = view;
  return html`
    <main aria-busy=${state.status.kind === 'loading'}>
      ${progress(state.status.kind === 'loading' ? loadingText(state) : undefined)}
      <div class="page">${header(view)} ${status(view)} ${state.model ? body(view, state.model) : nothing}</div>
    </main>
  `;
}

function loadingText({ ref }: DetailsState): string {
  return l10n.t('Asking EC2 in {0} for {1}…', ref.region, ref.id);
}

function status({ state, handlers }: View): TemplateResult | typeof nothing {
  switch (state.status.kind) {
    case 'ready':
      return nothing;
    case 'loading':
      // With an answer on the page, the progress bar is enough.
      return state.model ? nothing : html`<p class="loading">${loadingText(state)}</p>`;
    case 'failed':
      return failure(state.status, handlers, [
        ...(state.status.connectionChanged
          ? [l10n.t('The connection has changed since this image was opened: another account may not have it.')]
          : []),
        ...(state.model ? [l10n.t('What follows is as of {0}.', timeText(state.model.asOf))] : []),
      ]);
  }
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
    <p class="as-of">${l10n.t('As EC2 answered at {0}.', timeText(model.asOf))}</p>
  `;
}
