import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { isResourceId } from '../../src/core/imageId.ts';
import type { InstanceDetailsModel, InstanceVolumeDetails } from '../../src/protocol/instance.ts';
import { html } from '../shared/html.ts';
import {
  copyable,
  copyButton,
  emptyTag,
  encryptionText,
  fields,
  rootText,
  section,
  terminationText,
  textField,
  unknown,
  unset,
} from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { dateText, sizeText } from '../shared/wording.ts';
import type { View } from './view.ts';

export function volumes(view: View, { instance, volumes: list }: InstanceDetailsModel): TemplateResult {
  const sizes = list.flatMap(({ size }) => size ?? []);
  const total = sizes.length === list.length ? sizes.reduce((sum, size) => sum + size, 0) : 0;
  const none =
    instance.rootDeviceType === 'instance-store'
      ? l10n.t('The root volume is on instance store, which EC2 does not list. There are no EBS volumes.')
      : l10n.t('The instance has no EBS volumes.');
  return section(
    view,
    'volumes',
    l10n.t('Volumes'),
    total === 0 ? nothing : sizeText(total),
    list.length === 0
      ? html`<p class="dim">${none}</p>`
      : html`<div class="scroller" role="region" tabindex="0" aria-label=${l10n.t('Volumes (scrolls horizontally)')}>
          <table class="volumes">
            <thead>
              <tr>
                <th scope="col">${l10n.t('Device')}</th>
                <th scope="col">${l10n.t('Volume')}</th>
                <th scope="col" class="numeric">${l10n.t('Size')}</th>
                <th scope="col">${l10n.t('Type')}</th>
                <th scope="col">${l10n.t('Encryption')}</th>
                <th scope="col">${l10n.t('On Termination')}</th>
              </tr>
            </thead>
            <tbody>${list.map((volume) => volumeRow(view, volume))}</tbody>
          </table>
        </div>`,
  );
}

function volumeRow(view: View, volume: InstanceVolumeDetails): TemplateResult {
  const { deviceName, volumeId, root, size, type, encrypted, deleteOnTermination } = volume;
  const what = l10n.t('volume of {0}', visible(deviceName));
  return html`<tr>
    <th scope="row" class="mono">${visible(deviceName)}${root ? html` <span class="root-mark">${l10n.t('root')}</span>` : nothing}</th>
    <td class="mono">${copyable(view, volumeId, what)}</td>
    <td class="numeric">${size === undefined ? unknown() : sizeText(size)}</td>
    <td>${type === undefined ? unknown() : visible(type)}</td>
    <td>${encrypted === undefined ? unknown() : encryptionText(encrypted)}</td>
    <td>${terminationText(deleteOnTermination)}</td>
  </tr>`;
}

export function facts(view: View, model: InstanceDetailsModel): TemplateResult {
  const { instance } = model;
  const { launchTime } = instance;
  return section(
    view,
    'instance',
    l10n.t('Instance'),
    nothing,
    fields([
      { term: l10n.t('Image'), content: imageLink(view, model) },
      textField(view, l10n.t('Architecture'), instance.architecture),
      { term: l10n.t('Platform'), content: instance.platform === 'windows' ? 'Windows' : l10n.t('Linux or other') },
      {
        term: rootText(),
        content: instance.rootDeviceType === 'ebs' ? l10n.t('EBS-backed') : visible(instance.rootDeviceType),
      },
      textField(view, l10n.t('Zone'), instance.availabilityZone),
      textField(view, l10n.t('Private address'), instance.privateIp),
      textField(view, l10n.t('Public address'), instance.publicIp),
      {
        term: l10n.t('Launched'),
        content:
          launchTime === undefined ? unset() : copyable(view, launchTime, l10n.t('Launched'), dateText(launchTime)),
      },
    ]),
  );
}

/** The name of its image, which opens the image's details. */
function imageLink(view: View, { instance: { region, imageId }, imageName }: InstanceDetailsModel): TemplateResult {
  if (imageId === undefined || imageId === '') return unset();
  const link = isResourceId(imageId)
    ? html`<button type="button" class="link" @click=${() => view.handlers.showImage({ region, id: imageId })}>${visible(imageName || imageId)}</button>`
    : html`<bdi>${visible(imageId)}</bdi>`;
  const note =
    imageName === ''
      ? html` <span class="dim">${l10n.t('no longer exists, or is not shared with this account')}</span>`
      : nothing;
  return html`<span class="copyable">${link}${copyButton(view, imageId, l10n.t('AMI ID'))}</span>${note}`;
}

export function tags(view: View, { instance }: InstanceDetailsModel): TemplateResult {
  const sorted = [...instance.tags].sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }));
  return section(
    view,
    'tags',
    l10n.t('Tags'),
    sorted.length === 0 ? nothing : String(sorted.length),
    sorted.length === 0
      ? html`<p class="dim">${l10n.t('No tags, or none that this account can see.')}</p>`
      : fields(
          sorted.map(({ key, value }) => ({
            term: visible(key),
            content: value === '' ? emptyTag() : copyable(view, value, l10n.t('tag {0}', visible(key))),
          })),
        ),
  );
}
