import * as vscode from 'vscode';
import type { ActionCall, ActionTypes } from '../../actions/action.ts';
import { ActionRun, type ItemOutcome } from '../../actions/actionRun.ts';
import type { IsReadOnly } from '../../actions/readOnly.ts';
import type { Connection } from '../../ec2/port.ts';
import type { ConnectionImages } from '../../images/connectionImages.ts';
import type { Sendings } from '../../images/watches/sending.ts';
import type { Session } from '../session/session.ts';
import { inBackground } from '../shared/runCommand.ts';
import { type ActionForm, type Obstacle, stepAfter } from './actionForm.ts';
import { whileConnected } from './whileConnected.ts';
import { runWizard, type WizardStart } from './wizard.ts';

export interface ActionHost<T extends ActionTypes> {
  readonly session: Pick<Session, 'state' | 'connection' | 'onDidChange'>;
  readonly isReadOnly: IsReadOnly;
  readonly creations: Sendings<T['soughtBy']>;
  readonly images: Pick<ConnectionImages, 'of'>;
  /** The id of what has shown of a request that was not answered, by the id of its sending. */
  readonly shown: (sendingId: string) => string | undefined;
  readonly onDone: (connection: Connection, call: ActionCall<T['request']>, id: string, dryRun: boolean) => void;
  /** Looks once more for what requests without an answer have made, and tells. */
  readonly lookAgain: (sendingIds: readonly string[]) => Promise<void>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error' | 'show'>;
}

/** An action in the hands of the user. */
export interface Performance<Draft, T extends ActionTypes> {
  readonly host: ActionHost<T>;
  readonly connection: Connection;
  readonly form: ActionForm<Draft, T>;
  /** The draft with its items as they are now, for another attempt; undefined where none is left, or the user leaves. */
  readonly refreshed: (draft: Draft, signal: AbortSignal) => Promise<Draft | undefined>;
}

/** The failures that a notification tells one by one; the log has all. */
const toldFailures = 3;

/** Leads through the wizard and does what was confirmed. Rejects with AmiError where the plan cannot be made. */
export async function performAction<Draft, T extends ActionTypes>(
  performance: Performance<Draft, T>,
  draft: Draft,
  signal: AbortSignal,
): Promise<void> {
  const { host, connection, form } = performance;
  const { isReadOnly, creations, images, shown, log } = host;
  const run = new ActionRun(form.action, {
    connection,
    isReadOnly,
    creations,
    images,
    shown,
    onDone: (call, id, dryRun) => host.onDone(connection, call, id, dryRun),
    log,
  });
  const step = form.steps[0]?.id ?? 'review';
  await attempt(performance, run, { draft, step, obstacles: [], returning: false }, signal);
}

/** Runs the wizard, does what was confirmed, and offers the wizard again for what has failed. */
async function attempt<Draft, T extends ActionTypes>(
  performance: Performance<Draft, T>,
  run: ActionRun<T>,
  start: WizardStart<Draft, T['step']>,
  signal: AbortSignal,
): Promise<void> {
  const { host, connection, form } = performance;
  const end = await runWizard(form, start, run, connection.ec2, signal);
  if (!end || end.calls.length === 0) {
    return;
  }
  const outcomes = await runAll(form, run, end.calls);
  const failures = outcomes.flatMap((tried) => form.obstacle(tried, false) ?? []);
  const [first] = failures;
  if (!first) {
    return;
  }
  const sendingIds = outcomes.flatMap(({ outcome }) => (outcome.kind === 'unanswered' ? [outcome.sendingId] : []));
  const again: WizardStart<Draft, T['step']> = {
    draft: form.narrowed(end.draft, new Set(failures.map(({ item }) => item))),
    step: first.step,
    obstacles: failures,
    returning: true,
  };
  if (end.calls.length === 1 && stepAfter(form, first) !== 'review' && sendingIds.length === 0) {
    await attempt(performance, run, again, signal);
    return;
  }
  // The command is over; the notification stays until it is read.
  inBackground(host.log, form.action.id, () =>
    report({ performance, run, again, count: end.calls.length, failures, sendingIds }),
  );
}

/** Does it, and shows how far it is. Never rejects. */
async function runAll<Draft, T extends ActionTypes>(
  form: ActionForm<Draft, T>,
  run: ActionRun<T>,
  calls: readonly ActionCall<T['request']>[],
): Promise<readonly ItemOutcome<T['request']>[]> {
  const several = calls.length > 1;
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: form.words.progress(calls.length),
      // A request under way cannot be called back: cancelling keeps the next ones from being sent.
      cancellable: several,
    },
    async (progress, token) => {
      const left = new AbortController();
      token.onCancellationRequested(() => left.abort());
      return run.run(calls, left.signal, (call, isOver) =>
        progress.report(isOver ? { increment: 100 / calls.length } : { message: form.callText(call) }),
      );
    },
  );
}

interface Report<Draft, T extends ActionTypes> {
  readonly performance: Performance<Draft, T>;
  readonly run: ActionRun<T>;
  readonly again: WizardStart<Draft, T['step']>;
  /** How many calls there were. */
  readonly count: number;
  readonly failures: readonly Obstacle<T['step']>[];
  /** Of the calls that were not answered. */
  readonly sendingIds: readonly string[];
}

async function report<Draft, T extends ActionTypes>(about: Report<Draft, T>): Promise<void> {
  const { performance, run, again, count, failures, sendingIds } = about;
  const { host, connection, form, refreshed } = performance;
  const told = failures
    .slice(0, toldFailures)
    .map(({ item, message }) => `${form.itemText(again.draft, item)}: ${message}`);
  if (failures.length > told.length) {
    told.push(vscode.l10n.t('… and {0} more', failures.length - told.length));
  }
  const lookAgain = vscode.l10n.t('Look Again');
  const tryAgain = vscode.l10n.t('Try Again…');
  const showLog = vscode.l10n.t('Show Log');
  const pressed = await vscode.window.showErrorMessage(
    form.words.failed(count, failures.length, told.join(' ')),
    ...(sendingIds.length > 0 ? [lookAgain] : []),
    tryAgain,
    showLog,
  );
  if (pressed === showLog) {
    host.log.show();
  } else if (pressed === lookAgain) {
    await host.lookAgain(sendingIds);
  } else if (pressed === tryAgain) {
    await whileConnected(host, form.command, connection, async (signal) => {
      const draft = await refreshed(again.draft, signal);
      if (draft !== undefined) {
        await attempt(performance, run, { ...again, draft }, signal);
      }
    });
  }
}
