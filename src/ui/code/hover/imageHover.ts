import * as vscode from 'vscode';
import type { IdReference } from '../../../code/reference.ts';
import { commands } from '../../../contributions/commands.ts';
import type { Image, ImageSummary } from '../../../core/image.ts';
import { publisherOf } from '../../../core/publishers.ts';
import { idFindings } from '../../../hints/findings.ts';
import { findingText } from '../../../hints/findingText.ts';
import { isAskedFor, type ResolvedReference } from '../../../hints/referencedImages.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { Card, commandLink } from '../../shared/card.ts';
import { imageRows } from '../../shared/imageCard.ts';
import { ageText } from '../../shared/wording.ts';
import type { CodeConnection } from '../openImages.ts';
import { errorRows, noConnectionRows } from './errorRows.ts';
import { type HoverQuestion, stillWaiting } from './hoverQuestion.ts';
import { regionRow } from './regionRow.ts';

/** The rules whose sentences a card has; the others are rows of it. */
const told: ReadonlySet<string> = new Set(['malformed-id', 'not-found', 'deregistered', 'wrong-architecture']);

/** What an id is: its image, or why there is none. */
export async function imageHover(reference: IdReference, question: HoverQuestion): Promise<Card> {
  const { document, facts } = question;
  const { value } = reference;
  if (!isAskedFor(reference)) {
    const card = new Card(value);
    const [malformed] = idFindings({ reference, images: [], elsewhere: [], was: undefined }, facts());
    card.paragraph(
      malformed ? findingText(malformed, vscode.l10n) : vscode.l10n.t('An example, and not the id of an image.'),
    );
    return card;
  }
  const open = await question.connection();
  if (open.kind !== 'open') {
    const card = new Card(value);
    await regionRow(card, reference.region, [], document);
    noConnectionRows(card, open);
    return card;
  }
  const resolved = await resolvedInTime(reference, open, question);
  if (!resolved) {
    const card = new Card(value);
    await regionRow(card, reference.region, open.regions, document);
    card.gap();
    card.paragraph(stillWaiting());
    return card;
  }
  return resolvedCard(resolved, open, question);
}

async function resolvedInTime(
  reference: IdReference,
  { referenced, newer, signal }: CodeConnection,
  { inTime }: HoverQuestion,
): Promise<ResolvedReference | undefined> {
  const cached = referenced.cachedNow(reference);
  const [resolved] = (await inTime(referenced.resolve([reference], signal))) ?? [];
  if (cached && resolved) {
    // Not waited for: the next hover has it.
    void newer.find(imagesOf(resolved), signal);
  }
  return resolved;
}

async function resolvedCard(
  resolved: ResolvedReference,
  { regions }: CodeConnection,
  question: HoverQuestion,
): Promise<Card> {
  const { reference, images } = resolved;
  const facts = question.facts();
  const [image] = imagesOf(resolved);
  const card = new Card(image?.name || reference.value);
  for (const finding of idFindings(resolved, facts).filter(({ rule }) => told.has(rule))) {
    card.paragraph(findingText(finding, vscode.l10n));
  }
  card.paragraph(image?.description);
  card.row(vscode.l10n.t('AMI ID'), reference.value);
  await regionRow(card, reference.region, regions, question.document);
  if (image) {
    if (reference.region.regions.join() !== image.region) card.row(vscode.l10n.t('Found in'), image.region);
    imageRows(card, image, rowFacts(image, facts));
    card.links(imageLinks(image, facts));
  }
  const failed = images.find(({ error }) => error !== undefined);
  if (failed && !image) errorRows(card, failed.error);
  return card;
}

/** The image in the regions in force, or else elsewhere, or what was last known of it. */
function imagesOf({ images, elsewhere, was }: ResolvedReference): readonly ImageSummary[] {
  const found = images.flatMap(({ image }): readonly Image[] => (image ? [image] : []));
  return found.length > 0 ? found : elsewhere.length > 0 ? elsewhere : was ? [was] : [];
}

export function rowFacts(image: ImageSummary, { publishers, account, now }: ImageFacts) {
  return {
    publisher: publisherOf(image, publishers),
    isOwn: account === undefined ? undefined : image.ownerId === account,
    now,
  };
}

/** Details, copy, and the image that can take its place. */
export function imageLinks(image: ImageSummary, facts: ImageFacts) {
  const { id, region } = image;
  const newer = facts.newer(image);
  return [
    commandLink(vscode.l10n.t('Show Details'), commands.showImage, id, region),
    commandLink(vscode.l10n.t('Copy ID'), commands.copyImageId, id, region),
    ...(newer
      ? [
          commandLink(
            `${vscode.l10n.t('Newer')}: ${nameAndAge(newer, facts.now)}`,
            commands.showImage,
            newer.id,
            newer.region,
          ),
        ]
      : []),
  ];
}

function nameAndAge({ name, id, creationDate }: ImageSummary, now: number): string {
  return [name || id, ageText(creationDate, now)].filter(Boolean).join(', ');
}
