import * as vscode from 'vscode';
import type { LookupReference } from '../../../code/reference.ts';
import { isCancelled } from '../../../core/errors.ts';
import type { Image } from '../../../core/image.ts';
import { sortedNewestFirst } from '../../../core/imageAge.ts';
import { publisherOf } from '../../../core/publishers.ts';
import { findingText } from '../../../hints/findingText.ts';
import type { LookupAnswer } from '../../../hints/lookupAnswers.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { unsafeLookup } from '../../../hints/rules/unsafeLookup.ts';
import { Card, datesText } from '../../shared/card.ts';
import { showsInCode } from '../../shared/settings.ts';
import { ageText } from '../../shared/wording.ts';
import type { CodeConnection } from '../openImages.ts';
import { errorRows, noConnectionRows } from './errorRows.ts';
import { type HoverQuestion, stillWaiting } from './hoverQuestion.ts';
import { copyLink, detailsLink, publisherText } from './imageRows.ts';
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
    const isTold = showsInCode('diagnostics');
    card.paragraph(isTold ? vscode.l10n.t('Unsafe: no owner is pinned.') : findingText(finding, vscode.l10n));
  }
  if (open.kind !== 'open') {
    noConnectionRows(card, open);
    return card;
  }
  if (!asksFor(reference)) {
    card.paragraph(vscode.l10n.t('What it looks for is computed when the code runs.'));
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

/** Whether anything that it looks for is known: else it would be asked for all images of a region. */
function asksFor({ filters, owners, imageIds }: LookupReference): boolean {
  return owners.kind === 'literal' || imageIds.length > 0 || filters.some(({ values }) => values !== undefined);
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
  if (leftOut.length > 0) {
    const names = leftOut.join(', ');
    card.paragraph(vscode.l10n.t('Asked without what is computed when the code runs: {0}.', names));
  }
  if (!newest) {
    card.paragraph(vscode.l10n.t('In {0} it finds no image now.', region));
    return;
  }
  const shown = picked ?? newest;
  const found = picked
    ? vscode.l10n.t('In {0} it picks now', region)
    : chooses === 'all'
      ? vscode.l10n.t('In {0} it finds now, as the newest', region)
      : vscode.l10n.t('In {0} it finds now, as the newest of those that it takes one of', region);
  card.row(found, shown.id, ' · ', copyLink(shown));
  card.line(detailsLink(shown.name || shown.id, shown));
  card.line([publisherText(shown, facts), datesText(shown.creationDate, facts.now)].filter(Boolean).join(' · '));
  card.gap();
  runnerUpRows(card, answer, shown, facts);
  if (!isWhole) card.paragraph(vscode.l10n.t('It finds more images than were read here.'));
}

/** Who and what comes next: the newest image of each other owner, and further ones of the same. */
function runnerUpRows(card: Card, { images, byOwner, leftOut }: LookupAnswer, shown: Image, known: ImageFacts): void {
  const others = byOwner.filter(({ ownerId }) => ownerId !== shown.ownerId);
  const rest = images.filter(({ id }) => id !== shown.id && !others.some((other) => other.id === id));
  const listed = [...others, ...rest].slice(0, maxRunnersUp);
  if (listed.length === 0) {
    card.paragraph(vscode.l10n.t('Nothing else matches.'));
    return;
  }
  const unknown = others.filter((image) => isUnknown(image, known)).map(({ ownerId }) => ownerId);
  if (unknown.length > 0 && !leftOut.includes('owners')) {
    const owners = unknown.slice(0, maxRunnersUp).join(', ');
    card.paragraph(vscode.l10n.t('Images of publishers that nobody has verified match, too: {0}.', owners));
  }
  card.paragraph(vscode.l10n.t('Next:'));
  for (const image of sortedNewestFirst(listed)) {
    const facts = [publisherText(image, known), ageText(image.creationDate, known.now)].filter(Boolean).join(' · ');
    card.item(detailsLink(image.name || image.id, image), ` · ${facts}`);
  }
  card.gap();
}

function isUnknown(image: Image, { publishers, account }: ImageFacts): boolean {
  return image.public && image.ownerId !== account && !publisherOf(image, publishers);
}
