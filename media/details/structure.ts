import * as l10n from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import { type BlockDevice, type Image, totalEbsSize } from '../../src/core/image.ts';
import { devicesInOrder, rootDevice } from '../../src/core/rootDevice.ts';
import { cssVariable } from '../shared/cssVariable.ts';
import { html } from '../shared/html.ts';
import { icon } from '../shared/icon.ts';
import { rootText, section } from '../shared/parts.ts';
import { visible } from '../shared/visible.ts';
import { listText, sizeText } from '../shared/wording.ts';
import type { View } from './view.ts';

/** One block of the drawing. `weight` decides its width: the size in GiB, or 0 without a size. */
interface Block {
  readonly look: Look;
  readonly name: string;
  readonly caption: string;
  readonly weight: number;
  readonly root: boolean;
  readonly accessibleName: string;
  readonly goTo: () => void;
}

type Look = 'ebs' | 'encrypted' | 'instance-store' | 'suppressed';

/** The most devices that are drawn side by side: more are easier to read as a list of bars. */
const stripLimit = 5;

export function structure(view: View, image: Image): TemplateResult {
  const blocks = blocksOf(view, image);
  const largest = Math.max(...blocks.map(({ weight }) => weight));
  const beside = totalEbsSize(image) > 0 ? l10n.t('{0} of EBS volumes', sizeText(totalEbsSize(image))) : nothing;
  return section(
    view,
    'structure',
    l10n.t('Structure'),
    beside,
    blocks.length === 0
      ? html`<p class="dim">${l10n.t('The image has no block devices.')}</p>`
      : html`
        <div class="drawing ${blocks.length <= stripLimit ? 'strip' : ''}">
          <ol class="blocks" aria-label=${l10n.t('Devices of the image, root first')}>
            ${blocks.map(
              (block) => html`
                <li ${cssVariable('--weight', partOf(block, largest))}>
                  <button type="button" class="block ${block.look} ${block.root ? 'root' : ''}" aria-label=${block.accessibleName} title=${block.accessibleName} @click=${block.goTo}>
                    <span class="fill"></span>
                    <span class="name"><span class="text">${block.name}</span>${block.look === 'encrypted' ? icon('lock') : nothing}${block.root ? html` <span class="root-mark">${rootMark()}</span>` : nothing}</span>
                    <span class="caption">${block.caption}</span>
                  </button>
                </li>
              `,
            )}
          </ol>
          <div class="under">${legend(blocks)}${scaleNote(blocks)}</div>
        </div>
      `,
  );
}

/** The width of the block relative to the widest one, from 0 to 1; the style sheet adds a minimum width. */
function partOf({ weight }: Block, largest: number): number {
  return largest > 0 ? weight / largest : 0;
}

function blocksOf(view: View, image: Image): readonly Block[] {
  const root = rootDevice(image);
  const blocks = devicesInOrder(image).map((device) => blockOf(view, image, device, device === root));
  return image.rootDeviceType === 'instance-store' && root === undefined
    ? [unmappedRoot(view, image), ...blocks]
    : blocks;
}

function unmappedRoot(view: View, image: Image): Block {
  const name = visible(image.rootDeviceName ?? '') || rootText();
  const caption = l10n.t('Instance store');
  return {
    look: 'instance-store',
    name,
    caption,
    weight: 0,
    root: true,
    accessibleName: l10n.t('{0}: filled from the bundle in S3 at launch', [name, rootMark(), caption].join(' ')),
    goTo: view.handlers.goToRoot,
  };
}

function blockOf(view: View, image: Image, device: BlockDevice, root: boolean): Block {
  const caption = captionOf(device);
  const name = visible(device.deviceName);
  const seen = [name, ...(root ? [rootMark()] : []), caption].filter((text) => text !== '').join(' ');
  return {
    look: device.kind === 'ebs' && device.encrypted ? 'encrypted' : device.kind,
    name,
    caption,
    weight: device.kind === 'ebs' ? (device.volumeSize ?? 0) : 0,
    root,
    // Begins with the visible text, so that voice commands find it (WCAG 2.1, "Label in Name").
    accessibleName: l10n.t('{0}: {1}. Go to its row.', seen, listText(factsOf(device))),
    goTo: () => view.handlers.goToDevice(image.blockDevices.indexOf(device)),
  };
}

function rootMark(): string {
  return l10n.t('root');
}

function factsOf(device: BlockDevice): readonly string[] {
  switch (device.kind) {
    case 'ebs':
      return [
        l10n.t('EBS volume'),
        ...(device.volumeSize === undefined ? [l10n.t('size not set')] : []),
        device.encrypted ? l10n.t('encrypted') : l10n.t('not encrypted'),
        device.deleteOnTermination ? l10n.t('deleted on termination') : l10n.t('kept on termination'),
      ];
    case 'instance-store':
      return [l10n.t('instance store volume of a size that depends on the instance type')];
    case 'suppressed':
      return [l10n.t('not attached to instances')];
  }
}

function captionOf(device: BlockDevice): string {
  switch (device.kind) {
    case 'ebs':
      return [device.volumeSize === undefined ? '' : sizeText(device.volumeSize), visible(device.volumeType ?? '')]
        .filter((text) => text !== '')
        .join(' · ');
    case 'instance-store':
      return visible(device.virtualName);
    case 'suppressed':
      return l10n.t('Suppressed');
  }
}

function legend(blocks: readonly Block[]): TemplateResult {
  const looks: readonly Look[] = ['ebs', 'encrypted', 'instance-store', 'suppressed'];
  return html`<ul class="legend" aria-label=${l10n.t('Legend')}>
    ${looks.map((look) => {
      const count = blocks.filter((block) => block.look === look).length;
      return count === 0
        ? nothing
        : html`<li><span class="swatch ${look}" aria-hidden="true"><span class="fill"></span></span>${legendText(look)}<span class="dim">${count}</span></li>`;
    })}
  </ul>`;
}

function legendText(look: Look): TemplateResult {
  switch (look) {
    case 'ebs':
      return html`${l10n.t('EBS volume')}`;
    case 'encrypted':
      return html`${l10n.t('Encrypted EBS volume')}${icon('lock')}`;
    case 'instance-store':
      return html`${l10n.t('Instance store')}`;
    case 'suppressed':
      return html`${l10n.t('Suppressed')}`;
  }
}

function scaleNote(blocks: readonly Block[]): TemplateResult | typeof nothing {
  if (blocks.length < 2) return nothing;
  const unsized = blocks.some(({ look, weight }) => weight === 0 && look !== 'suppressed');
  return html`<p class="scale-note">
    ${l10n.t('The wider a block, the larger the volume.')}
    ${unsized ? l10n.t('Devices without a size are drawn at the smallest width.') : nothing}
  </p>`;
}
