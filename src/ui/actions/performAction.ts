import * as vscode from 'vscode';
import { type ActionCall, type ActionTypes, type Target, withTargets } from '../../actions/action.ts';
import { ActionRun, type CallOutcome } from '../../actions/actionRun.ts';
import { nameAndId, plain } from '../shared/plainText.ts';
import { inBackground } from '../shared/runCommand.ts';
import { counted } from '../shared/wording.ts';
import { type ActionForm, stepAfter } from './actionForm.ts';
import type { ActionSetup } from './actionSetup.ts';
import { whileConnected } from './beginAction.ts';
import { currentTargets } from './currentTargets.ts';
import { lookAgain } from './lookAgain.ts';
import { obstacleOf } from './obstacleText.ts';
import { usableTargets } from './usableTargets.ts';
import { runWizard, type WizardStart } from './wizard.ts';

/** The failures that a notification lists one by one; the log has all. */
const listedFailures = 3;

/**
 * Leads through the wizard and does what was confirmed.
 *
 * @param known the targets as a view has loaded them
 * @throws AmiError where no region says how they are now
 */
export async function performAction<T extends ActionTypes>(
  setup: ActionSetup<T>,
  known: readonly Target[],
  signal: AbortSignal,
): Promise<void> {
  const { host, connection, form, action, onDone } = setup;
  const { isReadOnly, images, log } = host;
  const targets = await usableTargets(setup, await currentTargets(setup, known, signal));
  if (targets.length === 0) {
    return;
  }
  const run = new ActionRun<T>(setup, { connection, isReadOnly, images, onDone, log });
  const step = form.steps[0]?.id ?? 'review';
  const draft = { ...action.newChoices(targets, Date.now()), targets };
  await attempt(setup, run, { draft, step, obstacles: [], returning: false }, signal);
}

/** Runs the wizard, does what was confirmed, and offers the wizard again for what has failed. */
async function attempt<T extends ActionTypes>(
  setup: ActionSetup<T>,
  run: ActionRun<T>,
  start: WizardStart<T>,
  signal: AbortSignal,
): Promise<void> {
  const { host, form, action } = setup;
  const end = await runWizard(setup, start, run, signal);
  if (!end || end.calls.length === 0) {
    return;
  }
  const outcomes = await runAll(form, run, end.calls);
  const failures = outcomes.flatMap((tried) => obstacleOf(setup, tried, false) ?? []);
  const [first] = failures;
  if (!first) {
    return;
  }
  const sendingIds = outcomes.flatMap(({ outcome }) => (outcome.kind === 'unanswered' ? [outcome.sendingId] : []));
  const failed = new Set(failures.map(({ targetId }) => targetId));
  const left = end.draft.targets.filter(({ id }) => failed.has(id));
  const again: WizardStart<T> = {
    draft: withTargets(action, end.draft, left),
    step: first.step,
    obstacles: failures,
    returning: true,
  };
  if (end.calls.length === 1 && stepAfter(form, first) !== 'review' && sendingIds.length === 0) {
    await attempt(setup, run, again, signal);
    return;
  }
  // The command is over; the notification stays until it is read.
  inBackground(host.log, action.id, () => report({ setup, run, again, count: end.calls.length, sendingIds }));
}

/** Runs the calls and shows the progress. Never rejects. */
async function runAll<T extends ActionTypes>(
  { words, requestText }: ActionForm<T>,
  run: ActionRun<T>,
  calls: readonly ActionCall<T['request']>[],
): Promise<readonly CallOutcome<T['request']>[]> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: counted(words.progress, calls.length),
      // A request under way cannot be called back: cancelling keeps the next ones from being sent.
      cancellable: calls.length > 1,
    },
    async (progress, token) => {
      const left = new AbortController();
      token.onCancellationRequested(() => left.abort());
      return run.run(calls, left.signal, ({ request }, isOver) =>
        progress.report(isOver ? { increment: 100 / calls.length } : { message: requestText(request) }),
      );
    },
  );
}

interface Report<T extends ActionTypes> {
  readonly setup: ActionSetup<T>;
  readonly run: ActionRun<T>;
  /** Has the failures, as obstacles. */
  readonly again: WizardStart<T>;
  /** How many calls there were. */
  readonly count: number;
  /** Ids of the sendings that were not answered. */
  readonly sendingIds: readonly string[];
}

async function report<T extends ActionTypes>({ setup, run, again, count, sendingIds }: Report<T>): Promise<void> {
  const { host, connection, title, form, action, sendings } = setup;
  const look = vscode.l10n.t('Look Again');
  const tryAgain = vscode.l10n.t('Try Again…');
  const showLog = vscode.l10n.t('Show Log');
  const pressed = await vscode.window.showErrorMessage(
    failureText(form, again, count),
    ...(sendingIds.length > 0 ? [look] : []),
    tryAgain,
    showLog,
  );
  if (pressed === showLog) {
    host.log.show();
  } else if (pressed === look && sendings) {
    await lookAgain(sendings, sendingIds);
  } else if (pressed === tryAgain) {
    await whileConnected(host, title, connection, async (signal) => {
      const targets = await usableTargets(setup, await currentTargets(setup, again.draft.targets, signal));
      if (targets.length > 0) {
        await attempt(setup, run, { ...again, draft: withTargets(action, again.draft, targets) }, signal);
      }
    });
  }
}

function failureText<T extends ActionTypes>(
  { words }: ActionForm<T>,
  { draft, obstacles }: WizardStart<T>,
  count: number,
): string {
  const targetText = (targetId: string) => {
    const target = draft.targets.find(({ id }) => id === targetId);
    return target ? nameAndId(target) : plain(targetId);
  };
  const listed = obstacles
    .slice(0, listedFailures)
    .map(({ targetId, message }) => `${targetText(targetId)}: ${message}`);
  if (obstacles.length > listed.length) {
    listed.push(vscode.l10n.t('… and {0} more', obstacles.length - listed.length));
  }
  const text = listed.join(' ');
  return count === 1 ? `${counted(words.action, 1)}: ${text}` : words.someFailed(count - obstacles.length, count, text);
}
