import type { ActionTypes, Draft } from '../../actions/action.ts';
import type { WizardStep } from './actionForm.ts';

/** Where the user is: at a step, or at the review. */
export interface WizardPlace<Step extends string> {
  readonly step: Step | 'review';
  /** Whether the step was reached from the review, or by passing others over: it leads to the review. */
  readonly returning: boolean;
}

/** The steps in which there is something to choose. */
export function stepsWithChoice<T extends ActionTypes>(
  steps: readonly WizardStep<T>[],
  draft: Draft<T>,
): readonly WizardStep<T>[] {
  return steps.filter((step) => step.hasChoice?.(draft) ?? true);
}

export function firstPlace<T extends ActionTypes>(
  steps: readonly WizardStep<T>[],
  draft: Draft<T>,
): WizardPlace<T['step']> {
  return { step: stepsWithChoice(steps, draft)[0]?.id ?? 'review', returning: false };
}

/**
 * Where an answer leads.
 *
 * @param steps all steps of the wizard
 * @param draft with the answer in it
 */
export function placeAfter<T extends ActionTypes>(
  steps: readonly WizardStep<T>[],
  draft: Draft<T>,
  { step, returning }: WizardPlace<T['step']>,
  kind: 'next' | 'review' | 'back',
): WizardPlace<T['step']> {
  // An answer may have taken its own step away, or added the one behind it.
  const at = step === 'review' ? steps.length : steps.findIndex(({ id }) => id === step);
  const before = stepsWithChoice(steps.slice(0, at), draft).at(-1);
  const after = stepsWithChoice(steps.slice(at + 1), draft)[0];
  if (kind === 'back') {
    return { step: before?.id ?? step, returning: returning && step !== 'review' };
  }
  return kind === 'next' && !returning && after ? { step: after.id, returning: false } : reviewOf(steps, draft);
}

/** The review, or the first step whose answer cannot be sent, which then leads to the review. */
export function reviewOf<T extends ActionTypes>(
  steps: readonly WizardStep<T>[],
  draft: Draft<T>,
): WizardPlace<T['step']> {
  const invalid = stepsWithChoice(steps, draft).find((step) => !(step.isValid?.(draft) ?? true));
  return invalid ? { step: invalid.id, returning: true } : { step: 'review', returning: false };
}

/** The place itself, or the review where the step is left out. */
export function placeIn<T extends ActionTypes>(
  steps: readonly WizardStep<T>[],
  draft: Draft<T>,
  place: WizardPlace<T['step']>,
): WizardPlace<T['step']> {
  const exists = stepsWithChoice(steps, draft).some(({ id }) => id === place.step);
  return exists ? place : reviewOf(steps, draft);
}
