import * as vscode from 'vscode';
import { type ActionCall, type ActionTypes, type Draft, type Target, withTargets } from '../../actions/action.ts';
import { ActionRun, type CallOutcome } from '../../actions/actionRun.ts';
import { type AccountScope, accountScopeOf } from '../../core/accountScope.ts';
import { nameAndId, plain } from '../shared/plainText.ts';
import { inBackground } from '../shared/runCommand.ts';
import { counted, sentencesText } from '../shared/wording.ts';
import { type ActionForm, stepAfter } from './actionForm.ts';
import type { ActionSetup } from './actionSetup.ts';
import { askToGoOn } from './askToGoOn.ts';
import { whileConnected } from './beginAction.ts';
import { currentTargets } from './currentTargets.ts';
import { lookAgain } from './lookAgain.ts';
import { obstacleOf } from './obstacleText.ts';
import { usableTargets } from './usableTargets.ts';
import { runWizard, type WizardStart } from './wizard.ts';
import { firstPlace } from './wizardPath.ts';

/** How long (ms) the status bar says that the wizard goes on where it was left. */
const leftDuration = 8_000;

/** The failures that a notification lists one by one; the log has all. */
const listedFailures = 3;

/**
 * Leads through the wizard and does what was confirmed. Where the user has left it before, it offers to go on there.
 *
 * @param given the targets as a view has loaded them; the user chooses where there are none
 * @throws AmiError where no region says how they are now
 */
export async function performAction<T extends ActionTypes>(
  setup: ActionSetup<T>,
  given: readonly Target[],
  choose: () => Promise<readonly Target[]>,
  signal: AbortSignal,
): Promise<void> {
  const { host, connection, form, action, left, onDone } = setup;
  const { session, isReadOnly, images, log } = host;
  const scope = accountScopeOf(connection, session.identity?.account);
  const before = left.find(scope, given);
  const answer = before && (await askToGoOn(setup, before, signal));
  if (answer === 'cancel') {
    return;
  }
  const goesOn = answer === 'go-on' ? before : undefined;
  const known = goesOn?.draft.targets ?? (given.length > 0 ? given : await choose());
  const targets = await usableTargets(setup, await currentTargets(setup, known, signal));
  if (targets.length === 0) {
    return;
  }
  if (before) {
    left.forget(scope, before.draft.targets);
  }
  const run = new ActionRun<T>(setup, { connection, isReadOnly, images, onDone, log });
  const draft = goesOn
    ? withTargets(action, goesOn.draft, targets)
    : { ...action.newChoices(targets, Date.now()), targets };
  const place = goesOn ?? firstPlace(form.steps, draft);
  await attempt({ setup, scope, run }, { ...place, draft, obstacles: [] }, goesOn === undefined, signal);
}

/** What the attempts of one action have in common. */
interface Attempts<T extends ActionTypes> {
  readonly setup: ActionSetup<T>;
  /** The account. */
  readonly scope: AccountScope;
  readonly run: ActionRun<T>;
}

/**
 * Runs the wizard, does what was confirmed, and offers the wizard again for what has failed.
 *
 * @param isNew whether nothing has been entered so far
 */
async function attempt<T extends ActionTypes>(
  attempts: Attempts<T>,
  start: WizardStart<T>,
  isNew: boolean,
  signal: AbortSignal,
): Promise<void> {
  const { setup, scope, run } = attempts;
  const { host, form, action, left, inBatch } = setup;
  left.forget(scope, start.draft.targets);
  const end = await runWizard(setup, start, run, signal);
  if (end.kind === 'left') {
    if (end.draft.targets.length > 0 && !(isNew && isUntouched(start, end))) {
      // Where the connection has ended the wizard, that is said, and another account has nothing to continue.
      const notice = signal.aborted ? undefined : vscode.window.setStatusBarMessage(form.words.left, leftDuration);
      left.keep(scope, end, notice);
    }
    return;
  }
  if (end.calls.length === 0) {
    return;
  }
  const send = () => runAll(form, run, end.calls);
  const outcomes = await (inBatch && end.calls.length > 1 ? inBatch(send) : send());
  const failures = outcomes.flatMap((tried) => obstacleOf(setup, tried, false) ?? []);
  const [first] = failures;
  if (!first) {
    return;
  }
  const sendingIds = outcomes.flatMap(({ outcome }) => (outcome.kind === 'unanswered' ? [outcome.sendingId] : []));
  const failed = new Set(failures.map(({ targetId }) => targetId));
  const again: WizardStart<T> = {
    draft: withTargets(
      action,
      end.draft,
      end.draft.targets.filter(({ id }) => failed.has(id)),
    ),
    step: first.step,
    obstacles: failures,
    returning: true,
  };
  if (end.calls.length === 1 && stepAfter(form, first) !== 'review' && sendingIds.length === 0) {
    await attempt(attempts, again, false, signal);
    return;
  }
  // What EC2 may have made is looked for: it is not offered as if it were not.
  if (sendingIds.length === 0) left.keep(scope, again);
  // The command is over; the notification stays until it is read.
  inBackground(host.log, action.id, () => report({ ...attempts, again, count: end.calls.length, sendingIds }));
}

/** Whether the user has left the first step as it was. */
function isUntouched<T extends ActionTypes>(
  start: WizardStart<T>,
  end: { readonly draft: Draft<T>; readonly step: T['step'] | 'review' },
): boolean {
  return start.step === end.step && JSON.stringify(start.draft) === JSON.stringify(end.draft);
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

interface Report<T extends ActionTypes> extends Attempts<T> {
  /** Has the failures, as obstacles. */
  readonly again: WizardStart<T>;
  /** How many calls there were. */
  readonly count: number;
  /** Ids of the sendings that were not answered. */
  readonly sendingIds: readonly string[];
}

async function report<T extends ActionTypes>({ again, count, sendingIds, ...attempts }: Report<T>): Promise<void> {
  const { setup } = attempts;
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
        await attempt(attempts, { ...again, draft: withTargets(action, again.draft, targets) }, false, signal);
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
  const text = sentencesText(listed);
  return count === 1 ? `${counted(words.action, 1)}: ${text}` : words.someFailed(count - obstacles.length, count, text);
}
