import * as vscode from 'vscode';
import type { CreateImageDraft } from '../../../actions/createImage.ts';
import { refusedInDescription } from '../../../core/createImageChoices.ts';
import { descriptionExcess, maxDescriptionLength } from '../../../core/imageName.ts';
import { plain } from '../../shared/plainText.ts';
import type { Answer, StepFrame } from '../quickInput.ts';
import { askText, type Verdict } from '../textInput.ts';

export function askDescription(frame: StepFrame, draft: CreateImageDraft): Promise<Answer<string>> {
  return askText(frame, {
    value: draft.description,
    prompt: vscode.l10n.t('A description (optional)'),
    placeholder: vscode.l10n.t('Description'),
    check: checkDescription,
  });
}

/** Checks the description as it is sent, without the spaces around it. */
function checkDescription(typed: string): Verdict | undefined {
  const description = typed.trim();
  const excess = descriptionExcess(description);
  if (excess > 0) {
    return {
      severity: 'error',
      message: vscode.l10n.t(
        'The description is {1} characters too long. EC2 allows at most {0}.',
        maxDescriptionLength,
        excess,
      ),
    };
  }
  const refused = refusedInDescription(description);
  return refused.length === 0
    ? undefined
    : {
        severity: 'error',
        message: vscode.l10n.t(
          'The description can only contain ASCII characters. Not allowed: {0}',
          plain(refused.join(' ')),
        ),
      };
}

export function isValidDescription(description: string): boolean {
  return checkDescription(description) === undefined;
}
