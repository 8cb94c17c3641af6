import * as vscode from 'vscode';
import { machineImage, machineImageOfParameter } from '../../../code/insertion/machineImage.ts';
import { type ParameterExpressions, parameterExpressions } from '../../../code/insertion/parameterExpressions.ts';
import { needsQuotes, parameterText } from '../../../code/insertion/parameterForms.ts';
import { firstOfEach } from '../../../core/firstOfEach.ts';
import type { ImageSummary } from '../../../core/image.ts';
import type { LatestParameter } from '../../../core/latestParameter.ts';
import { isDeprecated } from '../../../core/lifecycle.ts';
import type { OfferedImage } from '../../../hints/offeredImages.ts';
import { plain, plainFacts } from '../../shared/plainText.ts';
import { ageText } from '../../shared/wording.ts';
import type { DocumentPlace } from './idPlaces.ts';

/** Why an image is offered. */
export type Why = OfferedImage['why'] | 'used';

export interface Offer {
  readonly image: ImageSummary;
  readonly why: Why;
  readonly parameter: OfferedImage['parameter'];
}

/** An item with the image that its documentation is about. */
export class IdItem extends vscode.CompletionItem {
  readonly image: ImageSummary;

  constructor(label: vscode.CompletionItemLabel, kind: vscode.CompletionItemKind, image: ImageSummary) {
    super(label, kind);
    this.image = image;
  }
}

/**
 * The items of a place, the best first. Parameters, where the place takes them, stand behind the ids.
 *
 * @param sisters texts of the other files of a Terraform module; undefined where they are not known, and so neither are
 *   the names that are taken
 */
export function itemsFor(
  offers: readonly Offer[],
  place: DocumentPlace,
  document: vscode.TextDocument,
  sisters: readonly string[] | undefined,
): readonly IdItem[] {
  const range = new vscode.Range(document.positionAt(place.span.start), document.positionAt(place.span.end));
  const now = Date.now();
  const ids = place.form === 'name' ? [] : offers;
  const isOfSeveral = new Set(ids.map(({ image }) => image.region)).size > 1;
  const expressions =
    place.expression && sisters
      ? parameterExpressions(place.expression, { text: document.getText(), offset: place.span.start }, sisters)
      : undefined;
  const references = offers.flatMap(
    (offer) => parameterItem(offer, place) ?? expressionItem(offer, place, document, expressions),
  );
  const items = [
    ...ids.map((offer) => idItem(offer, place, now, isOfSeveral)),
    // Most name no region, and are the same for all of them: those of the first one.
    ...firstOfEach(references, ({ insertText }) => insertText),
  ];
  for (const [index, item] of items.entries()) {
    item.range = range;
    if (place.wanted !== place.typed) item.filterText = place.typed;
    item.sortText = String(index).padStart(5, '0');
  }
  return items;
}

/** @param isOfSeveral whether images of other regions are offered beside it, which often have the same names */
function idItem({ image, why }: Offer, place: DocumentPlace, now: number, isOfSeveral: boolean): IdItem {
  const name = plain(image.name) || image.id;
  const description = plainFacts(whyText(why), isOfSeveral ? image.region : undefined);
  const item = new IdItem({ label: name, description }, vscode.CompletionItemKind.Value, image);
  item.detail = plainFacts(image.id, image.region, image.architecture, ageText(image.creationDate, now));
  // What is typed may be a part of the id or of the name.
  item.filterText = `${image.id} ${name}`;
  item.insertText = place.machineImage
    ? machineImage(place.machineImage, image)
    : `${place.before}${image.id}${place.after}`;
  if (isDeprecated(image, now)) {
    item.tags = [vscode.CompletionItemTag.Deprecated];
  }
  return item;
}

/** A public parameter as text, or undefined where the place takes none. */
function parameterItem({ image, parameter }: Offer, place: DocumentPlace): IdItem | undefined {
  const { form } = place;
  if (!form || !parameter) {
    return undefined;
  }
  const text = parameterText(form, parameter.name, parameter.region);
  const quote = place.openQuote === undefined && place.missingQuote === undefined && needsQuotes(form) ? '"' : '';
  const item = referenceItem(image, parameter, text, text);
  item.insertText = `${place.before}${quote}${text}${quote}${place.after}`;
  return item;
}

/** What reads a parameter, with the block that it needs. */
function expressionItem(
  { image, parameter }: Offer,
  { machineImage: object, missingBlank }: DocumentPlace,
  document: vscode.TextDocument,
  expressions: ParameterExpressions | undefined,
): readonly IdItem[] {
  if (!parameter) {
    return [];
  }
  if (object) {
    const text = machineImageOfParameter(object, parameter.name);
    const item = referenceItem(image, parameter, text, parameter.name);
    item.insertText = text;
    return [item];
  }
  if (!expressions) {
    return [];
  }
  const { text, block } = expressions(parameter);
  const item = referenceItem(image, parameter, text, parameter.name);
  item.insertText = missingBlank + text;
  if (block) {
    item.additionalTextEdits = [vscode.TextEdit.insert(document.positionAt(block.offset), block.text)];
  }
  return [item];
}

function referenceItem(image: ImageSummary, { label }: LatestParameter, written: string, detail: string): IdItem {
  const description = vscode.l10n.t('public parameter');
  const item = new IdItem({ label: plain(label), description }, vscode.CompletionItemKind.Reference, image);
  item.detail = plainFacts(detail, image.architecture);
  item.filterText = `${written} ${label} ${image.name}`;
  return item;
}

function whyText(why: Why): string {
  switch (why) {
    case 'pinned':
      return vscode.l10n.t('pinned');
    case 'used':
      return vscode.l10n.t('in this file');
    case 'owned':
      return vscode.l10n.t('owned');
    case 'latest':
      return vscode.l10n.t('latest');
  }
}
