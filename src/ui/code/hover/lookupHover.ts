import * as vscode from 'vscode';
import type { LookupReference } from '../../../code/reference.ts';
import { commands } from '../../../contributions/commands.ts';
import { isCancelled } from '../../../core/errors.ts';
import type { Image } from '../../../core/image.ts';
import { sortedNewestFirst } from '../../../core/imageAge.ts';
import { findingText } from '../../../hints/findingText.ts';
import type { LookupAnswer } from '../../../hints/lookupAnswers.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { unsafeLookup } from '../../../hints/rules/unsafeLookup.ts';
import { Card, commandLink, datesText } from '../../shared/card.ts';
import { ownerText } from '../../shared/imageCard.ts';
import { ageText } from '../../shared/wording.ts';
import type { CodeConnection } from '../openImages.ts';
import { errorRows, noConnectionRows } from './errorRows.ts';
import { type HoverQuestion, stillWaiting } from './hoverQuestion.ts';
import { imageLinks, rowFacts } from './imageHover.ts';
import { regionRow } from './regionRow.ts';

/** Listings are expensive: of more regions the first ones are asked. */
const maxRegions = 3;

/** How many images are listed beside the one that is picked. */
const maxRunnersUp = 5;

/** What a lookup would pick now, and what comes next. Asked for by the hover alone. */
export async function lookupHover(reference: LookupReference, question: HoverQuestion): Promise<Card> {
  const card = new Card(reference.value);
  const open = await question.connection();
  const regions =
    open.kind === 'open' && reference.region.regions.length === 0 ? open.regions.slice(0, maxRegions) : [];
  await regionRow(card, reference.region, regions, question.document);
  card.gap();
  for (const finding of unsafeLookup(reference)) {
    card.paragraph(findingText(finding, vscode.l10n));
  }
  if (open.kind !== 'open') {
    noConnectionRows(card, open);
    return card;
  }
  const inForce = reference.region.regions.length > 0 ? reference.region.regions.slice(0, maxRegions) : regions;
  const answers = await Promise.all(inForce.map((region) => answerIn(region, reference, open, question)));
  for (const { region, answer, error } of answers) {
    if (answer) answerRows(card, answer, reference, question.facts());
    else if (error === undefined) card.paragraph(`${region}: ${stillWaiting()}`);
    else errorRows(card, error);
  }
  return card;
}

interface RegionAnswer {
  readonly region: string;
  readonly answer?: LookupAnswer | undefined;
  readonly error?: unknown;
}

async function answerIn(
  region: string,
  reference: LookupReference,
  { lookups, signal }: CodeConnection,
  { inTime }: HoverQuestion,
): Promise<RegionAnswer> {
  try {
    return { region, answer: await inTime(lookups.ask(reference, region, signal)) };
  } catch (error) {
    return isCancelled(error) ? { region } : { region, error };
  }
}

function answerRows(card: Card, answer: LookupAnswer, { chooses }: LookupReference, facts: ImageFacts): void {
  const { region, picked, images, isWhole, leftOut } = answer;
  const [newest] = images;
  if (!newest) {
    card.paragraph(vscode.l10n.t('In {0} it finds no image now.', region));
    return;
  }
  const shown = picked ?? newest;
  card.paragraph(
    picked
      ? vscode.l10n.t('In {0} it picks now:', region)
      : chooses === 'all'
        ? vscode.l10n.t('In {0} it finds now, the newest first:', region)
        : vscode.l10n.t('In {0} it finds now; which of them is taken is not told here. The newest:', region),
  );
  card.row(vscode.l10n.t('Image'), shown.name || shown.id, ` · ${shown.id}`);
  card.row(vscode.l10n.t('Owner'), publisherText(shown, facts));
  card.row(vscode.l10n.t('Created'), datesText(shown.creationDate, facts.now));
  card.row(vscode.l10n.t('Architecture'), shown.architecture);
  card.links(imageLinks(shown, facts));
  runnerUpRows(card, answer, shown, facts);
  if (leftOut.length > 0) {
    const names = leftOut.join(', ');
    card.paragraph(vscode.l10n.t('Without what is computed when the code runs, which may find less: {0}.', names));
  }
  if (!isWhole) card.paragraph(vscode.l10n.t('It finds more images than were read here.'));
}

/** Who and what comes next: the newest image of each other owner, and further ones of the same. */
function runnerUpRows(card: Card, { images, byOwner }: LookupAnswer, shown: Image, facts: ImageFacts): void {
  const others = byOwner.filter(({ ownerId }) => ownerId !== shown.ownerId);
  const rest = images.filter(({ id }) => id !== shown.id && !others.some((other) => other.id === id));
  const listed = [...others, ...rest].slice(0, maxRunnersUp);
  if (listed.length === 0) {
    card.paragraph(vscode.l10n.t('Nothing else matches.'));
    return;
  }
  const unknown = others.filter((image) => isUnknown(image, facts)).map(({ ownerId }) => ownerId);
  if (unknown.length > 0) {
    const owners = unknown.slice(0, maxRunnersUp).join(', ');
    card.paragraph(vscode.l10n.t('Images of publishers that nobody has verified match, too: {0}.', owners));
  }
  card.line(vscode.l10n.t('Next:'));
  card.gap();
  for (const image of sortedNewestFirst(listed)) {
    const link = commandLink(image.name || image.id, commands.showImage, image.id, image.region);
    card.item(
      link,
      ` · ${[publisherText(image, facts), ageText(image.creationDate, facts.now)].filter(Boolean).join(' · ')}`,
    );
  }
  card.gap();
}

function publisherText(image: Image, facts: ImageFacts): string {
  const { publisher, isOwn } = rowFacts(image, facts);
  return ownerText(image, publisher, isOwn);
}

function isUnknown(image: Image, facts: ImageFacts): boolean {
  const { publisher, isOwn } = rowFacts(image, facts);
  return image.public && !isOwn && !publisher;
}
