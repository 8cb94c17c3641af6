import * as vscode from 'vscode';
import { commands } from '../../../contributions/commands.ts';
import { backingOf, type Image, type ImageSummary, isFullImage, totalEbsSize } from '../../../core/image.ts';
import { isDeprecated } from '../../../core/lifecycle.ts';
import { publisherOf } from '../../../core/publishers.ts';
import { devicesInOrder, rootDevice } from '../../../core/rootDevice.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { type Card, type CardLink, commandLink, datesText } from '../../shared/card.ts';
import { deviceText, ownerText } from '../../shared/imageCard.ts';
import { ageText, sizeText, statusText } from '../../shared/wording.ts';

/** What an image is, in the few rows that a hover shows at once; its details have the rest. */
export function imageRows(card: Card, image: ImageSummary, facts: ImageFacts): void {
  const { now } = facts;
  card.row(
    vscode.l10n.t('State'),
    [
      statusText(image, now) ?? image.state,
      image.public
        ? vscode.l10n.t({ message: 'public', comment: ['Of an image: everybody can launch it'] })
        : vscode.l10n.t('private'),
    ]
      .filter(Boolean)
      .join(' · '),
  );
  if (image.deprecationTime) {
    const label = isDeprecated(image, now) ? vscode.l10n.t('Deprecated since') : vscode.l10n.t('Deprecated from');
    card.row(label, datesText(image.deprecationTime, now));
  }
  card.row(vscode.l10n.t('Owner'), publisherText(image, facts));
  card.row(vscode.l10n.t('Created'), datesText(image.creationDate, now));
  const type = backingOf(image) === 'ebs' ? vscode.l10n.t('EBS-backed') : vscode.l10n.t('instance store-backed');
  card.row(
    vscode.l10n.t('Platform'),
    [image.platformDetails ?? image.platform, image.architecture, type].filter(Boolean).join(' · '),
  );
  if (isFullImage(image)) volumeRows(card, image);
}

function volumeRows(card: Card, image: Image): void {
  const root = rootDevice(image);
  card.row(vscode.l10n.t('Root device'), root ? `${root.deviceName} · ${deviceText(root)}` : image.rootDeviceName);
  const others = devicesInOrder(image).filter((device) => device !== root);
  if (others.length > 0) {
    const names = others.map(({ deviceName }) => deviceName).join(', ');
    card.row(
      vscode.l10n.t('Other devices'),
      names,
      ` · ${vscode.l10n.t('{0} of EBS storage in total', sizeText(totalEbsSize(image)))}`,
    );
  }
}

/** Who has published an image, and whether that is verified. */
export function publisherText(image: ImageSummary, { publishers, account }: ImageFacts): string {
  return ownerText(
    image,
    publisherOf(image, publishers),
    account === undefined ? undefined : image.ownerId === account,
  );
}

/** Details, copy, and the image that can take its place. */
export function imageLinks(image: ImageSummary, facts: ImageFacts): readonly CardLink[] {
  const newer = facts.newer(image);
  return [
    detailsLink(vscode.l10n.t('Show Details'), image),
    copyLink(image),
    ...(newer ? [detailsLink(vscode.l10n.t('Newer image: {0}', nameAndAge(newer, facts.now)), newer)] : []),
  ];
}

export function copyLink({ id, region }: ImageSummary): CardLink {
  return commandLink(vscode.l10n.t('Copy ID'), commands.copyImageId, id, region);
}

export function detailsLink(text: string, { id, region }: ImageSummary): CardLink {
  return commandLink(text, commands.showImage, id, region);
}

function nameAndAge({ name, id, creationDate }: ImageSummary, now: number): string {
  return [name || id, ageText(creationDate, now)].filter(Boolean).join(', ');
}
