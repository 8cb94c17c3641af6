import * as vscode from 'vscode';
import type { Finding, Fix } from '../../../hints/finding.ts';
import { fixText } from '../../../hints/findingText.ts';
import { plain, plainMessage } from '../../shared/plainText.ts';

/** What is wrong, in a few words: a line above the code has no room for the sentence of the finding. */
export function lensText(finding: Finding): string {
  switch (finding.rule) {
    case 'malformed-id':
      return vscode.l10n.t('Not an AMI ID');
    case 'unsafe-lookup':
      return vscode.l10n.t('Strangers can publish the image that this picks');
    case 'not-found': {
      const regions = finding.regions.map(plain).join(', ');
      const elsewhere = finding.elsewhere.map(plain).join(', ');
      return elsewhere === ''
        ? vscode.l10n.t('Not in {0}', regions)
        : vscode.l10n.t('Not in {0}, but in {1}', regions, elsewhere);
    }
    case 'deregistered':
      return vscode.l10n.t('No longer in {0}', plain(finding.image.region));
    case 'deprecated':
      return finding.days < 0
        ? vscode.l10n.t('Deprecated since {0}', dayOf(finding.at))
        : vscode.l10n.t('Deprecated on {0}', dayOf(finding.at));
    case 'disabled':
      return vscode.l10n.t('Disabled');
    case 'unusable':
      return vscode.l10n.t('Cannot be launched: {0}', plain(finding.state));
    case 'newer-image':
      return vscode.l10n.t('Newer image of {0}', dayOf(finding.newer.creationDate ?? ''));
    case 'wrong-architecture':
      return vscode.l10n.t(
        'For {0}, which {1} does not run',
        plain(finding.image.architecture ?? ''),
        plain(finding.instanceType),
      );
    case 'unverified-publisher':
      return vscode.l10n.t('Publisher not verified');
  }
}

/** What a fix does; its whole text is the tooltip. */
export function lensFixText(fix: Fix): string {
  const { label } = fix;
  return label.kind === 'replaceId'
    ? vscode.l10n.t('Replace with {0}', plain(label.by.id))
    : plainMessage(fixText(fix, vscode.l10n));
}

/** What will be done once EC2 has been asked. */
export function askedFixText({ reference }: Finding): string {
  return reference.kind === 'lookup'
    ? vscode.l10n.t('Add owner…')
    : vscode.l10n.t('Replace with the one of {0}…', plain(reference.region.regions.join(', ')));
}

function dayOf(date: string): string {
  return plain(/^\d{4}-\d\d-\d\d/.exec(date)?.[0] ?? date);
}
