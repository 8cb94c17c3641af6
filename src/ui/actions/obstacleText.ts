import * as vscode from 'vscode';
import type { ActionTypes } from '../../actions/action.ts';
import type { CallOutcome } from '../../actions/actionRun.ts';
import { AmiError, isCancelled } from '../../core/errors.ts';
import { missingPermission } from '../../core/missingPermission.ts';
import { plain } from '../shared/plainText.ts';
import { describeError } from '../shared/presentError.ts';
import type { Obstacle, Refusal } from './actionForm.ts';
import type { ActionSetup } from './actionSetup.ts';

type Wording<T extends ActionTypes> = Pick<ActionSetup<T>, 'action' | 'form'>;

/**
 * The outcome of a call in words; undefined where nothing stands in the way. Only a call that makes an image can be left
 * without an answer, or be under way: the others are repeatable.
 */
export function obstacleOf<T extends ActionTypes>(
  wording: Wording<T>,
  { call, outcome }: CallOutcome<T['request']>,
  dryRun: boolean,
): Obstacle<T['step']> | undefined {
  const { targetId, region, request } = call;
  const atReview = (message: string): Obstacle<T['step']> => ({ targetId, message, step: 'review' });
  const facts = [wording.form.requestText(request), plain(region)] as const;
  switch (outcome.kind) {
    case 'passed':
    case 'untried':
    case 'done':
      return undefined;
    case 'refused':
      return { targetId, ...refusalOf(wording, outcome.error, request) };
    case 'unanswered':
      return dryRun
        ? atReview(
            vscode.l10n.t(
              'The dry run was not answered. There is no image “{0}” in {1} yet. You will be notified if one appears. {2}',
              ...facts,
              describeError(outcome.error).message,
            ),
          )
        : { targetId, ...unanswered(wording, outcome.error, request, facts) };
    case 'under-way':
      return atReview(
        vscode.l10n.t('The image “{0}” was already requested in {1}. EC2 has not answered yet.', ...facts),
      );
    case 'not-begun':
      return atReview(
        outcome.why === 'cancelled'
          ? vscode.l10n.t('Not started, because you canceled.')
          : vscode.l10n.t('Not started, because the connection was closed.'),
      );
  }
}

function unanswered<T extends ActionTypes>(
  wording: Wording<T>,
  error: unknown,
  request: T['request'],
  facts: readonly [string, string],
): Refusal<T['step']> {
  const refusal = refusalOf(wording, error, request);
  return {
    step: refusal.step === 'review' ? (wording.form.unansweredStep ?? 'review') : refusal.step,
    message: vscode.l10n.t(
      'EC2 did not confirm whether it created “{0}” in {1}. The request is not repeated. You will be notified when the image appears. {2}',
      ...facts,
      isCancelled(error) ? vscode.l10n.t('The connection was closed.') : refusal.message,
    ),
  };
}

/** A sentence that says what to do about an error, and the step where the user can do it. */
function refusalOf<T extends ActionTypes>(
  { action, form }: Wording<T>,
  error: unknown,
  request: T['request'],
): Refusal<T['step']> {
  const { message } = describeError(error);
  if (!(error instanceof AmiError)) {
    return { message, step: 'review' };
  }
  const missing = error.kind === 'access-denied' ? missingPermission(error.message) : undefined;
  if (missing) {
    return {
      message: vscode.l10n.t(
        'The permission {0} on {1} is missing. Ask your administrator for it, then try again.',
        plain(missing.action),
        plain(missing.resource ?? '*'),
      ),
      step: 'review',
    };
  }
  const own = form.refusal(error, request);
  if (own) {
    return own;
  }
  return {
    message:
      error.kind === 'access-denied'
        ? vscode.l10n.t('Access denied. The permission {0} is required. {1}', `ec2:${action.operation}`, message)
        : message,
    step: 'review',
  };
}
