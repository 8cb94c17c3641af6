import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { type LifecycleFlag, lifecycleOf } from '../../src/core/lifecycle.ts';
import { placeNameOf } from '../../src/core/regions.ts';
import type { ImageDetailsModel } from '../../src/protocol/details.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { visible } from '../shared/visible.ts';
import { copyable } from './parts.ts';
import type { View } from './view.ts';
import { ageText, dateText, relativeText, stateText } from './wording.ts';

export function header(view: View): TemplateResult {
  const { ref, name, model } = view.state;
  const place = placeNameOf(ref.region);
  return html`
    <header class="header">
      <div class="headline">
        <div class="title">
          <h1 class=${name === '' ? 'unnamed' : ''}><bdi>${visible(name) || (model ? l10n.t('Unnamed image') : ref.id)}</bdi></h1>
          ${model?.image.description ? html`<p class="description"><bdi>${visible(model.image.description)}</bdi></p>` : nothing}
        </div>
        ${buttons(view)}
      </div>
      <dl class="facts">
        <div><dt>${l10n.t('AMI ID')}</dt><dd class="mono">${copyable(view, ref.id, l10n.t('AMI ID'))}</dd></div>
        <div>
          <dt>${l10n.t('Region')}</dt>
          <dd>${visible(ref.region)}${place === undefined ? nothing : html` <span class="dim">${place}</span>`}</dd>
        </div>
        ${
          model === undefined
            ? nothing
            : html`
              <div><dt>${l10n.t('State')}</dt><dd class="badges">${badges(model)}</dd></div>
              <div><dt>${l10n.t('Owner')}</dt><dd>${owner(view, model)}</dd></div>
            `
        }
      </dl>
      ${model === undefined ? nothing : warnings(model)}
    </header>
  `;
}

function buttons({ state, handlers }: View): TemplateResult {
  const console = state.model?.consoleAvailable ?? false;
  const consoleHint =
    state.model && !console
      ? l10n.t(
          'No page of the AWS console is known for this image: it is on another endpoint, or in an isolated region.',
        )
      : '';
  return html`
    <div class="buttons" role="group" aria-label=${l10n.t('Image actions')}>
      ${button('copy', l10n.t('Copy ID'), handlers.copyId)}
      ${button('insert', l10n.t('Insert'), () => handlers.run('insertImageId'), l10n.t('Insert the AMI ID at the cursor of the editor'))}
      ${button('link-external', l10n.t('Open in Console'), () => handlers.run('openInConsole'), consoleHint, !console)}
      ${button('refresh', l10n.t('Refresh'), handlers.refresh)}
      ${
        state.preview
          ? button('pinned', l10n.t('Keep Open'), handlers.keepOpen, l10n.t('Otherwise the next image replaces it'))
          : nothing
      }
    </div>
  `;
}

function button(iconName: string, label: string, run: () => void, hint = '', disabled = false): TemplateResult {
  return html`<vscode-button secondary ?disabled=${disabled} aria-disabled=${disabled} title=${hint || label} @click=${disabled ? nothing : run}
    ><span slot="content-before" class="codicon codicon-${iconName} button-icon" aria-hidden="true"></span
    ><span class="label">${label}</span></vscode-button>`;
}

function badges(model: ImageDetailsModel): TemplateResult {
  const { image, asOf } = model;
  const flags = lifecycleOf(image, asOf);
  const deprecated = flags.find((flag) => flag.kind === 'deprecated' || flag.kind === 'deprecating-soon');
  return html`
    ${badge(...stateLook(image.state), visible(stateText(image.state)))}
    ${deprecated ? badge('warning', 'warning', deprecated.kind === 'deprecated' ? l10n.t('Deprecated') : l10n.t('Deprecated soon')) : nothing}
    ${image.public ? badge('globe', model.ownedByAccount ? 'warning' : 'neutral', l10n.t('Public')) : nothing}
  `;
}

type Look = 'good' | 'warning' | 'bad' | 'neutral';

function stateLook(state: string): [iconName: string, look: Look] {
  switch (state) {
    case 'available':
      return ['pass', 'good'];
    case 'pending':
    case 'transient':
      return ['clock', 'neutral'];
    case 'disabled':
      return ['circle-slash', 'warning'];
    default:
      return ['error', 'bad'];
  }
}

function badge(iconName: string, look: Look, text: string): TemplateResult {
  return html`<span class="badge ${look}">${icon(iconName)}<bdi>${text}</bdi></span>`;
}

function owner(view: View, { image, publisher, ownedByAccount }: ImageDetailsModel): TemplateResult {
  const id = copyable(view, image.ownerId, l10n.t('owner'), html`<span class="mono">${visible(image.ownerId)}</span>`);
  if (ownedByAccount) return html`${l10n.t('This account')} ${id}`;
  if (publisher?.verified) {
    return html`<span class="publisher verified" title=${l10n.t('The owner id is one that this publisher is known to use.')}
      >${icon('verified-filled')}<bdi>${visible(publisher.name)}</bdi><span class="dim">${l10n.t('verified')}</span></span> ${id}`;
  }
  if (publisher) {
    return html`<span class="publisher"><bdi>${visible(publisher.name)}</bdi><span class="dim">${l10n.t('named so in your settings, not verified')}</span></span> ${id}`;
  }
  // Without the connection's account, the owner may be the user.
  if (ownedByAccount === undefined) return id;
  return html`<span class="publisher unknown">${icon('unverified')}${l10n.t('Unverified: another account')}</span> ${id}`;
}

/** The reasons not to use the image. */
function warnings({ image, asOf }: ImageDetailsModel): TemplateResult {
  const flags = lifecycleOf(image, asOf);
  // The age matters only if there is no other warning.
  const shown = flags.length > 1 ? flags.filter(({ kind }) => kind !== 'stale') : flags;
  return html`${shown.map(
    (flag) =>
      html`<p class="notice ${noticeLook(flag)}">${icon(noticeIcon(flag))}<bdi>${noticeText(flag, asOf)}</bdi></p>`,
  )}`;
}

function noticeLook({ kind }: LifecycleFlag): Look {
  if (kind === 'failed' || kind === 'unusable') return 'bad';
  return kind === 'stale' || kind === 'pending' ? 'neutral' : 'warning';
}

function noticeIcon({ kind }: LifecycleFlag): string {
  if (kind === 'failed' || kind === 'unusable') return 'error';
  return kind === 'pending' || kind === 'stale' ? 'clock' : 'warning';
}

function noticeText(flag: LifecycleFlag, now: number): string {
  switch (flag.kind) {
    case 'pending':
      return l10n.t('EC2 is still making this image. No instance can be launched from it yet.');
    case 'failed':
      return flag.reason === undefined
        ? l10n.t('EC2 could not make this image, and gives no reason.')
        : l10n.t('EC2 could not make this image: {0}', visible(flag.reason));
    case 'disabled':
      return l10n.t('This image is disabled: no instance can be launched from it until its owner enables it.');
    case 'unusable':
      return flag.reason === undefined
        ? l10n.t('No instance can be launched from this image: its state is “{0}”.', visible(flag.state))
        : l10n.t(
            'No instance can be launched from this image: its state is “{0}” ({1}).',
            visible(flag.state),
            visible(flag.reason),
          );
    case 'deprecated':
      return l10n.t('Deprecated since {0} ({1}): use a newer image.', dateText(flag.at), relativeText(flag.at, now));
    case 'deprecating-soon':
      return l10n.t('Will be deprecated on {0} ({1}).', dateText(flag.at), relativeText(flag.at, now));
    case 'stale':
      return l10n.t('Made {0} ago: there may be a newer build.', ageText(flag.age));
  }
}
