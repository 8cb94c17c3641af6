import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { type BlockDevice, type Image, totalEbsSize } from '../../src/core/image.ts';
import { rootDevice } from '../../src/core/rootDevice.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { copyButton, section, unset } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { sentencesText, sizeText } from '../shared/wording.ts';
import { type Column, copyTextOf, deviceColumns, sortedDevices } from './deviceColumns.ts';
import { moveInGrid } from './gridKeys.ts';
import type { Sort, View } from './view.ts';

export function devices(view: View, image: Image): TemplateResult {
  const count = image.blockDevices.length;
  const title = l10n.t('Block Devices');
  if (count === 0) {
    return section(
      view,
      'devices',
      title,
      nothing,
      html`<p class="dim">${l10n.t('The image has no block devices.')}</p>`,
    );
  }
  const columns = deviceColumns();
  const { sort } = view.arrangement;
  const rows = sortedDevices(
    image,
    columns.find(({ id }) => id === sort?.column),
    sort?.descending ?? false,
  );
  return section(
    view,
    'devices',
    title,
    count === 1 ? l10n.t('1 device') : l10n.t('{0} devices', count),
    html`
      <div class="scroller" role="region" tabindex="0" aria-label=${l10n.t('Block devices (scrolls horizontally)')}>
        <table class="devices" role="grid" aria-label=${l10n.t('Block devices')} aria-rowcount=${rows.length + 1} @keydown=${moveInGrid}>
          <thead>
            <tr>${columns.map((column) => heading(view, column, sort))}</tr>
          </thead>
          <tbody>${rows.map((device, index) => row(view, image, columns, device, index))}</tbody>
        </table>
      </div>
      <p class="total">${totalText(image)}</p>
    `,
  );
}

function heading({ handlers }: View, { id, title, numeric }: Column, sort: Sort | undefined): TemplateResult {
  const direction = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : 'none';
  return html`<th scope="col" class=${numeric ? 'numeric' : ''} aria-sort=${direction}>
    <button type="button" class="sort" title=${l10n.t('Sort by {0}', title)} @click=${() => handlers.sortBy(id)}>
      <span>${title}</span>${icon(direction === 'descending' ? 'arrow-down' : 'arrow-up')}
    </button>
  </th>`;
}

function row(view: View, image: Image, columns: readonly Column[], device: BlockDevice, index: number): TemplateResult {
  const root = device === rootDevice(image);
  return html`<tr class="row" data-device=${device.deviceName} data-place=${image.blockDevices.indexOf(device)}>
    ${columns.map((column, at) => {
      const cell = column.cell(device);
      const classes = `${column.numeric ? 'numeric' : ''} ${column.mono ? 'mono' : ''} ${column.id}`;
      if (cell === undefined) {
        return html`<td class=${classes}><span class="unset" aria-label=${l10n.t('Not applicable')} role="img">–</span></td>`;
      }
      const what = l10n.t({
        message: '{0} of {1}',
        args: [column.title, visible(device.deviceName)],
        comment: ['A property of a block device: Snapshot of /dev/sda1'],
      });
      const content =
        cell.value === undefined || cell.value === ''
          ? unset()
          : html`<span class="copyable"
              ><bdi class="value" title=${column.id === 'key' ? visible(copyTextOf(cell)) : nothing}>${cell.text}</bdi
              >${
                column.id === 'device' && root ? html`<span class="root-mark">${l10n.t('root')}</span>` : nothing
              }${copyButton(view, copyTextOf(cell), what, index === 0 && at === 0 ? 0 : -1)}</span>`;
      return at === 0
        ? html`<th scope="row" class=${classes}><span class="swatch ${lookOf(device)}" aria-hidden="true"><span class="fill"></span></span>${content}</th>`
        : html`<td class=${classes}>${content}</td>`;
    })}
  </tr>`;
}

function lookOf(device: BlockDevice): string {
  return device.kind === 'ebs' && device.encrypted ? 'encrypted' : device.kind;
}

function totalText(image: Image): string {
  const volumes = image.blockDevices.filter(({ kind }) => kind === 'ebs');
  const unsized = volumes.filter((device) => device.kind === 'ebs' && device.volumeSize === undefined).length;
  const total = sizeText(totalEbsSize(image));
  const parts = [
    volumes.length === 0
      ? l10n.t('No EBS volumes.')
      : volumes.length === 1
        ? l10n.t('Total EBS size: {0} in 1 volume.', total)
        : l10n.t('Total EBS size: {0} in {1} volumes.', total, volumes.length),
    ...(unsized === 0 ? [] : [unsizedText(unsized)]),
    ...(image.rootDeviceType === 'instance-store' && rootDevice(image) === undefined
      ? [l10n.t('The root volume is on instance store and has no block device mapping.')]
      : []),
  ];
  return sentencesText(parts);
}

function unsizedText(count: number): string {
  return count === 1
    ? l10n.t('The size of 1 volume is not set.')
    : l10n.t('The sizes of {0} volumes are not set.', count);
}
