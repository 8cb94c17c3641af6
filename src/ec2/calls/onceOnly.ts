import { AmiError, isCancelled } from '../../core/errors.ts';
import { mayHaveBeenMade, type SendingWatch, type Trace } from '../../core/lostAnswers.ts';

/**
 * A request that makes something which must not be made twice, for calls without a client token. `T`: the id of what is made,
 * or undefined where a dry run may be all that it is; `S`: what it is looked for by; `F`: what there is of its kind.
 */
export interface OnceSteps<T extends string | undefined, S extends Trace, F extends { readonly id: string }> {
  /** Sends the request once. */
  readonly send: () => Promise<T>;
  /** What there is already that the request could have made: that of its name, say. */
  readonly find: (signal: AbortSignal) => Promise<readonly F[]>;
  readonly sought: (trace: Trace) => S;
  /** The one that a request has made. */
  readonly madeBy: (sought: S, found: readonly F[]) => F | undefined;
  /** Whether a refusal may come of the very thing that the request has made, a moment ago or without an answer. */
  readonly isTaken: (error: AmiError) => boolean;
  readonly pause: Pause;
  readonly watch?: SendingWatch<S> | undefined;
}

/** Resolves after that many ms; rejects with AmiError `cancelled` when the signal is aborted. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Waits (ms) before the looks for what an unanswered request has made. EC2 is eventually consistent, and endpoints are known
 * that list an image some ten seconds after they have made it.
 */
const lookUpDelays = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

/** How long (ms) one look may take: who is asked what there is mostly answers in no time, or not at all. */
const lookTime = 10_000;

/** Waits (ms) after EC2 said that it is too busy, which it says before it does anything. */
const throttleDelays = [1_000, 3_000, 8_000];

/** The same where something may have been made all the same: as long as it may be invisible, and looked for each time. */
const carefulDelays = [1_000, 3_000, 8_000];
const carefulRounds = 2;

/**
 * Sends a request at most once, and finds out what became of it when the answer is lost: what it makes is looked for by all
 * that tells it from others. Where it does not show, nobody knows, and nothing is sent again.
 *
 * @throws AmiError of what went wrong; of a kind that `mayHaveBeenMade` names when nobody can tell what became of it
 */
export async function onceOnly<T extends string | undefined, S extends Trace, F extends { readonly id: string }>(
  signal: AbortSignal,
  steps: OnceSteps<T, S, F>,
): Promise<T | string> {
  const { earlier } = steps.watch ?? {};
  // Where EC2 does not say whether an earlier request made it, nothing is sent.
  const earlierMade = earlier && steps.madeBy(earlier, await steps.find(signal));
  if (earlierMade) {
    return earlierMade.id;
  }
  const before = earlier ? earlier.before : (await look(signal, steps))?.map(({ id }) => id);
  const sought = steps.sought({ since: earlier?.since ?? Date.now(), before });
  steps.watch?.onSending(sought);
  try {
    return await sendUnlessThrottled(sought, signal, steps);
  } catch (error) {
    if (!(error instanceof AmiError)) {
      throw error;
    }
    const taken = steps.isTaken(error) && before !== undefined;
    if (!taken && !mayHaveBeenMade(error)) {
      throw error;
    }
    const { id } = await lookFor(sought, taken && !earlier ? [0] : lookUpDelays, signal, steps);
    if (id) {
      return id;
    }
    throw error;
  }
}

/** Sends what makes nothing, and again while EC2 says that it is too busy. */
export async function unlessThrottled<T>(
  { send, pause }: { readonly send: () => Promise<T>; readonly pause: Pause },
  signal: AbortSignal,
): Promise<T> {
  for (const delay of throttleDelays) {
    try {
      return await send();
    } catch (error) {
      if (!isThrottled(error)) {
        throw error;
      }
      await pause(delay, signal);
    }
  }
  return send();
}

/** Sends, and again while EC2 says that it is too busy, but only where nothing shows for long: an endpoint may have made it. */
async function sendUnlessThrottled<T extends string | undefined, S extends Trace, F extends { readonly id: string }>(
  sought: S,
  signal: AbortSignal,
  steps: OnceSteps<T, S, F>,
): Promise<T | string> {
  for (let round = 0; ; round += 1) {
    try {
      return await steps.send();
    } catch (error) {
      if (!isThrottled(error) || round === carefulRounds) {
        throw error;
      }
      const { id, said } = await lookFor(sought, carefulDelays, signal, steps);
      if (id) {
        return id;
      }
      if (!said) {
        throw error;
      }
    }
  }
}

function isThrottled(error: unknown): boolean {
  return error instanceof AmiError && error.kind === 'throttled';
}

/** The id of what was made, where it shows, and whether EC2 has said in the end what there is. */
async function lookFor<S extends Trace, F extends { readonly id: string }>(
  sought: S,
  delays: readonly number[],
  signal: AbortSignal,
  steps: Pick<OnceSteps<string | undefined, S, F>, 'find' | 'madeBy' | 'pause'>,
): Promise<{ readonly id?: string; readonly said: boolean }> {
  let said = false;
  for (const delay of delays) {
    if (delay > 0) {
      await steps.pause(delay, signal);
    }
    const found = await look(signal, steps);
    const made = found && steps.madeBy(sought, found);
    if (made) {
      return { id: made.id, said: true };
    }
    said = found !== undefined;
  }
  return { said };
}

/** What there is; undefined where EC2 does not say. */
async function look<F>(
  signal: AbortSignal,
  { find }: { readonly find: (signal: AbortSignal) => Promise<readonly F[]> },
): Promise<readonly F[] | undefined> {
  const late = AbortSignal.timeout(lookTime);
  try {
    return await find(AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted || (isCancelled(error) && !late.aborted)) {
      throw error;
    }
    return undefined;
  }
}

/** Waits on the clock. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(new AmiError('Cancelled.', { kind: 'cancelled', operation: 'pause' }));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cancel);
      resolve();
    }, ms);
    if (signal.aborted) {
      cancel();
    } else {
      signal.addEventListener('abort', cancel, { once: true });
    }
  });
}
