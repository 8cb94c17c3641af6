import type { Contract, Requests } from '../../protocol/rpc.ts';
import { Idle } from '../idle.ts';
import type { Thread, ThreadEnded } from './startThread.ts';

export interface ThreadOnDemandParts<R extends Contract<R>> {
  readonly start: (ended: ThreadEnded) => Thread<R>;
  /** The thread has ended without having been told to. */
  readonly died: ThreadEnded;
  /** How long (ms) it stays when it is not in use. */
  readonly idleTime: number;
}

/** A thread that starts with the first request, and ends when nobody has used it for a while: only so its memory goes back. */
export class ThreadOnDemand<R extends Contract<R>> {
  /** Whoever needs the thread uses this. */
  readonly idle: Idle;
  readonly #parts: ThreadOnDemandParts<R>;
  #thread: Thread<R> | undefined;

  constructor(parts: ThreadOnDemandParts<R>) {
    this.#parts = parts;
    this.idle = new Idle(parts.idleTime, () => void this.#end());
  }

  get requests(): Requests<R> {
    this.#thread ??= this.#start();
    return this.#thread.requests;
  }

  /** Undefined where no thread runs. */
  get runningRequests(): Requests<R> | undefined {
    return this.#thread?.requests;
  }

  async dispose(): Promise<void> {
    this.idle.dispose();
    await this.#end();
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

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.worker.terminate();
  }
}
