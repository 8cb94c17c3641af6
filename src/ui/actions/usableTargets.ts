import * as vscode from 'vscode';
import type { ActionTypes } from '../../actions/action.ts';
import { nameAndId } from '../shared/plainText.ts';
import { counted } from '../shared/wording.ts';
import type { ActionSetup } from './actionSetup.ts';

/**
 * The targets that the action can be done to, after the user has read why not to the others. Empty when none is left or
 * the user leaves.
 */
export async function usableTargets<T extends ActionTypes>(
  { action, form }: Pick<ActionSetup<T>, 'action' | 'form'>,
  targets: readonly T['target'][],
): Promise<readonly T['target'][]> {
  const { words } = form;
  const judged = targets.map((target) => ({ target, reason: action.appliesTo(target) }));
  const usable = judged.flatMap(({ target, reason }) => (reason === undefined ? [target] : []));
  const unfit = judged.flatMap(({ target, reason }) =>
    reason === undefined ? [] : [{ target: nameAndId(target), reason: form.reasonText(reason) }],
  );
  const [first] = unfit;
  if (first === undefined) {
    return usable;
  }
  if (targets.length === 1) {
    void vscode.window.showWarningMessage(words.unfit(first.target, first.reason));
    return [];
  }
  const goOn = counted(words.goOn, usable.length);
  const answer = await vscode.window.showWarningMessage(
    words.someUnfit(unfit.length, targets.length),
    { modal: true, detail: unfit.map(({ target, reason }) => `${target}: ${reason}`).join('\n') },
    ...(usable.length > 0 ? [goOn] : []),
  );
  return answer === goOn ? usable : [];
}
