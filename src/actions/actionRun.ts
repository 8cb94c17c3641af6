import { AmiError, isCancelled } from '../core/errors.ts';
import { inEachRegion } from '../core/inEachRegion.ts';
import { mayHaveBeenCarriedOut } from '../core/lostAnswers.ts';
import { type DryRunAnswer, imageActions } from '../ec2/actionPort.ts';
import type { Connection } from '../ec2/port.ts';
import type { ConnectionImages } from '../images/connectionImages.ts';
import type { Sendings } from '../images/watches/sending.ts';
import type { Action, ActionCall, ActionTypes, RepeatableAction, Watch } from './action.ts';
import { checkWritable, type IsReadOnly } from './readOnly.ts';

/** What became of one call. */
export type Outcome =
  | DryRunAnswer
  | { readonly kind: 'refused'; readonly error: unknown }
  /** EC2 may have done it: what the request has made is looked for by the id of its sending. */
  | { readonly kind: 'unanswered'; readonly error: unknown; readonly sendingId: string }
  /** The same request was sent before, and EC2 has not answered yet. */
  | { readonly kind: 'under-way' }
  | { readonly kind: 'not-begun'; readonly why: 'cancelled' | 'closed' };

export interface CallOutcome<Request> {
  readonly call: ActionCall<Request>;
  readonly outcome: Outcome;
}

/** An action, and what looks after its requests where they must not be sent twice. */
export type RunnableAction<T extends ActionTypes> =
  | { readonly action: RepeatableAction<T>; readonly sendings?: undefined }
  | { readonly action: Action<T>; readonly sendings: Sendings<T['soughtBy']> };

export interface ActionRunDeps<T extends ActionTypes> {
  readonly connection: Connection;
  readonly isReadOnly: IsReadOnly;
  readonly images: Pick<ConnectionImages, 'changed' | 'gone'>;
  /** Called when a request is done, or a dry run that the endpoint has carried out. */
  readonly onDone?: ((call: ActionCall<T['request']>, id: string, dryRun: boolean) => void) | undefined;
  readonly log: { info(message: string): void; error(message: string): void };
}

/**
 * One action from its first dry run to the last retry of what failed, and the only place that changes AWS. It remembers
 * what each request has made, also where that shows long after the request: nothing is made twice.
 */
export class ActionRun<T extends ActionTypes> {
  readonly #runnable: RunnableAction<T>;
  readonly #deps: ActionRunDeps<T>;
  /** Ids of the sendings that were not answered, by the facts that identify what they have made. */
  readonly #unanswered = new Map<string, string>();

  constructor(runnable: RunnableAction<T>, deps: ActionRunDeps<T>) {
    this.#runnable = runnable;
    this.#deps = deps;
  }

  /**
   * A dry run of every call, in each region one after the other. After one without an answer, no further one is sent to
   * that region: an endpoint that knows no dry run may have carried it out. Never rejects.
   *
   * @param left aborted when the user leaves; a request under way is still waited for, since it may make something
   */
  async dryRun(
    calls: readonly ActionCall<T['request']>[],
    left: AbortSignal,
  ): Promise<readonly CallOutcome<T['request']>[]> {
    const outcomes = await inEachRegion(calls, async (_region, ofRegion) => {
      const tried: CallOutcome<T['request']>[] = [];
      for (const call of ofRegion) {
        if (left.aborted || tried.some(({ outcome }) => outcome.kind === 'unanswered')) {
          break;
        }
        tried.push({ call, outcome: await this.#attempt(call, true) });
      }
      return tried;
    });
    return outcomes.flat();
  }

  /**
   * Carries the calls out, in each region one after the other. A failure of one does not keep the others from being
   * done. Never rejects.
   *
   * @param left aborted when no further call may begin
   */
  async run(
    calls: readonly ActionCall<T['request']>[],
    left: AbortSignal,
    onProgress: (call: ActionCall<T['request']>, isOver: boolean) => void,
  ): Promise<readonly CallOutcome<T['request']>[]> {
    const outcomes = await inEachRegion(calls, async (_region, ofRegion) => {
      const tried: CallOutcome<T['request']>[] = [];
      for (const call of ofRegion) {
        if (left.aborted) {
          tried.push({ call, outcome: { kind: 'not-begun', why: 'cancelled' } });
          continue;
        }
        onProgress(call, false);
        tried.push({ call, outcome: await this.#attempt(call, false) });
        onProgress(call, true);
      }
      return tried;
    });
    return outcomes.flat();
  }

  /** The one way of a request to AWS. */
  async #attempt(call: ActionCall<T['request']>, dryRun: boolean): Promise<Outcome> {
    const { targetId, region, request } = call;
    const { connection, isReadOnly, images, onDone, log } = this.#deps;
    const { action, sendings } = this.#runnable;
    const { operation, effect, once } = action;
    const sought = once === 'repeatable' ? undefined : once(request);
    const key = JSON.stringify(sought);
    const earlier = this.#unanswered.get(key);
    const found = earlier === undefined ? undefined : sendings?.foundOf(earlier);
    if (found !== undefined) {
      return { kind: 'done', id: found };
    }
    try {
      checkWritable(isReadOnly, operation, region);
    } catch (error) {
      return { kind: 'refused', error };
    }
    const sending = sought && sendings?.sending(connection, sought, dryRun);
    if (sending?.underWay) {
      return { kind: 'under-way' };
    }
    try {
      const outcome = await this.#send(request, dryRun, sending);
      if (outcome.kind !== 'done') {
        sending?.refused();
        return outcome;
      }
      const { id } = outcome;
      images[effect](connection, { region, id });
      if (id !== targetId) {
        // Where the target is no image, no surface has one with its id.
        images.changed(connection, { region, id: targetId });
      }
      const target = id === targetId ? id : `${id} of ${targetId}`;
      log.info(`${dryRun ? 'The dry run of ' : ''}${operation} in ${region}: ${target}`);
      onDone?.(call, id, dryRun);
      sending?.made();
      return outcome;
    } catch (error) {
      if (mayHaveChanged(error)) {
        images.changed(connection, { region, id: targetId });
      }
      log.error(`${operation} of ${targetId}: ${error instanceof Error ? error.message : String(error)}`);
      if (sending?.sent && isUnanswered(error)) {
        this.#unanswered.set(key, sending.id);
        sending.unanswered();
        return { kind: 'unanswered', error, sendingId: sending.id };
      }
      sending?.refused();
      return isCancelled(error) ? { kind: 'not-begun', why: 'closed' } : { kind: 'refused', error };
    }
  }

  async #send(request: T['request'], dryRun: boolean, watch: Watch<T>): Promise<DryRunAnswer> {
    const ec2 = this.#deps.connection[imageActions];
    const { action } = this.#runnable;
    return dryRun ? action.dryRun(ec2, request, watch) : { kind: 'done', id: await action.run(ec2, request, watch) };
  }
}

/** Whether the target may be another than surfaces show: the request may have been done, or EC2 says that it is. */
function mayHaveChanged(error: unknown): boolean {
  return isUnanswered(error) || (error instanceof AmiError && ['not-found', 'wrong-state'].includes(error.kind));
}

/** Whether nobody can tell what became of a request that went out. */
function isUnanswered(error: unknown): boolean {
  return isCancelled(error) || !(error instanceof AmiError) || mayHaveBeenCarriedOut(error);
}
