import type { Trace, UnansweredRequests } from '../core/lostAnswers.ts';
import type { DryRunAnswer, ImageActions } from '../ec2/actionPort.ts';

/** What an action is done to: an image or an instance. */
export interface Target {
  readonly region: string;
  readonly id: string;
  /** Absent where only the id is known. */
  readonly name?: string;
}

/** One request, about one target. */
export interface ActionCall<Request> {
  readonly targetId: string;
  readonly region: string;
  readonly request: Request;
}

/** One fact of what is going to happen. Rows of one target stand together; those without one are about all targets. */
export interface Row<Fact, Step> {
  readonly targetId: string | undefined;
  readonly fact: Fact;
  /** The step that decides it; undefined where the user cannot. */
  readonly step: Step | undefined;
  /** Shown as a warning in the review. */
  readonly isWarning?: boolean;
}

export interface Plan<T extends ActionTypes> {
  readonly rows: readonly Row<T['fact'], T['step']>[];
  readonly calls: readonly ActionCall<T['request']>[];
}

/** The types of one action. */
export interface ActionTypes {
  readonly target: Target;
  /** Why the action cannot be done to a target. */
  readonly reason: unknown;
  /** What the user enters in the steps. */
  readonly choices: object;
  readonly request: unknown;
  /**
   * The facts that identify what a request has made, where its answer was lost; `never` for an action that is
   * repeatable.
   */
  readonly soughtBy: object;
  readonly fact: unknown;
  /** The steps of the wizard; `never` where there is nothing to choose. */
  readonly step: string;
}

/** The targets of an action, and what the user has entered so far. */
export type Draft<T extends ActionTypes> = T['choices'] & { readonly targets: readonly T['target'][] };

/** Remembers the sending of a request; undefined for an action that is repeatable. */
export type Watch<T extends ActionTypes> = UnansweredRequests<T['soughtBy'] & Trace> | undefined;

/** A change in AWS as data: kinds and facts, for which the surfaces have the words. */
export interface Action<T extends ActionTypes> {
  readonly id: string;
  /** The name of EC2's call. */
  readonly operation: string;
  /** The effect on the image of the id that `run` resolves with: it is new or changed, or it is gone. */
  readonly effect: 'changed' | 'gone';
  /** Why the action cannot be done to a target; undefined where it can. */
  appliesTo(target: T['target']): T['reason'] | undefined;
  /**
   * The choices before the user has made any.
   *
   * @param now milliseconds since 1970
   */
  newChoices(targets: readonly T['target'][], now: number): T['choices'];
  /** The choices for some of the targets, where they depend on them. */
  narrowChoices?(draft: Draft<T>, targets: readonly T['target'][]): T['choices'];
  /** Everything that is going to happen. */
  plan(draft: Draft<T>): Plan<T>;
  /** Rejects with AmiError. */
  dryRun(ec2: ImageActions, request: T['request'], watch: Watch<T>): Promise<DryRunAnswer>;
  /** Resolves with the id of what was made or changed. Rejects with AmiError. */
  run(ec2: ImageActions, request: T['request'], watch: Watch<T>): Promise<string>;
  /**
   * What happens where an answer is lost: the facts that identify what the request has made, which is then looked for,
   * or `repeatable`, where sending it twice changes nothing more. `run` of such an action also resolves where EC2 says
   * that it was done before.
   */
  readonly once: ((request: T['request']) => T['soughtBy']) | 'repeatable';
}

/** An action that changes nothing more when it is sent twice. */
export type RepeatableAction<T extends ActionTypes> = Action<T> & { readonly once: 'repeatable' };

/** A draft for some of its targets, or for the same as they are now. */
export function withTargets<T extends ActionTypes>(
  action: Action<T>,
  draft: Draft<T>,
  targets: readonly T['target'][],
): Draft<T> {
  return { ...(action.narrowChoices?.(draft, targets) ?? draft), targets };
}
