import type { ActionTypes, Draft } from '../../actions/action.ts';
import type { AmiError } from '../../core/errors.ts';
import type { Counted } from '../shared/wording.ts';
import type { Answer, StepFrame } from './quickInput.ts';
import type { Verdict } from './textInput.ts';

/** One step of the wizard. */
export interface WizardStep<T extends ActionTypes> {
  readonly id: T['step'];
  readonly title: string;
  /** Whether the step shows the notice: an obstacle that can be changed here then leads straight to it. */
  readonly showsNotice?: boolean;
  /** Whether there is more than one thing to choose: a step without a choice is left out. Absent: always. */
  hasChoice?(draft: Draft<T>): boolean;
  /** Whether what was entered can be sent: nothing else leads to the review. Absent: always. */
  isValid?(draft: Draft<T>): boolean;
  /**
   * Asks, and answers with the draft and what was entered.
   *
   * @param notice an obstacle to show before anything is entered
   */
  ask(frame: StepFrame, draft: Draft<T>, notice: Verdict | undefined): Promise<Answer<Draft<T>>>;
}

/** A sentence on what keeps a call from being done, and the step where the user can change that. */
export interface Refusal<Step extends string> {
  readonly message: string;
  readonly step: Step | 'review';
}

export interface Obstacle<Step extends string> extends Refusal<Step> {
  readonly targetId: string;
}

/** A row of the review: its subject, and the fact about it. The icon is the name of a codicon. */
export interface RowText {
  readonly icon: string;
  readonly label: string;
  readonly text: string;
}

/** The steps and the words of one action. Texts from AWS in them have been through `plain`. */
export interface ActionForm<T extends ActionTypes> {
  /** The steps before the review, in their order. */
  readonly steps: readonly WizardStep<T>[];
  /** The step that checks whether a request without an answer has made something; absent: the review. */
  readonly unansweredStep?: T['step'];
  /** Why the action cannot be done to a target, to follow a colon. */
  reasonText(reason: T['reason']): string;
  rowText(fact: T['fact']): RowText;
  /** What a request makes or changes. */
  requestText(request: T['request']): string;
  /**
   * Words for an error that means something of its own to this action; undefined: the common ones of
   * `obstacleText.ts`.
   */
  refusal(error: AmiError, request: T['request']): Refusal<T['step']> | undefined;
  readonly words: ActionWords;
}

export interface ActionWords {
  /** The titles of the steps, and the row of the review that begins the action. */
  readonly action: Counted;
  /** The row of the review that begins it for some of the targets. */
  confirmSome(count: number, of: number): string;
  /** While the targets are read. */
  readonly reading: string;
  /** A region has not answered, and its targets are left out. */
  leftOut(region: string, reason: string): string;
  /** EC2 no longer knows these targets. */
  gone(targets: string, count: number): string;
  /** The action cannot be done to the one target. */
  unfit(target: string, reason: string): string;
  /** The action cannot be done to some of the targets, which stand below with their reasons. */
  someUnfit(count: number, of: number): string;
  /** The button that goes on with the rest. */
  readonly goOn: Counted;
  readonly nothingDone: string;
  /** The user has left the wizard, which offers to go on the next time. */
  readonly left: string;
  readonly progress: Counted;
  /** Some of several calls have failed, as `text` says. */
  someFailed(done: number, of: number, text: string): string;
}

/** The step to which an obstacle leads straight: one that shows it, or else the review, which shows all. */
export function stepAfter<T extends ActionTypes>(
  { steps }: Pick<ActionForm<T>, 'steps'>,
  obstacle: Obstacle<T['step']>,
): T['step'] | 'review' {
  return steps.some(({ id, showsNotice }) => id === obstacle.step && showsNotice) ? obstacle.step : 'review';
}
