import * as vscode from 'vscode';
import type { ParameterReference } from '../../../code/reference.ts';
import type { ImageSummary } from '../../../core/image.ts';
import type { ParameterAnswer } from '../../../hints/parameterImages.ts';
import type { ImageFacts } from '../../../hints/rules/imageFacts.ts';
import { Card } from '../../shared/card.ts';
import { errorRows, noConnectionRows } from './errorRows.ts';
import { type HoverQuestion, stillWaiting } from './hoverQuestion.ts';
import { copyLink, detailsLink, imageRows } from './imageRows.ts';
import { regionRow } from './regionRow.ts';

/** The image behind a public parameter. */
export async function parameterHover(reference: ParameterReference, question: HoverQuestion): Promise<Card> {
  const card = new Card(reference.value);
  const open = await question.connection();
  await regionRow(card, reference.region, open.kind === 'open' ? open.regions : [], question.document);
  card.gap();
  if (!reference.isWhole) {
    card.paragraph(vscode.l10n.t('The full name of the parameter is only known when the code runs.'));
    return card;
  }
  if (open.kind !== 'open') {
    noConnectionRows(card, open);
    return card;
  }
  const [resolved] = (await question.inTime(open.parameters.resolve([reference], open.signal))) ?? [];
  if (!resolved) {
    card.paragraph(stillWaiting());
    return card;
  }
  const { answers } = resolved;
  const found = answers.flatMap(({ image }) => image ?? []);
  const [image, ...others] = found;
  if (image) {
    wholeImage(card, image, question.facts());
    for (const other of others) {
      card.row(other.region, other.name || other.id, ` · ${other.id}`);
    }
  }
  for (const answer of answers.filter((other) => !other.image)) {
    missingRows(card, answer);
  }
  return card;
}

function wholeImage(card: Card, image: ImageSummary, facts: ImageFacts): void {
  card.row(vscode.l10n.t('Image'), image.id, ` · ${image.region} · `, copyLink(image));
  card.line(detailsLink(image.name || image.id, image));
  imageRows(card, image, facts);
  card.gap();
}

function missingRows(card: Card, { region, exists, imageId, error }: ParameterAnswer): void {
  if (error !== undefined) errorRows(card, error);
  else if (!exists) card.paragraph(vscode.l10n.t('The parameter does not exist in {0}.', region));
  else if (imageId === undefined)
    card.paragraph(vscode.l10n.t('The parameter does not contain an AMI ID in {0}.', region));
  else card.paragraph(vscode.l10n.t('{0} was not found in {1}, or is not shared with this account.', imageId, region));
}
