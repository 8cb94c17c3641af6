import * as vscode from 'vscode';
import type { ActionTypes } from '../../actions/action.ts';
import { nameAndId } from '../shared/plainText.ts';
import { counted } from '../shared/wording.ts';
import type { ActionSetup } from './actionSetup.ts';
import type { LeftWizard } from './leftWizards.ts';

interface Choice extends vscode.QuickPickItem {
  readonly goesOn: boolean;
}

/** Asks whether a wizard goes on where the user has left it; what was entered is shown. */
export async function askToGoOn<T extends ActionTypes>(
  { action, form }: Pick<ActionSetup<T>, 'action' | 'form'>,
  { draft, step }: LeftWizard<T>,
  signal: AbortSignal,
): Promise<'go-on' | 'anew' | 'cancel'> {
  const title = counted(form.words.action, draft.targets.length);
  const made = action.plan(draft).calls.map(({ request }) => form.requestText(request));
  const stepTitle = form.steps.find(({ id }) => id === step)?.title ?? vscode.l10n.t('Review');
  const items: Choice[] = [
    {
      goesOn: true,
      label: vscode.l10n.t('$(debug-continue) Continue Where You Left Off'),
      description: stepTitle,
      detail: made.join(', '),
    },
    { goesOn: false, label: vscode.l10n.t('$(discard) Start Over') },
  ];
  const ended = new vscode.CancellationTokenSource();
  const end = () => ended.cancel();
  signal.addEventListener('abort', end);
  try {
    const placeHolder = draft.targets.map(nameAndId).join(', ');
    const picked = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }, ended.token);
    return picked === undefined ? 'cancel' : picked.goesOn ? 'go-on' : 'anew';
  } finally {
    signal.removeEventListener('abort', end);
    ended.dispose();
  }
}
