import * as vscode from 'vscode';
import type { ActionTypes, Draft, Plan, Row } from '../../actions/action.ts';
import { nameAndId, plain } from '../shared/plainText.ts';
import { counted } from '../shared/wording.ts';
import { type ActionForm, type Obstacle, stepAfter } from './actionForm.ts';
import { type Answer, ask, type StepFrame } from './quickInput.ts';
import { stepsWithChoice } from './wizardPath.ts';

/** Begin for all targets, or for those of which the dry run has passed, or return to a step. */
export type ReviewAnswer<Step extends string> = 'all' | 'passed' | 'review' | Step;

export interface DryRunResult<Step extends string> {
  readonly obstacles: readonly Obstacle<Step>[];
  /** How many of the calls have passed it. */
  readonly passed: number;
  /** The endpoint has carried some of the calls out: the rest needs another review. */
  readonly isOutdated: boolean;
}

export interface Reviewed<T extends ActionTypes> {
  readonly frame: StepFrame;
  readonly draft: Draft<T>;
  readonly plan: Plan<T>;
  /** The obstacles of the attempt before. */
  readonly obstacles: readonly Obstacle<T['step']>[];
}

interface ReviewItem<Step extends string> extends vscode.QuickPickItem {
  readonly leadsTo?: ReviewAnswer<Step>;
}

/**
 * Shows each fact of the plan in a line. The first line begins with the dry run; any other leads back to the step that
 * decides it.
 */
export function askReview<T extends ActionTypes>(
  form: ActionForm<T>,
  { frame, draft, plan, obstacles }: Reviewed<T>,
  dryRun: (left: AbortSignal) => Promise<DryRunResult<T['step']>>,
): Promise<Answer<ReviewAnswer<T['step']>>> {
  const { words } = form;
  const pick = vscode.window.createQuickPick<ReviewItem<T['step']>>();
  const count = plan.calls.length;
  const abort = new AbortController();
  const steps = new Set(stepsWithChoice(form.steps, draft).map(({ id }) => id));
  // What is decided by a step that is left out cannot be edited.
  const rows = plan.rows.map((row) => ({ ...row, step: row.step && steps.has(row.step) ? row.step : undefined }));
  pick.matchOnDescription = true;
  pick.placeholder = vscode.l10n.t('Nothing has been done in AWS yet. Select a row to change it.');
  const confirm = (some: number, description: string, leadsTo: 'all' | 'passed') => ({
    label: `$(check) ${some === count ? counted(words.action, count) : words.confirmSome(some, count)}`,
    description,
    leadsTo,
    alwaysShow: true,
  });
  const show = (found: readonly Obstacle<T['step']>[], passed = 0) => {
    pick.items = [
      confirm(count, vscode.l10n.t('As listed below, after a dry run'), 'all'),
      ...(passed > 0 ? [confirm(passed, vscode.l10n.t('Only those whose dry run succeeded'), 'passed')] : []),
      ...found.flatMap(({ targetId, message, step }) => {
        const target = draft.targets.find(({ id }) => id === targetId);
        return lines(`$(error) ${target ? nameAndId(target) : plain(targetId)}`, message, step);
      }),
      ...rowItems(form, rows),
    ];
    pick.activeItems = pick.items.slice(0, 1);
  };
  return ask<ReviewAnswer<T['step']>>(pick, frame, {
    value: () => 'all',
    begin: ({ done }) => {
      show(obstacles);
      pick.onDidAccept(async () => {
        const leadsTo = pick.activeItems[0]?.leadsTo;
        if (leadsTo === undefined || pick.busy) {
          return;
        }
        if (leadsTo !== 'all') {
          done({ kind: 'next', value: leadsTo });
          return;
        }
        pick.busy = true;
        pick.enabled = false;
        pick.placeholder = vscode.l10n.t('Checking with EC2 whether this would succeed (dry run)…');
        const left = AbortSignal.any([abort.signal, frame.signal]);
        const { obstacles: found, passed, isOutdated } = await dryRun(left);
        if (abort.signal.aborted) {
          return;
        }
        const [first] = found;
        if (!first) {
          done({ kind: 'next', value: 'all' });
        } else if (isOutdated || stepAfter(form, first) !== 'review') {
          done({ kind: 'next', value: stepAfter(form, first) });
        } else {
          pick.placeholder = words.nothingDone;
          pick.busy = false;
          pick.enabled = true;
          show(found, passed);
        }
      });
    },
    end: () => abort.abort(),
  });
}

function rowItems<T extends ActionTypes>(
  form: ActionForm<T>,
  rows: readonly Row<T['fact'], T['step']>[],
): ReviewItem<T['step']>[] {
  return rows.flatMap(({ targetId, fact, step, isWarning }, index) => {
    const { icon, label, text } = form.rowText(fact);
    const begins = index === 0 || rows[index - 1]?.targetId !== targetId;
    return [
      // A separator with a label would take the space of the first line's text.
      ...(begins ? [{ label: '', kind: vscode.QuickPickItemKind.Separator }] : []),
      ...lines(`$(${isWarning ? 'warning' : icon}) ${label}`, text, step),
    ];
  });
}

/** Characters that a line of the quick pick surely shows; longer texts are wrapped. */
const lineLength = 80;

/** Wraps a fact over as many lines as it takes, since the quick pick would cut it off. */
function lines<Step extends string>(label: string, text: string, leadsTo: Step | undefined): ReviewItem<Step>[] {
  const icon = /^\$\([\w-]+\) /.exec(label)?.[0] ?? '';
  const [name = '', ...more] = wrap(label.slice(icon.length), lineLength, lineLength);
  const [first = '', ...rest] = wrap(text, lineLength - (more.length > 0 ? 0 : name.length), lineLength);
  const item = (label: string, description: string): ReviewItem<Step> => ({
    label,
    description,
    ...(leadsTo === undefined ? {} : { leadsTo }),
  });
  return more.length === 0
    ? [item(icon + name, first), ...rest.map((line) => item('\u2003', line))]
    : [item(icon + name, ''), ...[...more, first, ...rest].map((line) => item('\u2003', line))];
}

/** Breaks at spaces where there are any in the second half of the line. */
function wrap(text: string, firstLength: number, length: number): readonly string[] {
  const result: string[] = [];
  let rest = text;
  for (let room = Math.max(20, firstLength); rest.length > room; room = length) {
    const space = rest.lastIndexOf(' ', room);
    const end = space > room / 2 ? space : room;
    result.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...result, rest];
}
