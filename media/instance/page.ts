import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import type { InstanceDetailsModel } from '../../src/protocol/instance.ts';
import { askedPage } from '../shared/askedPage.ts';
import { badge, button, iconButton, type Look, notice, regionFact } from '../shared/headerParts.ts';
import { html } from '../shared/html.ts';
import { copyable } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { relativeText, timeText } from '../shared/wording.ts';
import { facts, tags, volumes } from './sections.ts';
import type { View } from './view.ts';

export function page(view: View): TemplateResult {
  const { state, handlers } = view;
  return askedPage(state, handlers, {
    webviewSection: 'instance',
    connectionChanged: l10n.t(
      'The connection has changed since this instance was opened. The account that is now connected may not be able to see it.',
    ),
    header: header(view),
    body: state.model ? body(view, state.model) : nothing,
  });
}

function header(view: View): TemplateResult {
  const { ref, name, model } = view.state;
  return html`
    <header class="header">
      <div class="headline">
        <div class="title"><h1 class=${name === '' ? 'unnamed' : ''}><bdi>${visible(name) || ref.id}</bdi></h1></div>
        ${buttons(view)}
      </div>
      <dl class="facts">
        <div><dt>${l10n.t('Instance ID')}</dt><dd class="mono">${copyable(view, ref.id, l10n.t('Instance ID'))}</dd></div>
        ${regionFact(ref.region)}
        ${
          model === undefined
            ? nothing
            : html`
              <div><dt>${l10n.t('State')}</dt><dd class="badges">${badge(...stateLook(model.instance.state), visible(model.stateText))}</dd></div>
              <div><dt>${l10n.t('Type')}</dt><dd>${visible(model.instance.instanceType)}</dd></div>
              <div><dt>${l10n.t('Launched')}</dt><dd>${relativeText(model.instance.launchTime, model.asOf)}</dd></div>
            `
        }
      </dl>
      ${model?.unfit === undefined ? nothing : notice('neutral', 'info', l10n.t('No image can be created from this instance. {0}', model.unfit))}
    </header>
  `;
}

function buttons({ state, handlers }: View): TemplateResult {
  const { model } = state;
  return html`
    <div class="buttons" role="group" aria-label=${l10n.t('Instance actions')}>
      ${button('copy', l10n.t('Copy ID'), handlers.copyId)}
      ${model && model.unfit === undefined ? button('device-camera', l10n.t('Create Image…'), () => handlers.run('createImage')) : nothing}
      ${iconButton('refresh', l10n.t('Refresh'), handlers.refresh)}
      ${model?.consoleAvailable ? iconButton('link-external', l10n.t('Open in AWS Console'), () => handlers.run('openInConsole')) : nothing}
      ${
        state.preview
          ? button('multiple-windows', l10n.t('Keep Open'), handlers.keepOpen, {
              hint: l10n.t('Keep this instance open when you select another one'),
            })
          : nothing
      }
    </div>
  `;
}

function stateLook(state: string): [iconName: string, look: Look] {
  switch (state) {
    case 'running':
      return ['vm-running', 'good'];
    case 'terminated':
    case 'shutting-down':
      return ['circle-slash', 'bad'];
    case 'pending':
    case 'stopping':
      return ['clock', 'neutral'];
    default:
      return ['vm-outline', 'neutral'];
  }
}

function body(view: View, model: InstanceDetailsModel): TemplateResult {
  return html`
    ${volumes(view, model)}
    <div class="columns">${facts(view, model)} ${tags(view, model)}</div>
    <p class="as-of">${l10n.t('Last updated at {0}.', timeText(model.asOf))}</p>
  `;
}
