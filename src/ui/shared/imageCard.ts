import * as vscode from 'vscode';
import {
  type BlockDevice,
  backingOf,
  type Image,
  type ImageSummary,
  isFullImage,
  totalEbsSize,
} from '../../core/image.ts';
import type { Publisher } from '../../core/publishers.ts';
import { devicesInOrder, rootDevice } from '../../core/rootDevice.ts';
import { Card, datesText, listed } from './card.ts';
import { publicWarning, sizeText, statusText } from './wording.ts';

interface ImageCardParts {
  /** What else there is to say of the image, in sentences. */
  readonly notes?: readonly string[];
  /** Whether the account of the connection owns it; undefined where nothing is to be said about that. */
  readonly isOwn?: boolean | undefined;
  /** Whether links show the image, and copy and insert its id. */
  readonly links?: boolean;
}

/** The tooltip of an image. */
export function imageCard(
  image: ImageSummary,
  publisher: Publisher | undefined,
  now: number,
  { notes = [], isOwn, links = false }: ImageCardParts = {},
): vscode.MarkdownString {
  const card = new Card(image.name || image.id);
  const whole = isFullImage(image) ? image : undefined;
  if (links) {
    card.imageLinks(image);
  }
  card.paragraph(isOwn && image.public ? publicWarning() : undefined);
  for (const note of notes.slice(0, listed)) {
    card.paragraph(note);
  }
  card.paragraph(image.description);
  card.row(vscode.l10n.t('AMI ID'), image.id);
  card.row(vscode.l10n.t('Region'), image.region);
  card.row(vscode.l10n.t('State'), statusText(image, now) ?? image.state);
  card.row(vscode.l10n.t('Reason'), whole?.stateReason);
  card.row(vscode.l10n.t('Owner'), ownerText(image, publisher, isOwn));
  card.row(
    vscode.l10n.t('Visibility'),
    image.public
      ? vscode.l10n.t({ message: 'public', comment: ['Of an image: everybody can launch it'] })
      : vscode.l10n.t('private'),
  );
  card.row(
    vscode.l10n.t('Platform'),
    [image.platformDetails ?? image.platform, image.architecture].filter(Boolean).join(', '),
  );
  card.row(
    vscode.l10n.t('Type'),
    backingOf(image) === 'ebs' ? vscode.l10n.t('EBS-backed') : vscode.l10n.t('instance store-backed'),
  );
  if (whole) {
    deviceRows(card, whole);
  }
  card.row(vscode.l10n.t('Created'), datesText(image.creationDate, now));
  card.row(vscode.l10n.t('Deprecated from'), datesText(image.deprecationTime, now));
  card.row(vscode.l10n.t('Last launched'), datesText(whole?.lastLaunchedTime, now));
  const tags = whole?.tags ?? [];
  if (tags.length > 0) {
    card.heading(vscode.l10n.t('Tags'));
  }
  for (const tag of tags.slice(0, listed)) {
    card.row(tag.key, tag.value);
  }
  card.rest(tags.length - listed);
  return card.markdown;
}

function deviceRows(card: Card, image: Image): void {
  card.row(vscode.l10n.t('Root device'), rootDevice(image)?.deviceName ?? image.rootDeviceName);
  const devices = devicesInOrder(image);
  for (const device of devices.slice(0, listed)) {
    card.row(device.deviceName, deviceText(device));
  }
  card.rest(devices.length - listed);
  if (devices.length > 1) {
    card.row(vscode.l10n.t('EBS in total'), sizeText(totalEbsSize(image)));
  }
}

/**
 * Who owns an image, and whether EC2 or the user's settings vouch for it.
 *
 * @param isOwn whether the account of the connection does; undefined where nothing is to be said about that
 */
export function ownerText(image: ImageSummary, publisher: Publisher | undefined, isOwn?: boolean): string {
  if (isOwn) {
    return `${image.ownerId} (${vscode.l10n.t('this account')})`;
  }
  if (!publisher) {
    const owner = [image.ownerId, image.ownerAlias].filter(Boolean).join(', ');
    return isOwn === undefined || !image.public ? owner : `${owner} (${vscode.l10n.t('not a verified publisher')})`;
  }
  const standing = publisher.verified ? vscode.l10n.t('verified') : vscode.l10n.t('from your settings');
  return `${publisher.name} (${image.ownerId}, ${standing})`;
}

export function deviceText(device: BlockDevice): string {
  switch (device.kind) {
    case 'ebs':
      return [
        device.volumeSize === undefined ? undefined : sizeText(device.volumeSize),
        device.volumeType,
        device.encrypted ? vscode.l10n.t('encrypted') : undefined,
        device.deleteOnTermination ? vscode.l10n.t('deleted on termination') : vscode.l10n.t('kept on termination'),
      ]
        .filter(Boolean)
        .join(', ');
    case 'instance-store':
      return vscode.l10n.t('instance store ({0})', device.virtualName);
    case 'suppressed':
      return vscode.l10n.t('suppressed');
  }
}
