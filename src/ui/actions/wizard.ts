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
import type { Answer, StepFrame } from './quickInput.ts';
import { askReview } from './review.ts';
import type { Verdict } from './textInput.ts';
import { placeAfter, placeIn, stepsWithChoice, type WizardPlace } from './wizardPath.ts';

/** Where the wizard begins, with the obstacles of an attempt before. */
export interface WizardStart<T extends ActionTypes> extends WizardPlace<T['step']> {
  readonly draft: Draft<T>;
  readonly obstacles: readonly Obstacle<T['step']>[];
}

export type WizardEnd<T extends ActionTypes> =
  | {
      readonly kind: 'confirmed';
      readonly draft: Draft<T>;
      /** The calls that the user has reviewed, without those that a dry run has carried out. */
      readonly calls: readonly ActionCall<T['request']>[];
    }
  /** The user has left at a place, with all that was entered. Nothing is done. */
  | ({ readonly kind: 'left'; readonly draft: Draft<T> } & WizardPlace<T['step']>);

/** Asks step by step, back and forth, until the user has confirmed the review and the dry run has passed, or leaves. */
export async function runWizard<T extends ActionTypes>(
  setup: Pick<ActionSetup<T>, 'action' | 'form'>,
  start: WizardStart<T>,
  run: Pick<ActionRun<T>, 'dryRun'>,
  signal: AbortSignal,
): Promise<WizardEnd<T>> {
  const { action, form } = setup;
  const { steps } = form;
  let { draft, obstacles } = start;
  let place = placeIn(steps, draft, start);
  for (;;) {
    const { step } = place;
    const frame = frameOf(form, draft, step, signal);
    const asked = steps.find(({ id }) => id === step);
    let kind: Answer<unknown>['kind'];
    if (asked) {
      const answer = await asked.ask(frame, draft, noticeFor(step, obstacles));
      draft = answer.value;
      kind = answer.kind;
    } else {
      const plan = action.plan(draft);
      const reviewed = await review(setup, { frame, draft, plan, obstacles, run });
      ({ draft, obstacles } = reviewed);
      const { answer } = reviewed;
      if (answer.kind === 'next') {
        if (answer.value === 'all' || answer.value === 'passed') {
          const left = idsOf(draft.targets);
          return { kind: 'confirmed', draft, calls: plan.calls.filter(({ targetId }) => left.has(targetId)) };
        }
        place = placeIn(steps, draft, { step: answer.value, returning: true });
        continue;
      }
      kind = answer.kind;
    }
    if (kind === 'cancel') {
      return { kind: 'left', draft, ...place };
    }
    // The user has read the obstacles of this step, and may have removed them.
    obstacles = obstacles.filter((obstacle) => obstacle.step !== step);
    place = placeAfter(steps, draft, place, kind);
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
  draft: Draft<T>,
  step: T['step'] | 'review',
  signal: AbortSignal,
): StepFrame {
  const shown = stepsWithChoice(steps, draft);
  const at = shown.findIndex(({ id }) => id === step);
  const title = shown[at]?.title ?? vscode.l10n.t('Review');
  return {
    title: `${counted(words.action, draft.targets.length)}: ${title}`,
    step: (at < 0 ? shown.length : at) + 1,
    totalSteps: shown.length + 1,
    offersReview: step !== 'review',
    signal,
  };
}

function noticeFor<Step extends string>(step: Step, obstacles: readonly Obstacle<Step>[]): Verdict | undefined {
  const obstacle = obstacles.find((candidate) => candidate.step === step);
  return obstacle && { severity: 'error', message: obstacle.message };
}
