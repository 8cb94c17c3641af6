import * as vscode from 'vscode';
import { commands } from '../../contributions/commands.ts';
import type { Session } from '../session/session.ts';
import type { CommandHandlers } from '../shared/runCommand.ts';

export interface SampleAccountCommandsDeps {
  readonly session: Session;
  /** Discards what was created and tagged in the sample account. */
  readonly reset: () => Promise<void>;
}

export function sampleAccountCommands({ session, reset }: SampleAccountCommandsDeps) {
  return {
    [commands.resetSampleAccount]: async () => {
      const confirm = vscode.l10n.t('Reset');
      const pressed = await vscode.window.showWarningMessage(
        vscode.l10n.t('Reset the sample account?'),
        {
          modal: true,
          detail: vscode.l10n.t('The images and tags that you created in it will be deleted. Nothing changes in AWS.'),
        },
        confirm,
      );
      if (pressed === confirm) {
        await reset();
        session.reopen();
      }
    },
  } satisfies Partial<CommandHandlers>;
}

export function showSavingProblem(problem: 'unreadable' | 'unwritable'): void {
  void vscode.window.showWarningMessage(
    problem === 'unreadable'
      ? vscode.l10n.t('The images that you created in the sample account could not be loaded. The account was reset.')
      : vscode.l10n.t(
          'Images that you create in the sample account cannot be saved and are lost when the window closes or reloads.',
        ),
  );
}
