import * as vscode from 'vscode';
import type { VolumePlan } from '../../../core/createImageChoices.ts';
import type { VolumeFacts } from '../../../ec2/port.ts';
import { plainFacts } from '../../shared/plainText.ts';
import { sizeText } from '../../shared/wording.ts';

/** `root · 20 GiB gp3 · encrypted · vol-0123…` */
export function volumeText(plan: VolumePlan, facts: VolumeFacts | undefined): string {
  const size = facts?.size === undefined ? undefined : sizeText(facts.size);
  return plainFacts(
    plan.root && vscode.l10n.t('root'),
    [size, facts?.type].filter(Boolean).join(' '),
    facts?.encrypted && vscode.l10n.t('encrypted'),
    plan.volumeId,
  );
}

/** What becomes of a volume in the image, and of its copies when an instance of the image is terminated. */
export function volumeState({ included, deleteOnTermination }: VolumePlan): string {
  if (!included) {
    return vscode.l10n.t('Not included');
  }
  return deleteOnTermination
    ? vscode.l10n.t('Included, deleted on termination')
    : vscode.l10n.t('Included, kept on termination');
}

/** Why a volume cannot be left out; undefined where it can. */
export function requiredText({ root, required }: VolumePlan): string | undefined {
  if (!required) {
    return undefined;
  }
  return root
    ? vscode.l10n.t('The root volume is always included.')
    : vscode.l10n.t('Always included, since the root is unknown.');
}
