import type { Action, ActionCall, ActionTypes } from '../../actions/action.ts';
import type { ItemOutcome } from '../../actions/actionRun.ts';
import type { Answer, Frame, Verdict } from './quickInput.ts';

/** One step of the wizard. */
export interface WizardStep<Draft, Step extends string> {
  readonly id: Step;
  readonly title: string;
  /** Whether it says the notice: what failed for a reason of this step leads straight to it. */
  readonly saysNotice?: boolean;
  /** Asks, and gives the draft with what was entered. `notice`: what to say of it before anything is entered. */
  ask(frame: Frame, draft: Draft, notice: Verdict | undefined): Promise<Answer<Draft>>;
}

/** What keeps something from being done, in words, and the step at which that can be changed. */
export interface Obstacle<Step extends string> {
  readonly item: string;
  readonly message: string;
  readonly step: Step | 'review';
}

/** A row of the review: what it is about, and what is so. The icon is the name of a codicon. */
export interface RowText {
  readonly icon: string;
  readonly label: string;
  readonly text: string;
}

/**
 * What the wizard has to know of an action: its steps, and its words. All texts may hold strangers' words that have been
 * through `plain`.
 */
export interface ActionForm<Draft, T extends ActionTypes> {
  readonly action: Action<T>;
  /** Its name in the menus. */
  readonly command: string;
  /** The steps before the review, in their order. */
  readonly steps: readonly WizardStep<Draft, T['step']>[];
  targetText(target: T['target']): string;
  /** Why it cannot be done, to follow a colon. */
  reasonText(reason: T['reason']): string;
  toInput(draft: Draft): T['input'];
  /** The same draft for some of its items. */
  narrowed(draft: Draft, items: ReadonlySet<string>): Draft;
  /** Ids of the images or instances that it is about. */
  items(draft: Draft): readonly string[];
  itemText(draft: Draft, item: string): string;
  rowText(fact: T['fact']): RowText;
  /** Undefined for what has gone well. */
  obstacle(tried: ItemOutcome<T['request']>, dryRun: boolean): Obstacle<T['step']> | undefined;
  /** What stands beside the progress while a call is under way. */
  callText(call: ActionCall<T['request']>): string;
  readonly words: ActionWords;
}

/** The step to which an obstacle leads straight: one that says it; the review says all of them. */
export function stepAfter<Draft, T extends ActionTypes>(
  { steps }: Pick<ActionForm<Draft, T>, 'steps'>,
  obstacle: Obstacle<T['step']>,
): T['step'] | 'review' {
  return steps.some(({ id, saysNotice }) => id === obstacle.step && saysNotice) ? obstacle.step : 'review';
}

export interface ActionWords {
  /** It cannot be done to the one that was chosen; `text` says which and why. */
  unfit(text: string): string;
  /** It cannot be done to some of those chosen, which are then told one by one. */
  someUnfit(count: number, of: number): string;
  /** The button to go on with the rest. */
  goOn(count: number): string;
  /** In the title of each step. */
  title(count: number): string;
  /** The line of the review that begins it, for all or some of the items. */
  confirm(count: number, of: number): string;
  readonly nothingDone: string;
  progress(count: number): string;
  /** Of `count` items as many as `failed` have failed, as `text` says. */
  failed(count: number, failed: number, text: string): string;
}
