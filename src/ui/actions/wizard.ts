import * as vscode from 'vscode';
import {
  type ActionCall,
  type ActionTypes,
  type Draft,
  type Plan,
  type Target,
  withTargets,
} from '../../actions/action.ts';
import type { ActionRun, Outcome } from '../../actions/actionRun.ts';
import { counted } from '../shared/wording.ts';
import type { ActionForm, Obstacle } from './actionForm.ts';
import type { ActionSetup } from './actionSetup.ts';
import { obstacleOf } from './obstacleText.ts';
import type { Answer, StepFrame, Verdict } from './quickInput.ts';
import { askReview } from './review.ts';

/** Where the wizard begins, with the obstacles of an attempt before. */
export interface WizardStart<T extends ActionTypes> {
  readonly draft: Draft<T>;
  readonly step: T['step'] | 'review';
  readonly obstacles: readonly Obstacle<T['step']>[];
  /** Whether the user has been through all steps before: the first one then leads to the review. */
  readonly returning: boolean;
}

export interface WizardEnd<T extends ActionTypes> {
  readonly draft: Draft<T>;
  /** The calls that the user has reviewed, without those that a dry run has carried out. */
  readonly calls: readonly ActionCall<T['request']>[];
}

/**
 * Asks step by step, back and forth, until the user has confirmed the review and the dry run has passed; undefined when
 * the user leaves, which does nothing.
 */
export async function runWizard<T extends ActionTypes>(
  setup: Pick<ActionSetup<T>, 'action' | 'form'>,
  start: WizardStart<T>,
  run: Pick<ActionRun<T>, 'dryRun'>,
  signal: AbortSignal,
): Promise<WizardEnd<T> | undefined> {
  const { action, form } = setup;
  const order: readonly (T['step'] | 'review')[] = [...form.steps.map(({ id }) => id), 'review'];
  let { draft, obstacles, step } = start;
  // A step that the user returned to from the review leads to the review again.
  let { returning } = start;
  for (;;) {
    const at = order.indexOf(step);
    const frame = frameOf(form, draft, at, signal);
    const asked = form.steps[at];
    let kind: Answer<unknown>['kind'];
    if (asked) {
      const entered = await asked.ask(frame, draft, noticeFor(step, obstacles));
      if (entered.kind !== 'cancel') {
        draft = entered.value;
      }
      kind = entered.kind;
    } else {
      const plan = action.plan(draft);
      const reviewed = await review(setup, { frame, draft, plan, obstacles, run });
      ({ draft, obstacles } = reviewed);
      const { answer } = reviewed;
      if (answer.kind === 'next') {
        if (answer.value === 'all' || answer.value === 'passed') {
          const left = idsOf(draft.targets);
          return { draft, calls: plan.calls.filter(({ targetId }) => left.has(targetId)) };
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
    // The user has read the obstacles of this step, and may have removed them.
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

interface Reviewing<T extends ActionTypes> {
  readonly frame: StepFrame;
  readonly draft: Draft<T>;
  readonly plan: Plan<T>;
  readonly obstacles: readonly Obstacle<T['step']>[];
  readonly run: Pick<ActionRun<T>, 'dryRun'>;
}

/** The review of a plan, with its dry run. The draft that it answers with is without what a dry run has carried out. */
async function review<T extends ActionTypes>(
  setup: Pick<ActionSetup<T>, 'action' | 'form'>,
  { frame, plan, run, ...before }: Reviewing<T>,
) {
  const { action, form } = setup;
  let { draft, obstacles } = before;
  let passed: readonly T['target'][] = [];
  const answer = await askReview(form, { frame, draft, plan, obstacles }, async (left) => {
    const tried = await run.dryRun(plan.calls, left);
    const those = (...kinds: readonly Outcome['kind'][]) => {
      const ids = new Set(tried.flatMap(({ call, outcome }) => (kinds.includes(outcome.kind) ? [call.targetId] : [])));
      return before.draft.targets.filter(({ id }) => ids.has(id));
    };
    passed = those('passed', 'untried');
    const done = idsOf(those('done'));
    obstacles = tried.flatMap((one) => obstacleOf(setup, one, true) ?? []);
    const others = before.draft.targets.filter(({ id }) => !done.has(id));
    draft = withTargets(action, draft, others);
    return { obstacles, passed: passed.length, isOutdated: done.size > 0 };
  });
  if (answer.kind === 'next' && answer.value === 'passed') {
    draft = withTargets(action, draft, passed);
  }
  return { answer, draft, obstacles };
}

function idsOf(targets: readonly Target[]): ReadonlySet<string> {
  return new Set(targets.map(({ id }) => id));
}

function frameOf<T extends ActionTypes>(
  { steps, words }: ActionForm<T>,
  { targets }: Draft<T>,
  at: number,
  signal: AbortSignal,
): StepFrame {
  const title = steps[at]?.title ?? vscode.l10n.t('Review');
  return {
    title: `${counted(words.action, targets.length)}: ${title}`,
    step: at + 1,
    totalSteps: steps.length + 1,
    signal,
  };
}

function noticeFor<Step extends string>(step: Step, obstacles: readonly Obstacle<Step>[]): Verdict | undefined {
  const obstacle = obstacles.find((candidate) => candidate.step === step);
  return obstacle && { severity: 'error', message: obstacle.message };
}
