import { AmiError, cancelled, isCancelled } from '../../core/errors.ts';
import { mayHaveBeenCarriedOut, type Trace, type UnansweredRequests } from '../../core/lostAnswers.ts';

/**
 * A request without a client token that makes something, and must not make it twice.
 *
 * @typeParam T the id of what is made; undefined after a dry run
 * @typeParam S what it is looked for by
 * @typeParam F what `find` finds
 */
export interface OnceSteps<T extends string | undefined, S extends Trace, F extends { readonly id: string }> {
  /** Sends the request once. */
  readonly send: () => Promise<T>;
  /** Lists what the request may have made: what has the same name, for example. */
  readonly find: (signal: AbortSignal) => Promise<readonly F[]>;
  readonly sought: (trace: Trace) => S;
  /** The one of `found` that the request has made, if any. */
  readonly madeBy: (sought: S, found: readonly F[]) => F | undefined;
  /** Whether EC2 may refuse the request because it has made the thing already: the name is taken, for example. */
  readonly isTaken: (error: AmiError) => boolean;
  readonly pause: Pause;
  readonly watch?: UnansweredRequests<S> | undefined;
}

/** Resolves after `ms`; rejects with AmiError `cancelled` when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * The delays (ms) before each look for what an unanswered request has made: EC2 is eventually consistent, and some
 * endpoints list an image ten seconds after they have made it.
 */
const lookUpDelays = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

/** The timeout (ms) of one look. */
const lookTimeout = 10_000;

/** The delays (ms) before a throttled request is sent again: EC2 throttles before it does anything. */
const throttleDelays = [1_000, 3_000, 8_000];

/** The delays (ms) before each look for what a throttled request has made after all, on an endpoint that is not EC2. */
const carefulDelays = [1_000, 3_000, 8_000];
const carefulRounds = 2;

/**
 * Makes something at most once. If the answer is lost, it looks for what the request has made; if that is not found,
 * the outcome is unknown, and nothing is sent again.
 *
 * @throws AmiError with a kind for which `mayHaveBeenCarriedOut` is true if the outcome is unknown
 */
export async function onceOnly<T extends string | undefined, S extends Trace, F extends { readonly id: string }>(
  signal: AbortSignal,
  steps: OnceSteps<T, S, F>,
): Promise<T | string> {
  const { earlier } = steps.watch ?? {};
  // Rejects, and sends nothing, if EC2 does not say whether an earlier request has made it.
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
    if (!taken && !mayHaveBeenCarriedOut(error)) {
      throw error;
    }
    const { id } = await lookFor(sought, taken && !earlier ? [0] : lookUpDelays, signal, steps);
    if (id) {
      return id;
    }
    throw error;
  }
}

/** Sends a request that makes nothing, and sends it again while EC2 throttles. */
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

/** Sends a request, and sends it again while it is throttled and has demonstrably made nothing. */
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
      const { id, answered } = await lookFor(sought, carefulDelays, signal, steps);
      if (id) {
        return id;
      }
      if (!answered) {
        throw error;
      }
    }
  }
}

function isThrottled(error: unknown): boolean {
  return error instanceof AmiError && error.kind === 'throttled';
}

/** The id of what was made, if it is found, and whether the last look was answered. */
async function lookFor<S extends Trace, F extends { readonly id: string }>(
  sought: S,
  delays: readonly number[],
  signal: AbortSignal,
  steps: Pick<OnceSteps<string | undefined, S, F>, 'find' | 'madeBy' | 'pause'>,
): Promise<{ readonly id?: string; readonly answered: boolean }> {
  let answered = false;
  for (const delay of delays) {
    if (delay > 0) {
      await steps.pause(delay, signal);
    }
    const found = await look(signal, steps);
    const made = found && steps.madeBy(sought, found);
    if (made) {
      return { id: made.id, answered: true };
    }
    answered = found !== undefined;
  }
  return { answered };
}

/** What `find` finds; undefined if it fails or takes too long. */
async function look<F>(
  signal: AbortSignal,
  { find }: { readonly find: (signal: AbortSignal) => Promise<readonly F[]> },
): Promise<readonly F[] | undefined> {
  const timeout = AbortSignal.timeout(lookTimeout);
  try {
    return await find(AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (signal.aborted || (isCancelled(error) && !timeout.aborted)) {
      throw error;
    }
    return undefined;
  }
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = () => {
      clearTimeout(timer);
      reject(cancelled({ operation: 'pause' }));
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
