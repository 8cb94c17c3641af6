import * as l10n from '@vscode/l10n';
import type { TemplateResult } from 'lit';
import type { BlockDevice, Image } from '../../src/core/image.ts';
import { rootDevice } from '../../src/core/rootDevice.ts';
import { html } from '../shared/html.ts';
import {
  copyable,
  encryptionText,
  type Field,
  fields,
  section,
  storageText,
  textField,
  unset,
} from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { numberText, sizeText, throughputText } from '../shared/wording.ts';
import type { View } from './view.ts';
import { kindText } from './wording.ts';

export function rootVolume(view: View, image: Image): TemplateResult {
  const device = rootDevice(image);
  const content = device ? mapped(view, image, device) : unmapped(view, image);
  const name = device?.deviceName ?? image.rootDeviceName ?? '';
  return section(view, 'root', l10n.t('Root Volume'), visible(name), content);
}

function mapped(view: View, { rootDeviceName }: Image, device: BlockDevice): TemplateResult {
  const list: Field[] = [
    textField(view, l10n.t('Device'), device.deviceName),
    // EC2 takes both names for the same device.
    ...(rootDeviceName === undefined || rootDeviceName === device.deviceName
      ? []
      : [textField(view, l10n.t('Root device name'), rootDeviceName)]),
    { term: l10n.t('Kind'), content: kindText(device) },
  ];
  if (device.kind === 'instance-store') list.push(textField(view, l10n.t('Virtual name'), device.virtualName));
  if (device.kind === 'ebs') {
    const number = (term: string, value: number | undefined, text: (value: number) => string): Field => ({
      term,
      content: value === undefined ? unset() : copyable(view, String(value), term, text(value)),
    });
    list.push(
      textField(view, l10n.t('Snapshot'), device.snapshotId),
      number(l10n.t('Size'), device.volumeSize, sizeText),
      textField(view, l10n.t('Volume type'), device.volumeType),
      number(l10n.t('IOPS'), device.iops, numberText),
      number(l10n.t('Throughput'), device.throughput, throughputText),
      { term: l10n.t('Encryption'), content: encryptionText(device.encrypted) },
      textField(view, l10n.t('KMS key'), device.kmsKeyId),
      {
        term: l10n.t('Delete on termination'),
        content: device.deleteOnTermination
          ? l10n.t('Yes (deleted with the instance)')
          : l10n.t('No (kept when the instance is terminated)'),
      },
    );
  }
  return fields(list);
}

/** An image without a mapping of its root: as expected on instance store, but not on EBS. */
function unmapped(view: View, image: Image): TemplateResult {
  const device = textField(view, l10n.t('Device'), image.rootDeviceName);
  if (image.rootDeviceType !== 'instance-store') {
    const why =
      image.rootDeviceName === undefined
        ? l10n.t('It is not known which device is the root device.')
        : l10n.t('The root device has no block device mapping.');
    return html`${fields([device])}<p class="dim">${why}</p>`;
  }
  return html`
    ${fields([
      device,
      { term: l10n.t('Kind'), content: l10n.t('Instance store') },
      textField(view, storageText(), image.location),
    ])}
    <p class="dim">${l10n.t('The root volume is on a disk of the host computer and is filled from the bundle in S3 at launch. It has no snapshot, no volume type and no fixed size.')}</p>
  `;
}
