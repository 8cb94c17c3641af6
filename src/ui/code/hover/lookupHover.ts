import * as vscode from 'vscode';
import type { LookupReference } from '../../../code/reference.ts';
import { isCancelled } from '../../../core/errors.ts';
import type { Image } from '../../../core/image.ts';
import { sortedNewestFirst } from '../../../core/imageAge.ts';
import { publisherOf } from '../../../core/publishers.ts';
import { findingText } from '../../../hints/findingText.ts';
import { isAskable, type LookupAnswer, lookupRegions } from '../../../hints/lookupAnswers.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { unsafeLookup } from '../../../hints/rules/unsafeLookup.ts';
import { toldFindings } from '../../../hints/toldFindings.ts';
import { Card, datesText } from '../../shared/card.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
import { showsInCode } from '../../shared/settings.ts';
import { ageText, listText } from '../../shared/wording.ts';
import type { CodeConnection } from '../openImages.ts';
import { errorRows, noConnectionRows } from './errorRows.ts';
import { type HoverQuestion, stillWaiting } from './hoverQuestion.ts';
import { copyLink, detailsLink, publisherText } from './imageRows.ts';
import { regionRow } from './regionRow.ts';

/** How many images are listed beside the one that is picked. */
const maxRunnersUp = 5;

/** What a lookup would pick now, and what comes next. Asked for by the hover alone. */
export async function lookupHover(reference: LookupReference, question: HoverQuestion): Promise<Card> {
  const card = new Card(reference.value);
  const open = await question.connection();
  const regions = lookupRegions(reference, open.kind === 'open' ? open.regions : []);
  await regionRow(card, reference.region, reference.region.regions.length > 0 ? [] : regions, question.document);
  card.gap();
  for (const finding of toldFindings(unsafeLookup(reference))) {
    const isTold = showsInCode('diagnostics', question.document);
    card.paragraph(isTold ? vscode.l10n.t('Unsafe: no owner is specified.') : findingText(finding, editorL10n));
  }
  if (open.kind !== 'open') {
    noConnectionRows(card, open);
    return card;
  }
  if (!isAskable(reference)) {
    card.paragraph(vscode.l10n.t('What this lookup finds is only known when the code runs.'));
    return card;
  }
  const answers = await Promise.all(regions.map((region) => answerIn(region, reference, open, question)));
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
  if (leftOut.length > 0) {
    const names = listText(leftOut);
    card.paragraph(vscode.l10n.t('Searched without what is only known when the code runs: {0}.', names));
  }
  if (!newest) {
    card.paragraph(vscode.l10n.t('No matching image in {0}.', region));
    return;
  }
  // What is computed when the code runs narrows down what is found here.
  const isPicked = picked !== undefined && leftOut.length === 0;
  const shown = isPicked ? picked : newest;
  const found = isPicked
    ? vscode.l10n.t('Current match in {0}', region)
    : leftOut.length > 0
      ? vscode.l10n.t('Newest possible match in {0}', region)
      : chooses === 'all'
        ? vscode.l10n.t('Newest match in {0}', region)
        : vscode.l10n.t('Newest match in {0} (any match may be picked)', region);
  card.row(found, shown.id, ' · ', copyLink(shown));
  card.line(detailsLink(shown.name || shown.id, shown));
  card.line([publisherText(shown, facts), datesText(shown.creationDate, facts.now)].filter(Boolean).join(' · '));
  card.gap();
  runnerUpRows(card, answer, shown, facts);
  if (!isWhole) card.paragraph(vscode.l10n.t('There are more matches than were loaded here.'));
}

/** Who and what comes next: the newest image of each other owner, and further ones of the same. */
function runnerUpRows(card: Card, { images, byOwner, leftOut }: LookupAnswer, shown: Image, known: ImageFacts): void {
  const others = byOwner.filter(({ ownerId }) => ownerId !== shown.ownerId);
  const rest = images.filter(({ id }) => id !== shown.id && !others.some((other) => other.id === id));
  const listed = [...others, ...rest].slice(0, maxRunnersUp);
  if (listed.length === 0) {
    card.paragraph(vscode.l10n.t('No other image matches.'));
    return;
  }
  const unknown = others.filter((image) => isUnknown(image, known)).map(({ ownerId }) => ownerId);
  if (unknown.length > 0 && !leftOut.includes('owners')) {
    const owners = listText(unknown.slice(0, maxRunnersUp));
    card.paragraph(vscode.l10n.t('Images from unverified publishers also match: {0}.', owners));
  }
  card.paragraph(vscode.l10n.t('Other matches:'));
  for (const image of sortedNewestFirst(listed)) {
    // The owner of all of them is told already.
    const owner = others.length > 0 ? publisherText(image, known) : undefined;
    const facts = [owner, ageText(image.creationDate, known.now)].filter(Boolean).join(' · ');
    card.item(detailsLink(image.name || image.id, image), ` · ${facts}`);
  }
  card.gap();
}

function isUnknown(image: Image, { publishers, account }: ImageFacts): boolean {
  return image.public && image.ownerId !== account && !publisherOf(image, publishers);
}
