import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { type LifecycleFlag, lifecycleOf } from '../../src/core/lifecycle.ts';
import type { ImageDetailsModel } from '../../src/protocol/details.ts';
import { badge, button, iconButton, type Look, notice, regionFact } from '../shared/headerParts.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { copyable } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { dateText, relativeText } from '../shared/wording.ts';
import type { View } from './view.ts';
import { stateText } from './wording.ts';

export function header(view: View): TemplateResult {
  const { ref, name, model } = view.state;
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
        ${regionFact(ref.region)}
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
  const pin = state.pinned
    ? { icon: 'pinned', label: l10n.t('Unpin Image') }
    : { icon: 'pin', label: l10n.t('Pin Image') };
  return html`
    <div class="buttons" role="group" aria-label=${l10n.t('Image actions')}>
      ${button('copy', l10n.t('Copy ID'), handlers.copyId)}
      ${button('clippy', l10n.t('Copy As…'), () => handlers.run('copyImageAs'), { hint: l10n.t('Copy code that uses the image') })}
      ${button('insert', l10n.t('Insert'), () => handlers.run('insertImageId'), { hint: l10n.t('Insert the AMI ID at the cursor of the editor') })}
      ${button('code', l10n.t('Insert As…'), () => handlers.run('insertImageAs'), { hint: l10n.t('Insert code that uses the image') })}
      ${iconButton(pin.icon, pin.label, () => handlers.setPinned(!state.pinned))}
      ${iconButton('link', l10n.t('Copy Link to Image'), () => handlers.run('copyImageLink'))}
      ${iconButton('refresh', l10n.t('Refresh'), handlers.refresh)}
      ${state.model?.consoleAvailable ? iconButton('link-external', l10n.t('Open in AWS Console'), () => handlers.run('openInConsole')) : nothing}
      ${
        state.preview
          ? button('multiple-windows', l10n.t('Keep Open'), handlers.keepOpen, {
              hint: l10n.t('Keep this image open when you select another one'),
            })
          : nothing
      }
    </div>
  `;
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

function owner(view: View, { image, publisher, ownedByAccount }: ImageDetailsModel): TemplateResult {
  const id = copyable(view, image.ownerId, l10n.t('owner'), html`<span class="mono">${visible(image.ownerId)}</span>`);
  if (ownedByAccount) return html`${l10n.t('This account')} ${id}`;
  if (publisher?.verified) {
    return html`<span class="publisher verified" title=${l10n.t('This account ID is known to belong to the publisher.')}
      >${icon('verified-filled')}<bdi>${visible(publisher.name)}</bdi><span class="dim">${l10n.t('verified')}</span></span> ${id}`;
  }
  if (publisher) {
    return html`<span class="publisher"><bdi>${visible(publisher.name)}</bdi><span class="dim">${l10n.t('from your settings, not verified')}</span></span> ${id}`;
  }
  // Without the connection's account, the owner may be the user.
  if (ownedByAccount === undefined) return id;
  // Only a public image may be anyone's: any other is shared with this account on purpose.
  return image.public
    ? html`<span class="publisher unknown">${icon('unverified')}${l10n.t('Unverified owner')}</span> ${id}`
    : html`<span class="publisher">${icon('account')}${l10n.t('Shared by another account')}</span> ${id}`;
}

/** The reasons not to use the image. */
function warnings({ image, asOf, ownedByAccount }: ImageDetailsModel): TemplateResult {
  const flags = lifecycleOf(image, asOf);
  // The age matters only if there is no other warning.
  const shown = flags.length > 1 ? flags.filter(({ kind }) => kind !== 'stale') : flags;
  const exposed = image.public && ownedByAccount === true;
  return html`${exposed ? notice('warning', 'globe', l10n.t('This image is public: every AWS account can launch instances from it and read its data.')) : nothing}${shown.map(
    (flag) => notice(noticeLook(flag), noticeIcon(flag), noticeText(flag, image.creationDate, asOf)),
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

function noticeText(flag: LifecycleFlag, creationDate: string | undefined, now: number): string {
  switch (flag.kind) {
    case 'pending':
      return l10n.t('This image is still being created. Instances cannot be launched from it yet.');
    case 'failed':
      return flag.reason === undefined
        ? l10n.t('EC2 could not create this image and gave no reason.')
        : l10n.t('EC2 could not create this image: {0}', visible(flag.reason));
    case 'disabled':
      return l10n.t('This image is disabled. Instances cannot be launched from it until its owner enables it.');
    case 'unusable':
      return flag.reason === undefined
        ? l10n.t('Instances cannot be launched from this image: its state is “{0}”.', visible(flag.state))
        : l10n.t(
            'Instances cannot be launched from this image: its state is “{0}” ({1}).',
            visible(flag.state),
            visible(flag.reason),
          );
    case 'deprecated':
      return l10n.t('Deprecated since {0} ({1}). Use a newer image.', dateText(flag.at), relativeText(flag.at, now));
    case 'deprecating-soon':
      return l10n.t('Will be deprecated on {0} ({1}).', dateText(flag.at), relativeText(flag.at, now));
    case 'stale':
      return l10n.t('Created {0}. There may be a newer image.', relativeText(creationDate, now));
  }
}
