import { AmiError, isCancelled } from '../core/errors.ts';
import { inEachRegion } from '../core/inEachRegion.ts';
import { mayHaveBeenMade } from '../core/lostAnswers.ts';
import { imageActions } from '../ec2/actionPort.ts';
import type { Connection } from '../ec2/port.ts';
import type { ConnectionImages } from '../images/connectionImages.ts';
import type { Sendings } from '../images/watches/sending.ts';
import type { Action, ActionCall, ActionTypes } from './action.ts';
import { checkWritable, type IsReadOnly } from './readOnly.ts';

/** What became of one call. */
export type Outcome =
  /** A dry run: it would succeed, or cannot be tried without its effect. */
  | { readonly kind: 'passed' }
  /** `id`: of what was made or changed. */
  | { readonly kind: 'done'; readonly id: string }
  | { readonly kind: 'refused'; readonly error: unknown }
  /** Nobody knows: by the id of its sending it is looked for. */
  | { readonly kind: 'unanswered'; readonly error: unknown; readonly sendingId: string }
  /** The same was sent before, and its answer is still waited for. */
  | { readonly kind: 'under-way' }
  | { readonly kind: 'not-begun'; readonly why: 'cancelled' | 'closed' };

export interface ItemOutcome<Request> {
  readonly call: ActionCall<Request>;
  readonly outcome: Outcome;
}

export interface ActionRunDeps<T extends ActionTypes> {
  readonly connection: Connection;
  readonly isReadOnly: IsReadOnly;
  readonly creations: Sendings<T['soughtBy']>;
  readonly images: Pick<ConnectionImages, 'of'>;
  /** The id of what has shown of a request that was not answered, by the id of its sending; undefined as long as nothing has. */
  readonly shown: (sendingId: string) => string | undefined;
  /** A request has done it; also a dry run, at an endpoint that knows none. */
  readonly onDone: (call: ActionCall<T['request']>, id: string, dryRun: boolean) => void;
  readonly log: { info(message: string): void; error(message: string): void };
}

/**
 * One action from its first dry run to the last retry of what failed. What a request has made is remembered throughout, also
 * where it shows long after the request: nothing is made twice. The only place that changes AWS.
 */
export class ActionRun<T extends ActionTypes> {
  readonly #action: Action<T>;
  readonly #deps: ActionRunDeps<T>;
  /** Ids of the sendings that were not answered, by what they are told by. */
  readonly #unanswered = new Map<string, string>();

  constructor(action: Action<T>, deps: ActionRunDeps<T>) {
    this.#action = action;
    this.#deps = deps;
  }

  /**
   * A dry run of every call, in each region one after the other. Where one was not answered, no further one is sent to that
   * region: an endpoint that knows none may have carried it out. Never rejects.
   *
   * @param left aborted when the user leaves: a request under way is seen through, since it may make something
   */
  async rehearse(
    calls: readonly ActionCall<T['request']>[],
    left: AbortSignal,
  ): Promise<readonly ItemOutcome<T['request']>[]> {
    const outcomes = await inEachRegion(calls, async (_region, ofRegion) => {
      const tried: ItemOutcome<T['request']>[] = [];
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
   * Carries the calls out, in each region one after the other. What fails does not keep the others from being done, and leaves
   * them alone. Never rejects.
   *
   * @param left aborted when nothing more is to be begun
   */
  async run(
    calls: readonly ActionCall<T['request']>[],
    left: AbortSignal,
    onProgress: (call: ActionCall<T['request']>, isOver: boolean) => void,
  ): Promise<readonly ItemOutcome<T['request']>[]> {
    const outcomes = await inEachRegion(calls, async (_region, ofRegion) => {
      const tried: ItemOutcome<T['request']>[] = [];
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
    const { item, region, request } = call;
    const { connection, isReadOnly, creations, images, onDone, log } = this.#deps;
    const { operation, once, dryRun: tryOut, run } = this.#action;
    const sought = once === 'repeatable' ? undefined : once(request);
    const key = JSON.stringify(sought);
    const earlier = this.#unanswered.get(key);
    const shown = earlier === undefined ? undefined : this.#deps.shown(earlier);
    if (shown !== undefined) {
      return { kind: 'done', id: shown };
    }
    try {
      checkWritable(isReadOnly, operation, region);
    } catch (error) {
      return { kind: 'refused', error };
    }
    // Where the item is no image, none is known by its id.
    const forget = (id: string) => images.of(connection).forget({ region, id });
    const sending = sought && creations.sending(connection, sought, dryRun);
    if (sending?.underWay) {
      return { kind: 'under-way' };
    }
    try {
      const id = await (dryRun ? tryOut : run)(connection[imageActions], request, sending);
      if (id === undefined) {
        sending?.refused();
        return { kind: 'passed' };
      }
      forget(id);
      forget(item);
      log.info(`${dryRun ? 'The dry run of ' : ''}${operation} in ${region}: ${id} of ${item}`);
      onDone(call, id, dryRun);
      sending?.made();
      return { kind: 'done', id };
    } catch (error) {
      // It may have been done, and a refusal may come of a change that nobody has seen.
      forget(item);
      log.error(`${operation} of ${item}: ${error instanceof Error ? error.message : String(error)}`);
      if (sending?.sent && isUnanswered(error)) {
        this.#unanswered.set(key, sending.id);
        sending.unanswered();
        return { kind: 'unanswered', error, sendingId: sending.id };
      }
      sending?.refused();
      return isCancelled(error) ? { kind: 'not-begun', why: 'closed' } : { kind: 'refused', error };
    }
  }
}

/** Whether nobody can tell what became of a request that went out. */
function isUnanswered(error: unknown): boolean {
  return isCancelled(error) || !(error instanceof AmiError) || mayHaveBeenMade(error);
}
