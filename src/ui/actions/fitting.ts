import * as vscode from 'vscode';
import type { ActionTypes } from '../../actions/action.ts';
import type { ActionForm } from './actionForm.ts';

/**
 * What an action can be done to, after the user has been told why not of the rest; undefined when nothing is left or the user
 * leaves.
 */
export async function fitting<Draft, T extends ActionTypes>(
  form: Pick<ActionForm<Draft, T>, 'action' | 'targetText' | 'reasonText' | 'words'>,
  targets: readonly T['target'][],
): Promise<readonly T['target'][] | undefined> {
  const { action, words } = form;
  const judged = targets.map((target) => ({ target, reason: action.appliesTo(target) }));
  const usable = judged.flatMap(({ target, reason }) => (reason === undefined ? [target] : []));
  const refused = judged.flatMap(({ target, reason }) =>
    reason === undefined ? [] : [`${form.targetText(target)}: ${form.reasonText(reason)}`],
  );
  const [only] = refused;
  if (only === undefined) {
    return usable.length > 0 ? usable : undefined;
  }
  if (targets.length === 1) {
    void vscode.window.showWarningMessage(words.unfit(only));
    return undefined;
  }
  const go = words.goOn(usable.length);
  const answer = await vscode.window.showWarningMessage(
    words.someUnfit(refused.length, targets.length),
    { modal: true, detail: refused.join('\n') },
    ...(usable.length > 0 ? [go] : []),
  );
  return answer === go && usable.length > 0 ? usable : undefined;
}
