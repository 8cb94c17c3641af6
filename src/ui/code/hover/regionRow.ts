import * as vscode from 'vscode';
import type { RegionInForce, RegionSource } from '../../../code/reference.ts';
import { listed } from '../../../hints/findingText.ts';
import { type Card, type CardLink, placeLink } from '../../shared/card.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
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
    const none =
      asked.length === 0 ? '' : vscode.l10n.t('not specified in the code; searched: {0}', listed(asked, editorL10n));
    card.row(label, none || vscode.l10n.t('not specified in the code'));
    return;
  }
  const source = from && sourceText(from);
  const place = await placeOf(region, document);
  const why =
    source && (isGuess ? vscode.l10n.t('guessed from: {0}', source) : vscode.l10n.t('specified by: {0}', source));
  const parts = why ? [` (${why}`, ...(place ? [', ', place] : []), ')'] : [];
  card.row(label, listed(regions, editorL10n), ...parts);
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

/** What states the region, as it stands behind a colon. */
function sourceText(source: RegionSource): string {
  switch (source) {
    case 'mapKey':
      return vscode.l10n.t('map key');
    case 'argument':
      return vscode.l10n.t({ message: 'argument', comment: ['An argument in code, beside the AMI ID'] });
    case 'block':
      return vscode.l10n.t('enclosing block');
    case 'provider':
      return vscode.l10n.t({ message: 'provider', comment: ['A Terraform provider'] });
    case 'variable':
      return vscode.l10n.t('variable');
    case 'option':
      return vscode.l10n.t('--region option');
    case 'environment':
      return vscode.l10n.t('environment variable');
    case 'client':
      return vscode.l10n.t({
        message: 'client or stack',
        comment: ['An AWS SDK client, or a stack of CloudFormation or the CDK, in code'],
      });
    case 'loop':
      return vscode.l10n.t('enclosing loop');
    case 'default':
      return vscode.l10n.t('default of the file');
    case 'heading':
      return vscode.l10n.t({ message: 'heading', comment: ['A heading of a Markdown file'] });
    case 'prose':
      return vscode.l10n.t('surrounding text');
    case 'url':
      return vscode.l10n.t('URL');
    case 'path':
      return vscode.l10n.t('file path');
    case 'zone':
      return vscode.l10n.t('Availability Zone');
    case 'arn':
      return vscode.l10n.t('ARN');
    case 'comment':
      return vscode.l10n.t('comment');
    case 'name':
      return vscode.l10n.t({ message: 'name', comment: ['A name in code that contains the region'] });
  }
}
