import * as vscode from 'vscode';
import type { IdReference } from '../../../code/reference.ts';
import type { Image, ImageSummary } from '../../../core/image.ts';
import { idFindings } from '../../../hints/findings.ts';
import { findingText, listed } from '../../../hints/findingText.ts';
import { isAskedFor, type ResolvedReference } from '../../../hints/referencedImages.ts';
import { malformedId } from '../../../hints/rules/malformedId.ts';
import { toldFindings } from '../../../hints/toldFindings.ts';
import { Card } from '../../shared/card.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
import { showsInCode } from '../../shared/settings.ts';
import type { CodeConnection } from '../openImages.ts';
import { errorRows, noConnectionRows } from './errorRows.ts';
import { type HoverQuestion, stillWaiting } from './hoverQuestion.ts';
import { imageLinks, imageRows } from './imageRows.ts';
import { regionRow } from './regionRow.ts';

/** The rules whose sentences a card has where no diagnostic says them; the others are rows of it. */
const told: ReadonlySet<string> = new Set(['not-found', 'deregistered', 'wrong-architecture']);

/**
 * What an id is: its image, or why there is none. Undefined where there is nothing to say beside the problem, which the
 * editor shows itself.
 */
export async function imageHover(reference: IdReference, question: HoverQuestion): Promise<Card | undefined> {
  const { document } = question;
  const { value } = reference;
  if (!isAskedFor(reference)) return noImageCard(reference, document);
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

function noImageCard(reference: IdReference, document: vscode.TextDocument): Card | undefined {
  const problems = malformedId(reference);
  const said = showsInCode('diagnostics', document) ? [] : toldFindings(problems);
  if (problems.length > 0 && said.length === 0) return undefined;
  const card = new Card(reference.value);
  for (const problem of said) card.paragraph(findingText(problem, editorL10n));
  if (problems.length === 0) card.paragraph(vscode.l10n.t('This is an example, not the ID of an image.'));
  return card;
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
  const findings = idFindings(resolved, facts);
  if (!showsInCode('diagnostics', question.document)) {
    for (const finding of toldFindings(findings).filter(({ rule }) => told.has(rule))) {
      card.paragraph(findingText(finding, editorL10n));
    }
  }
  if (image) card.links(imageLinks(image, facts));
  await regionRow(card, reference.region, regions, question.document);
  const missing = findings.flatMap((finding) => (finding.rule === 'not-found' ? finding.regions : []));
  if (missing.length > 0) {
    const regions = listed(missing, editorL10n);
    card.row(vscode.l10n.t('Not found in'), vscode.l10n.t('{0} (or not shared with this account)', regions));
  }
  if (image) {
    if (image !== resolved.was && reference.region.regions.join() !== image.region) {
      card.row(vscode.l10n.t('Found in'), image.region);
    }
    imageRows(card, image === resolved.was ? { ...image, state: 'deregistered' } : image, facts);
    card.gap();
    card.paragraph(image.description);
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
