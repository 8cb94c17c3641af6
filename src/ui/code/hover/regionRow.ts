import * as vscode from 'vscode';
import type { RegionInForce, RegionSource } from '../../../code/reference.ts';
import { type Card, type CardLink, placeLink } from '../../shared/card.ts';
import { placeOfRegion } from '../regionPlaces.ts';

/**
 * Says which region is in force, and where the code states it.
 *
 * @param asked the regions that are asked where the code states none
 */
export async function regionRow(
  card: Card,
  region: RegionInForce,
  asked: readonly string[],
  document: vscode.TextDocument,
): Promise<void> {
  const label = vscode.l10n.t('Region');
  const { regions, isGuess, from } = region;
  if (regions.length === 0) {
    const none = asked.length === 0 ? '' : vscode.l10n.t('not stated in the code; asked: {0}', asked.join(', '));
    card.row(label, none || vscode.l10n.t('not stated in the code'));
    return;
  }
  const source = from && sourceText(from);
  const place = await placeOf(region, document);
  const why = source && (isGuess ? vscode.l10n.t('a guess, from {0}', source) : vscode.l10n.t('from {0}', source));
  const parts = why ? [` (${why}`, ...(place ? [', ', place] : []), ')'] : [];
  card.row(label, regions.join(', '), ...parts);
}

/** Where it is stated: a line of the document itself, or of another file of its folder. */
async function placeOf({ at }: RegionInForce, document: vscode.TextDocument): Promise<CardLink | undefined> {
  const place = await placeOfRegion(document, at);
  if (!place) return undefined;
  const { line, character } = place.range.start;
  const name = at?.path?.split('/').at(-1);
  const text = name === undefined ? vscode.l10n.t('line {0}', line + 1) : `${name}:${line + 1}`;
  return placeLink(text, place.uri.with({ fragment: `L${line + 1},${character + 1}` }));
}

/** The words for a source, as they stand after “from”. */
function sourceText(source: RegionSource): string {
  switch (source) {
    case 'mapKey':
      return vscode.l10n.t('its key in the map');
    case 'argument':
      return vscode.l10n.t('an argument beside it');
    case 'block':
      return vscode.l10n.t('the block around it');
    case 'provider':
      return vscode.l10n.t('the provider');
    case 'variable':
      return vscode.l10n.t('a variable');
    case 'option':
      return vscode.l10n.t('the option --region');
    case 'environment':
      return vscode.l10n.t('an environment variable');
    case 'client':
      return vscode.l10n.t('the client');
    case 'loop':
      return vscode.l10n.t('the loop around it');
    case 'default':
      return vscode.l10n.t('the default of the file');
    case 'heading':
      return vscode.l10n.t('the heading');
    case 'prose':
      return vscode.l10n.t('the text beside it');
    case 'url':
      return vscode.l10n.t('a URL');
    case 'path':
      return vscode.l10n.t('the path of the file');
    case 'zone':
      return vscode.l10n.t('an availability zone');
    case 'comment':
      return vscode.l10n.t('a comment');
    case 'name':
      return vscode.l10n.t('a name');
  }
}
