import type { Contract, Requests } from '../protocol/rpc.ts';
import { Idle } from './idle.ts';
import type { Thread, ThreadEnded } from './startThread.ts';

export interface ThreadOnDemandParts<R extends Contract<R>> {
  readonly start: (ended: ThreadEnded) => Thread<R>;
  /** Called when the thread has ended by itself. */
  readonly died: ThreadEnded;
  /** How long (ms) the thread stays when it is not in use. */
  readonly idleTime: number;
}

/**
 * A thread that starts with the first request and ends when it has not been used for a while, which frees its memory.
 */
export class ThreadOnDemand<R extends Contract<R>> {
  /** Counts the users of the thread. */
  readonly idle: Idle;
  readonly #parts: ThreadOnDemandParts<R>;
  #thread: Thread<R> | undefined;

  constructor(parts: ThreadOnDemandParts<R>) {
    this.#parts = parts;
    this.idle = new Idle(parts.idleTime, () => void this.end());
  }

  get requests(): Requests<R> {
    return this.start().requests;
  }

  /** Undefined if the thread does not run. */
  get runningRequests(): Requests<R> | undefined {
    return this.#thread?.requests;
  }

  /** Starts the thread where a request is likely to come. */
  start(): Thread<R> {
    this.#thread ??= this.#start();
    return this.#thread;
  }

  async dispose(): Promise<void> {
    this.idle.dispose();
    await this.end();
  }

  /** Ends the thread, also in the middle of an answer. The next request starts another one. */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.worker.terminate();
  }

  #start(): Thread<R> {
    const thread = this.#parts.start((message, hadAnswered) => {
      if (this.#thread === thread) {
        this.#thread = undefined;
        this.#parts.died(message, hadAnswered);
      }
    });
    return thread;
  }
}
