import * as vscode from 'vscode';
import { needsQuotes, parameterText } from '../../../code/insertion/parameterForms.ts';
import type { ImageSummary } from '../../../core/image.ts';
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

/** The items of a place, the best first. Parameters, where the place takes them, stand behind the ids. */
export function itemsFor(
  offers: readonly Offer[],
  place: DocumentPlace,
  document: vscode.TextDocument,
): readonly IdItem[] {
  const range = new vscode.Range(document.positionAt(place.span.start), document.positionAt(place.span.end));
  const now = Date.now();
  const ids = place.form === 'name' ? [] : offers;
  const isOfSeveral = new Set(ids.map(({ image }) => image.region)).size > 1;
  const items = [
    ...ids.map((offer) => idItem(offer, place, now, isOfSeveral)),
    ...offers.flatMap((offer) => parameterItem(offer, place) ?? []),
  ];
  for (const [index, item] of items.entries()) {
    item.range = range;
    item.sortText = String(index).padStart(5, '0');
  }
  return items;
}

/** @param isOfSeveral whether images of other regions are offered beside it, which often have the same names */
function idItem({ image, why }: Offer, { before, after }: DocumentPlace, now: number, isOfSeveral: boolean): IdItem {
  const name = plain(image.name) || image.id;
  const description = plainFacts(whyText(why), isOfSeveral ? image.region : undefined);
  const item = new IdItem({ label: name, description }, vscode.CompletionItemKind.Value, image);
  item.detail = plainFacts(image.id, image.region, image.architecture, ageText(image.creationDate, now));
  // What is typed may be a part of the id or of the name.
  item.filterText = `${image.id} ${name}`;
  item.insertText = `${before}${image.id}${after}`;
  if (isDeprecated(image, now)) {
    item.tags = [vscode.CompletionItemTag.Deprecated];
  }
  return item;
}

function parameterItem({ image, parameter }: Offer, place: DocumentPlace): IdItem | undefined {
  const { form } = place;
  if (!form || !parameter) {
    return undefined;
  }
  const label = { label: plain(parameter.label), description: vscode.l10n.t('public parameter') };
  const item = new IdItem(label, vscode.CompletionItemKind.Reference, image);
  const text = parameterText(form, parameter.name, parameter.region);
  const quote = place.openQuote === undefined && place.before === '' && needsQuotes(form) ? '"' : '';
  item.detail = plainFacts(text, image.architecture);
  item.filterText = `${text} ${parameter.label} ${image.name}`;
  item.insertText = `${place.before}${quote}${text}${quote}${place.after}`;
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
