import * as vscode from 'vscode';
import type { Finding, Fix } from '../../../hints/finding.ts';
import { fixText, listed } from '../../../hints/findingText.ts';
import { editorL10n } from '../../shared/editorL10n.ts';
import { plain, plainMessage } from '../../shared/plainText.ts';
import { listText } from '../../shared/wording.ts';

/** What is wrong, in a few words: a line above the code has no room for the sentence of the finding. */
export function lensText(finding: Finding): string {
  switch (finding.rule) {
    case 'malformed-id':
      return vscode.l10n.t('Not an AMI ID');
    case 'unsafe-lookup':
      return vscode.l10n.t('No owner: anyone can publish a matching image');
    case 'not-found': {
      const regions = plainMessage(listed(finding.regions, editorL10n));
      const elsewhere = plainMessage(listed(finding.elsewhere, editorL10n));
      return elsewhere === ''
        ? vscode.l10n.t('Not in {0}', regions)
        : vscode.l10n.t('Not in {0}, but in {1}', regions, elsewhere);
    }
    case 'deregistered':
      return vscode.l10n.t('No longer in {0}', plain(finding.image.region));
    case 'deprecated':
      return finding.days < 0
        ? vscode.l10n.t('Deprecated since {0}', dayOf(finding.at))
        : vscode.l10n.t('Will be deprecated on {0}', dayOf(finding.at));
    case 'disabled':
      return vscode.l10n.t('Disabled');
    case 'unusable':
      return vscode.l10n.t('Cannot be launched: {0}', plain(finding.state));
    case 'newer-image':
      return vscode.l10n.t('Newer image available ({0})', dayOf(finding.newer.creationDate ?? ''));
    case 'wrong-architecture':
      return vscode.l10n.t(
        'Built for {0}, which {1} does not support',
        plain(finding.image.architecture ?? ''),
        plain(finding.instanceType),
      );
    case 'unverified-publisher':
      return vscode.l10n.t('Publisher not verified');
  }
}

/** What is wrong with several ids that stand close to each other: `AMI IDs: 12 not found, 3 deprecated`. */
export function groupText(findings: readonly Finding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const parts = rules.map((rule) => countText(rule, findings.filter((finding) => finding.rule === rule).length));
  return vscode.l10n.t('AMI IDs: {0}', parts.join(', '));
}

function countText(rule: Finding['rule'], count: number): string {
  switch (rule) {
    case 'not-found':
      return vscode.l10n.t('{0} not found', count);
    case 'deregistered':
      return vscode.l10n.t('{0} deregistered', count);
    case 'deprecated':
      return vscode.l10n.t('{0} deprecated', count);
    case 'newer-image':
      return count === 1 ? vscode.l10n.t('1 with a newer image') : vscode.l10n.t('{0} with newer images', count);
    case 'malformed-id':
      return vscode.l10n.t('{0} malformed', count);
    default:
      return count === 1 ? vscode.l10n.t('1 with a problem') : vscode.l10n.t('{0} with problems', count);
  }
}

export function groupFixText(count: number): string {
  return count === 1
    ? vscode.l10n.t('Replace 1 AMI ID with its newer image')
    : vscode.l10n.t('Replace {0} AMI IDs with their newer images', count);
}

/** What a fix does; its whole text is the tooltip. */
export function lensFixText(fix: Fix): string {
  const { label } = fix;
  return label.kind === 'replaceId'
    ? vscode.l10n.t('Replace with {0}', plain(label.by.id))
    : plainMessage(fixText(fix, editorL10n));
}

/** What will be done once EC2 has been asked. */
export function askedFixText(finding: Finding): string {
  const { reference } = finding;
  if (reference.kind === 'lookup') return vscode.l10n.t('Add owner…');
  return finding.rule === 'wrong-architecture'
    ? vscode.l10n.t('Replace with the image for {0}…', plain(finding.instanceType))
    : vscode.l10n.t('Replace with the image in {0}…', plain(listText(reference.region.regions)));
}

function dayOf(date: string): string {
  return plain(/^\d{4}-\d\d-\d\d/.exec(date)?.[0] ?? date);
}
