import * as vscode from 'vscode';
import type { ActionCall, ActionTypes, Plan, Readers } from '../../actions/action.ts';
import type { ActionRun } from '../../actions/actionRun.ts';
import type { ActionForm, Obstacle } from './actionForm.ts';
import type { Answer, Frame, Verdict } from './quickInput.ts';
import { askReview } from './review.ts';

/** Where the wizard begins, and what is to be said there: after a failure, with all that was entered. */
export interface WizardStart<Draft, Step extends string> {
  readonly draft: Draft;
  readonly step: Step | 'review';
  readonly obstacles: readonly Obstacle<Step>[];
  /** Whether all steps have been gone through before: the first one then leads to the review. */
  readonly returning: boolean;
}

export interface WizardEnd<Draft, Request> {
  readonly draft: Draft;
  /** Without those that a dry run has carried out. */
  readonly calls: readonly ActionCall<Request>[];
}

/**
 * Asks step by step, back and forth, until the user has confirmed the review and the dry run has passed; undefined when the
 * user leaves, which does nothing. Rejects with AmiError where the plan does.
 */
export async function runWizard<Draft, T extends ActionTypes>(
  form: ActionForm<Draft, T>,
  start: WizardStart<Draft, T['step']>,
  run: Pick<ActionRun<T>, 'rehearse'>,
  readers: Readers,
  signal: AbortSignal,
): Promise<WizardEnd<Draft, T['request']> | undefined> {
  const order: readonly (T['step'] | 'review')[] = [...form.steps.map(({ id }) => id), 'review'];
  let { draft, obstacles, step } = start;
  // A step that was returned to from the review leads to the review again.
  let { returning } = start;
  const planNow = () => form.action.plan(form.toInput(draft), readers, signal);
  for (;;) {
    const at = order.indexOf(step);
    const frame = frameOf(form, draft, at, signal);
    const asked = form.steps[at];
    let kind: Answer<Draft>['kind'];
    if (asked) {
      const entered = await asked.ask(frame, draft, noticeFor(step, obstacles));
      if (entered.kind !== 'cancel') {
        draft = entered.value;
      }
      kind = entered.kind;
    } else {
      const reviewed = await review(form, { frame, draft, plan: await planNow(), obstacles, run });
      ({ draft, obstacles } = reviewed);
      const { answer } = reviewed;
      if (answer.kind === 'next') {
        if (answer.value === 'all' || answer.value === 'passed') {
          return { draft, calls: form.items(draft).length === 0 ? [] : (await planNow()).calls };
        }
        step = answer.value;
        returning = true;
        continue;
      }
      kind = answer.kind;
    }
    if (kind === 'cancel') {
      return undefined;
    }
    // What stood in the way has been read, and maybe changed.
    obstacles = obstacles.filter((obstacle) => obstacle.step !== step);
    if (kind === 'back') {
      returning = returning && asked !== undefined;
      step = order[Math.max(0, at - 1)] ?? 'review';
    } else {
      step = returning ? 'review' : (order[at + 1] ?? 'review');
      returning = returning && step !== 'review';
    }
  }
}

interface Reviewing<Draft, T extends ActionTypes> {
  readonly frame: Frame;
  readonly draft: Draft;
  readonly plan: Plan<T['request'], T['fact'], T['step']>;
  readonly obstacles: readonly Obstacle<T['step']>[];
  readonly run: Pick<ActionRun<T>, 'rehearse'>;
}

/** The review of a plan, with its dry run. What that has done is done: it is in the draft no longer. */
async function review<Draft, T extends ActionTypes>(form: ActionForm<Draft, T>, reviewing: Reviewing<Draft, T>) {
  const { frame, plan, run } = reviewing;
  let { draft, obstacles } = reviewing;
  let passed: ReadonlySet<string> = new Set();
  const answer = await askReview(form, { frame, draft, plan, obstacles }, async (left) => {
    const tried = await run.rehearse(plan.calls, left);
    const itemsOf = (kind: 'passed' | 'done') =>
      new Set(tried.flatMap(({ call, outcome }) => (outcome.kind === kind ? [call.item] : [])));
    const done = itemsOf('done');
    passed = itemsOf('passed');
    obstacles = tried.flatMap((one) => form.obstacle(one, true) ?? []);
    draft = form.narrowed(draft, new Set(form.items(draft).filter((item) => !done.has(item))));
    return { obstacles, passed: passed.size, isOutdated: done.size > 0 };
  });
  if (answer.kind === 'next' && answer.value === 'passed') {
    draft = form.narrowed(draft, passed);
  }
  return { answer, draft, obstacles };
}

function frameOf<Draft, T extends ActionTypes>(
  form: ActionForm<Draft, T>,
  draft: Draft,
  at: number,
  signal: AbortSignal,
): Frame {
  const title = form.steps[at]?.title ?? vscode.l10n.t('Review');
  return {
    title: `${form.words.title(form.items(draft).length)}: ${title}`,
    step: at + 1,
    totalSteps: form.steps.length + 1,
    signal,
  };
}

function noticeFor<Step extends string>(step: Step, obstacles: readonly Obstacle<Step>[]): Verdict | undefined {
  const obstacle = obstacles.find((candidate) => candidate.step === step);
  return obstacle && { severity: 'error', message: obstacle.message };
}
